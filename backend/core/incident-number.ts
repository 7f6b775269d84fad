import type { Instant } from '#domain/model/values.ts';

/** The month an incident number begins with, `2611` for November 2026, by the facility's own calendar. */
export const incidentMonth = (at: Instant, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: '2-digit', month: '2-digit' }).formatToParts(at);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '00';
  return part('year') + part('month');
};

/** What people say on the radio: month and a count from 1 within it, `2611-0347`; past 9999 it grows by a digit. */
export const incidentNumber = (month: string, count: number): string => `${month}-${String(count).padStart(4, '0')}`;
