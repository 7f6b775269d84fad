/**
 * How the link stood over the last day. A span grows while its state is noted, at least each second; when nothing was noted for
 * ten seconds this process did not run (the machine slept, or Vigil was off), and the time between is nobody's: no span covers it.
 */
import { type LinkSpan, mostLinkSpans } from '#contracts/ipc/health.ts';
import type { Instant } from '#domain/model/values.ts';
import type { LinkState } from '#domain/rules/link-state.ts';
import type { Database } from '../store/database.ts';
import { keepLinkSpans, readLinkSpans } from '../store/queries/link-history.ts';

export type LinkHistory = {
  /** The link stands so now. */
  readonly note: (state: LinkState) => void;
  /** Oldest first. */
  readonly spans: () => readonly LinkSpan[];
  /** Writes what is not written yet. Throws StoreError. */
  readonly keep: () => void;
};

const KEPT_FOR = 24 * 3_600_000;
const NOT_RUNNING_AFTER = 10_000;

/** The history that an earlier run kept, to be carried on; `now` is server time. */
export const createLinkHistory = (database: Database, now: () => Instant): LinkHistory => {
  // What ended in the future was written under a clock that was wrong.
  let spans = readLinkSpans(database.read).filter(({ until }) => until <= now());
  let current: LinkSpan | null = null;
  let keptUntil = spans.at(-1)?.until ?? Number.NEGATIVE_INFINITY;

  const replaceLast = (span: LinkSpan): void => {
    spans = [...spans.slice(0, -1), span];
    current = span;
  };
  return {
    note: (state) => {
      const at = Math.round(now());
      if (current && at - current.until <= NOT_RUNNING_AFTER) {
        replaceLast({ ...current, until: Math.max(current.until, at) });
        if (current.state === state) return;
      }
      current = { state, from: Math.max(at, current?.until ?? at), until: Math.max(at, current?.until ?? at) };
      spans = [...spans, current].filter(({ until }) => until > at - KEPT_FOR).slice(-mostLinkSpans);
    },
    spans: () => spans,
    keep: () => {
      const [first] = spans;
      const last = spans.at(-1);
      if (!first || !last || last.until <= keptUntil) return;
      database.transaction((handle) =>
        keepLinkSpans(
          handle,
          spans.filter(({ until }) => until > keptUntil),
          first.from,
          last.until,
        ),
      );
      keptUntil = last.until;
    },
  };
};
