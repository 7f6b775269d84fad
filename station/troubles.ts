import type { Frame } from '#contracts/ipc/station-window.ts';
import type { Instant } from '#domain/model/values.ts';

export type Trouble = Frame['troubles'][number];

/** How long what happened once is shown, milliseconds; what is still so is shown until it is cleared. */
export const EVENT_SHOWN_FOR = 600_000;

/** Desk-health: what is wrong here. The same code again only counts up. */
export type Troubles = {
  /** With `shownFor` it goes by itself so many milliseconds after it was raised last. */
  readonly raise: (code: string, severity: Trouble['severity'], message: string, shownFor?: number) => void;
  readonly clear: (code: string) => void;
  /** Clears every trouble whose sentence may name a patient; such a code begins with `named:`. */
  readonly clearNamed: () => void;
  /** Newest first. */
  readonly list: () => readonly Trouble[];
  /** Ends what would have cleared troubles later. */
  readonly stop: () => void;
};

const MOST = 20;

/** Keeps at most twenty troubles; `changed` is called after each change, `after` calls once and returns how to prevent it. */
export const createTroubles = (
  now: () => Instant,
  changed: () => void,
  after: (ms: number, call: () => void) => () => void,
): Troubles => {
  const byCode = new Map<string, Trouble>();
  const ends = new Map<string, () => void>();
  const clear = (code: string): void => {
    ends.get(code)?.();
    ends.delete(code);
    if (byCode.delete(code)) changed();
  };
  return {
    raise: (code, severity, message, shownFor) => {
      ends.get(code)?.();
      ends.delete(code);
      if (shownFor !== undefined)
        ends.set(
          code,
          after(shownFor, () => clear(code)),
        );
      const before = byCode.get(code);
      // Removed and added again, so that the order of the map is the order of the last occurrence.
      byCode.delete(code);
      byCode.set(code, { code, severity, message, at: now(), count: (before?.count ?? 0) + 1 });
      if (byCode.size > MOST) {
        // What happened once gives way before what is still so.
        const [oldest] = [...byCode.keys()].sort((one, other) => Number(ends.has(other)) - Number(ends.has(one)));
        if (oldest !== undefined) {
          ends.get(oldest)?.();
          ends.delete(oldest);
          byCode.delete(oldest);
        }
      }
      changed();
    },
    clear,
    clearNamed: () => {
      for (const code of [...byCode.keys()]) if (code.startsWith('named:')) clear(code);
    },
    list: () => [...byCode.values()].reverse(),
    stop: () => {
      for (const end of ends.values()) end();
      ends.clear();
    },
  };
};
