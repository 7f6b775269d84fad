/** Dates in a search, by FHIR R4's rules: a written date is the span it could mean, and prefixes compare spans. */
import type { Instant } from '#domain/model/values.ts';
import type { ZoneClock } from '../hl7v2/timestamp.ts';

/** From a moment until before another; what has not ended lasts to infinity. */
export type Span = { readonly from: Instant; readonly to: Instant };

const FORM =
  /^(eq|ne|gt|lt|ge|le|sa|eb)?(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

const offsetOf = (zone: string): number =>
  zone === 'Z' ? 0 : (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * 60_000;

type Numbers = readonly [year: number, month: number, day: number, hour: number, minute: number, second: number, ms: number];
const wallOf = ([year, ...rest]: Numbers): number => Date.UTC(year, ...rest);

/** How far a date reaches that is written to so many parts: a year, a month, a day, a minute, a second, a millisecond. */
const reach = ([year, month, day, hour, minute, second, ms]: Numbers, parts: number): Numbers => {
  if (parts === 1) return [year + 1, 0, 1, 0, 0, 0, 0];
  if (parts === 2) return [year, month + 1, 1, 0, 0, 0, 0];
  if (parts === 3) return [year, month, day + 1, 0, 0, 0, 0];
  if (parts === 5) return [year, month, day, hour, minute + 1, 0, 0];
  if (parts === 6) return [year, month, day, hour, minute, second + 1, 0];
  return [year, month, day, hour, minute, second, ms + 1];
};

const isWithin = (written: Span, target: Span): boolean => target.from >= written.from && target.to <= written.to;

const compares = {
  eq: isWithin,
  ne: (written, target) => !isWithin(written, target),
  gt: (written, target) => target.to > written.to,
  lt: (written, target) => target.from < written.from,
  ge: (written, target) => target.to > written.to || isWithin(written, target),
  le: (written, target) => target.from < written.from || isWithin(written, target),
  sa: (written, target) => target.from >= written.to,
  eb: (written, target) => target.to <= written.from,
} as const satisfies Readonly<Record<string, (written: Span, target: Span) => boolean>>;

/**
 * Whether a span is what a written date, with its prefix, asks for; undefined for what is no date. Without an offset it is on the
 * clock of the hospital. The plus of an offset may have become a space on its way.
 */
export const dateMatcher = (text: string, clock: ZoneClock): ((target: Span) => boolean) | undefined => {
  const match = FORM.exec(text.replace(/ (?=\d{2}:\d{2}$)/, '+'));
  if (!match) return undefined;
  const [, prefix = 'eq', year = '', month, day, hour, minute, second, fraction, zone] = match;
  const written = [year, month, day, hour, minute, second, fraction];
  const parts = written.filter((part) => part !== undefined).length;
  const numbers: Numbers = [
    Number(year),
    Number(month ?? 1) - 1,
    Number(day ?? 1),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
    Number((fraction ?? '0').padEnd(3, '0')),
  ];
  const wall = wallOf(numbers);
  const back = new Date(wall);
  if (
    back.getUTCMonth() !== numbers[1] ||
    back.getUTCDate() !== numbers[2] ||
    numbers[3] > 23 ||
    numbers[4] > 59 ||
    numbers[5] > 59
  )
    return undefined;
  const momentOf = (at: number) => (zone === undefined ? clock(at) : at - offsetOf(zone));
  const span = { from: momentOf(wall), to: momentOf(wallOf(reach(numbers, parts))) };
  return (target) => compares[prefix as keyof typeof compares](span, target);
};
