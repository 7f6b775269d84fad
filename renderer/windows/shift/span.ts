import type { Instant } from '#domain/model/values.ts';

export const spanNames = ['thisShift', 'lastShift', 'halfDay', 'day'] as const;
export type SpanName = (typeof spanNames)[number];
export type Span = { readonly from: Instant; readonly to: Instant };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Minutes after local midnight at an instant, and the seconds of that minute in milliseconds. */
const localMinutes = (at: Instant, timeZone: string | null): number => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone === null ? {} : { timeZone }),
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return part('hour') * 60 + part('minute');
};

/** When the shift that runs at `at` began. On a day of a clock change a shift is as long as it is called, not as the clock says. */
const shiftStart = (at: Instant, shiftStarts: readonly number[], timeZone: string | null): Instant => {
  const now = localMinutes(at, timeZone);
  const since = Math.min(...shiftStarts.map((start) => (now - start + 1_440) % 1_440));
  return Math.floor(at / MINUTE) * MINUTE - since * MINUTE;
};

/** The span by its name, ending at `now` or where the last shift ended; `shiftStarts` are minutes after local midnight. */
export const spanOf = (name: SpanName, now: Instant, shiftStarts: readonly number[], timeZone: string | null): Span => {
  if (name === 'halfDay') return { from: now - 12 * HOUR, to: now };
  if (name === 'day') return { from: now - 24 * HOUR, to: now };
  const from = shiftStart(now, shiftStarts, timeZone);
  return name === 'thisShift' ? { from, to: now } : { from: shiftStart(from - 1, shiftStarts, timeZone), to: from };
};
