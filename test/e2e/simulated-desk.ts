import { type Desk, openDesk, temporaryDirectory } from '#tools/desk.ts';
import { withDisplay } from '#tools/display.ts';
import { resolveElectron } from '#tools/electron-runtime/resolve.ts';
import { type RunningBackend, startBackend } from '#tools/launch.ts';
import { createProcessOwner } from '#tools/processes.ts';

export type SimulatedDesk = {
  readonly desk: Desk;
  readonly backend: RunningBackend;
  /** The directory of the desk's data. */
  readonly data: string;
  /** Ends desk and hospital and removes what they kept. */
  readonly stop: () => Promise<void>;
};

/** A desk in real Electron at a simulated hospital of its own, both on empty directories; its windows open a moment later. */
export const openSimulatedDesk = async (...given: readonly string[]): Promise<SimulatedDesk> => {
  const processes = createProcessOwner();
  const [data, hospital] = await Promise.all([temporaryDirectory(), temporaryDirectory()]);
  const electron = await resolveElectron();
  const { display } = await withDisplay(processes);
  const backend = await startBackend(processes, {
    simulator: { seed: 7 },
    data: hospital.path,
    exposeState: true,
    log: 'silent',
  });
  const desk = await openDesk({ electron, display, backend: backend.url, data: data.path, arguments: given });
  return {
    desk,
    backend,
    data: data.path,
    stop: async () => {
      await desk.close();
      await processes.stopAll();
      await Promise.all([data.remove(), hospital.remove()]);
    },
  };
};
