import type { Instant } from '../model/values.ts';

/** Completed years between a birth date (`yyyy-mm-dd`) and a moment, by the UTC calendar; never below 0. */
export const ageInYears = (birthDate: string, at: Instant): number => {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  const today = new Date(at);
  const beforeBirthday = today.getUTCMonth() + 1 < month || (today.getUTCMonth() + 1 === month && today.getUTCDate() < day);
  return Math.max(0, today.getUTCFullYear() - year - (beforeBirthday ? 1 : 0));
};
