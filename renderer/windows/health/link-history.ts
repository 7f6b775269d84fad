/** What a day of link spans says: what to draw between two moments, and which outages there were. Pure; all times server time. */
import type { LinkSpan } from '#contracts/ipc/health.ts';
import type { Instant } from '#domain/model/values.ts';

/** `off`: Vigil did not run here. */
export type StripState = LinkSpan['state'] | 'off';
export type Segment = { readonly state: StripState /** share of the strip */; readonly left: number; readonly width: number };
export type Outage = {
  readonly from: Instant;
  /** Null while it lasts. */
  readonly until: Instant | null;
  /** The worst state in it. */
  readonly state: 'stale' | 'offline' | 'off';
};

type Stretch = { readonly state: StripState; readonly from: Instant; readonly until: Instant };

/** Shorter than this between two spans is no time in which nothing ran, milliseconds. */
const seam = 2_000;

/** The spans with the times in which Vigil did not run between them. */
const stretchesOf = (spans: readonly LinkSpan[]): readonly Stretch[] =>
  spans.flatMap((span, index): readonly Stretch[] => {
    const before = spans[index - 1];
    return before && span.from - before.until > seam ? [{ state: 'off', from: before.until, until: span.from }, span] : [span];
  });

/** What a strip from one moment to another shows, left to right; before the first span nothing is known and nothing drawn. */
export const segmentsOf = (spans: readonly LinkSpan[], from: Instant, until: Instant): readonly Segment[] =>
  stretchesOf(spans)
    .filter((stretch) => stretch.until > from && stretch.from < until)
    .map((stretch) => {
      const left = Math.max(from, stretch.from);
      const right = Math.min(until, stretch.until);
      return { state: stretch.state, left: (left - from) / (until - from), width: (right - left) / (until - from) };
    });

const badness: readonly StripState[] = ['live', 'late', 'stale', 'offline', 'off'];

/**
 * The times without a live link, newest first. What begins with a late heartbeat and ends with one is one outage; what was late
 * alone is none.
 */
export const outagesOf = (spans: readonly LinkSpan[]): readonly Outage[] => {
  const outages: Outage[] = [];
  let open: Stretch | null = null;
  const close = (until: Instant | null): void => {
    if (open && (open.state === 'stale' || open.state === 'offline' || open.state === 'off'))
      outages.push({ from: open.from, until, state: open.state });
    open = null;
  };
  for (const stretch of stretchesOf(spans)) {
    if (stretch.state === 'live') close(stretch.from);
    else if (open === null) open = stretch;
    else if (badness.indexOf(stretch.state) > badness.indexOf((open as Stretch).state))
      open = { ...(open as Stretch), state: stretch.state };
  }
  close(null);
  return outages.reverse();
};

/** The share of the known time with a live link, 0 to 1; null when nothing is known. */
export const liveShare = (spans: readonly LinkSpan[]): number | null => {
  const [first] = spans;
  const last = spans.at(-1);
  if (!first || !last || last.until === first.from) return null;
  const live = spans.filter(({ state }) => state === 'live').reduce((sum, { from, until }) => sum + until - from, 0);
  return live / (last.until - first.from);
};
