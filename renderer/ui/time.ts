import type { Instant } from '#domain/model/values.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** A span as read at a glance: `mm:ss` under an hour, `h:mm` and the unit `h` after, days beyond 48 h. Negative counts as zero. */
export const spanOf = (milliseconds: number): { readonly text: string; readonly unit: '' | 'h' | 'd' } => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 3600) return { text: `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`, unit: '' };
  if (seconds >= 48 * 3600) return { text: String(Math.floor(seconds / 86_400)), unit: 'd' };
  return { text: `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))}`, unit: 'h' };
};

/** A span as one string, `18:24` or `3:40 h`, for use inside a sentence. */
export const spanText = (milliseconds: number): string => {
  const { text, unit } = spanOf(milliseconds);
  return unit === '' ? text : `${text} ${unit}`;
};

/** The 24-hour clock of an instant in a zone: `03:14`, or `03:14:27` with seconds. */
export const clockText = (at: Instant, timeZone: string | null, seconds = false): string =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' as const } : {}),
    hourCycle: 'h23',
    ...(timeZone === null ? {} : { timeZone }),
  }).format(at);

/** The day of an instant, `Sun 22 Nov`, in the locale's words. */
export const dayText = (at: Instant, timeZone: string | null, locale: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', ...(timeZone === null ? {} : { timeZone }) })
    .format(at)
    .replaceAll(/[,.]/g, '');
