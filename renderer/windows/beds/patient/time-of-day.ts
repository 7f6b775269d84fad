import type { Instant } from '#domain/model/values.ts';
import { clockText } from '../../../ui/time.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * The next moment after `now` at which the clock on the wall shows `16:30`, `1630` or `4:05`; undefined for what is no time of day,
 * or for one that the clocks skip.
 */
export const instantOfClock = (text: string, now: Instant, timeZone: string | null): Instant | undefined => {
  const [, hours = '', minutes = ''] = /^(\d{1,2})[:.h]?(\d{2})$/.exec(text.trim()) ?? [];
  if (hours === '' || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const wanted = `${hours.padStart(2, '0')}:${minutes}`;
  const [shownHours = '0', shownMinutes = '0'] = clockText(now, timeZone).split(':');
  const ahead = (Number(hours) - Number(shownHours)) * 60 + Number(minutes) - Number(shownMinutes);
  const guess = now - (now % MINUTE) + ahead * MINUTE;
  // A change of the clocks between now and then moves the guess by up to an hour.
  return [0, DAY, 60 * MINUTE, -60 * MINUTE, DAY + 60 * MINUTE, DAY - 60 * MINUTE]
    .map((shift) => guess + shift)
    .filter((at) => at > now && clockText(at, timeZone) === wanted)
    .toSorted((a, b) => a - b)[0];
};
