import type { ProcessOwner } from './processes.ts';

export type Display = {
  /** The value of DISPLAY, like ":99"; undefined where the system needs none (Windows, macOS). */
  readonly display: string | undefined;
  readonly isVirtual: boolean;
  readonly stop: () => Promise<void>;
};

/** The display to draw on: the user's own, or a virtual one of 1920 × 1080 when there is none or `alwaysVirtual` is asked. */
export const withDisplay = async (processes: ProcessOwner, { alwaysVirtual = false } = {}): Promise<Display> => {
  const present = process.env['DISPLAY'];
  if (process.platform !== 'linux' || (present && !alwaysVirtual)) {
    return { display: present, isVirtual: false, stop: async () => undefined };
  }
  // The server picks a free number itself and writes it down once it answers: no race with another one.
  const server = processes.start(
    'Xvfb',
    'Xvfb',
    ['-displayfd', '1', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp', '-noreset'],
    { log: 'silent' },
  );
  const number = await server.waitForLine((line) => (/^\d+$/.test(line) ? line : undefined), 15_000);
  return { display: `:${number}`, isVirtual: true, stop: async () => void (await server.stop()) };
};
