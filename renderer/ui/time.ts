import type { Instant } from '#domain/model/values.ts';
import { formatDuration, isHours } from '#domain/rules/durations.ts';

/** A span as read at a glance, with its small unit: `mm:ss` under an hour, `h:mm` and `h` after. Negative counts as zero. */
export const spanOf = (milliseconds: number): { readonly text: string; readonly unit: '' | 'h' } => {
  const span = Math.max(0, milliseconds);
  return { text: formatDuration(span), unit: isHours(span) ? 'h' : '' };
};

/** A span as one string, `18:24` or `3:40 h`, for use inside a sentence. */
export const spanText = (milliseconds: number): string => {
  const { text, unit } = spanOf(milliseconds);
  return unit === '' ? text : `${text} ${unit}`;
};

/** A count as read aloud in groups of three: `31 204`. */
export const countText = (count: number): string => count.toLocaleString('en').replaceAll(',', '\u202f');

/** Making a formatter costs a hundred times what it takes to use one, and a board shows hundreds of clocks: each is made once. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const formatter = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale} ${JSON.stringify(options)}`;
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
};

/** The 24-hour clock of an instant in a zone: `03:14`, or `03:14:27` with seconds. */
export const clockText = (at: Instant, timeZone: string | null, seconds = false): string =>
  formatter('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' as const } : {}),
    hourCycle: 'h23',
    ...(timeZone === null ? {} : { timeZone }),
  }).format(at);

/** A moment older than this is said with its day, milliseconds. */
const halfDay = 12 * 3_600_000;
/** A moment of these hours by its time, `03:14`, an older one with its day, `Sat 21 Nov 14:56`. */
export const momentText = (at: Instant, now: Instant, timeZone: string | null, locale: string, seconds = false): string =>
  now - at < halfDay ? clockText(at, timeZone, seconds) : `${dayText(at, timeZone, locale)} ${clockText(at, timeZone)}`;

/** The day of an instant, `Sun 22 Nov`, in the locale's words. */
export const dayText = (at: Instant, timeZone: string | null, locale: string): string =>
  formatter(locale === 'en' ? 'en-GB' : locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(timeZone === null ? {} : { timeZone }),
  })
    .format(at)
    .replaceAll(/[,.]/g, '');
