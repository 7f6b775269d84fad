/** Moments as HL7 writes them: `yyyy[MM[dd[HH[mm[ss[.f…]]]]]][+/-hhmm]`, in the sender's own zone when no offset is said. */
import type { Instant } from '#domain/model/values.ts';

/** Turns a wall clock of a zone, milliseconds as if it were UTC, into a moment. */
export type ZoneClock = (wall: number) => Instant;

/** The clock of an IANA time zone; throws RangeError for one that is not known. Of an hour that comes twice the first counts. */
export const zoneClock = (timeZone: string): ZoneClock => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsetAt = (at: Instant): number => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
  };
  return (wall) => {
    const first = wall - offsetAt(wall - 86_400_000);
    if (first + offsetAt(first) === wall) return first;
    const second = wall - offsetAt(wall + 86_400_000);
    return second + offsetAt(second) === wall ? second : first;
  };
};

const FORM = /^(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:\.(\d{1,6}))?(?:([+-])(\d{2})(\d{2}))?$/;

type Written = { readonly wall: number; readonly offsetMs: number | null };

const readParts = (text: string): Written | undefined => {
  const match = FORM.exec(text.trim());
  if (!match) return undefined;
  const [
    ,
    year = '',
    month = '01',
    day = '01',
    hour = '00',
    minute = '00',
    second = '00',
    fraction = '0',
    sign,
    offHours = '0',
    offMinutes = '0',
  ] = match;
  const numbers = [year, month, day, hour, minute, second].map(Number) as [number, number, number, number, number, number];
  const wall = Date.UTC(numbers[0], numbers[1] - 1, ...(numbers.slice(2) as [number, number, number, number]));
  const back = new Date(wall);
  // The 31st of a short month is no day, and 25 o'clock no hour.
  if (back.getUTCFullYear() !== numbers[0] || back.getUTCMonth() + 1 !== numbers[1] || back.getUTCDate() !== numbers[2])
    return undefined;
  if (numbers[3] > 23 || numbers[4] > 59 || numbers[5] > 59 || Number(offHours) > 15 || Number(offMinutes) > 59) return undefined;
  const offset = (Number(offHours) * 60 + Number(offMinutes)) * 60_000;
  return {
    wall: wall + Math.floor(Number(`0.${fraction}`) * 1_000),
    offsetMs: sign === undefined ? null : sign === '-' ? -offset : offset,
  };
};

/** The moment that is written; undefined for what is none. */
export const readTimestamp = (text: string, clock: ZoneClock): Instant | undefined => {
  const written = readParts(text);
  if (!written) return undefined;
  return written.offsetMs === null ? clock(written.wall) : written.wall - written.offsetMs;
};

/** The day that is written, `yyyy-mm-dd`; undefined for what names none. */
export const readDate = (text: string): string | undefined => {
  const written = text.trim().length >= 8 ? readParts(text) : undefined;
  return written && new Date(written.wall).toISOString().slice(0, 10);
};

/** A moment as HL7 writes it, to the second, in UTC. */
export const writeTimestamp = (at: Instant): string => `${new Date(at).toISOString().replaceAll(/[-:T]|\.\d+Z/g, '')}+0000`;
