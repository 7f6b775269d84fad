/**
 * A span as people read it on every board: `mm:ss` under an hour, `h:mm` after; whole units only, never rounded up, a minus
 * before a negative one. `h:mm` wants a small `h` behind it (`isHours`), because 3:40 alone is ambiguous at 3 am.
 */
export const formatDuration = (ms: number): string => {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const sign = ms < 0 && seconds > 0 ? '−' : '';
  const two = (value: number): string => String(value).padStart(2, '0');
  if (seconds < 3600) return `${sign}${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  return `${sign}${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}`;
};

/** Whether `formatDuration` shows hours. */
export const isHours = (ms: number): boolean => Math.abs(ms) >= 3_600_000;
