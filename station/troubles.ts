import type { Frame } from '#contracts/ipc/station-window.ts';
import type { Instant } from '#domain/model/values.ts';

export type Trouble = Frame['troubles'][number];

/** Desk-health: what is wrong here. The same code again only counts up. */
export type Troubles = {
  readonly raise: (code: string, severity: Trouble['severity'], message: string) => void;
  readonly clear: (code: string) => void;
  /** Newest first. */
  readonly list: () => readonly Trouble[];
};

const MOST = 20;

/** Keeps at most twenty troubles; `changed` is called after each change. */
export const createTroubles = (now: () => Instant, changed: () => void): Troubles => {
  const byCode = new Map<string, Trouble>();
  return {
    raise: (code, severity, message) => {
      const before = byCode.get(code);
      // Removed and added again, so that the order of the map is the order of the last occurrence.
      byCode.delete(code);
      byCode.set(code, { code, severity, message, at: now(), count: (before?.count ?? 0) + 1 });
      const [oldest] = byCode.keys();
      if (byCode.size > MOST && oldest !== undefined) byCode.delete(oldest);
      changed();
    },
    clear: (code) => {
      if (byCode.delete(code)) changed();
    },
    list: () => [...byCode.values()].reverse(),
  };
};
