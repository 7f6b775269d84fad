import { r } from './strings.ts';

/** How long ago a moment of the replay was, as a person says it: `40 s ago`, `31 min ago`, `2 h 5 min ago`. Milliseconds. */
export const agoText = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return r('secondsAgo', { count: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return r('minutesAgo', { count: minutes });
  return r('hoursAgo', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
};
