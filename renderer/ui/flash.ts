/**
 * Alarm marks flash by the wall clock: high 2.0 Hz, medium 0.5 Hz, both 50 % (IEC 60601-1-8 allows 1.4–2.8 and 0.4–0.8 Hz).
 * The phase follows from the time alone, so every mark in every window of this machine flashes together. An attribute on the
 * root turned four times a second costs four small repaints; a CSS animation would ask for a frame sixty times a second in
 * every window, for as long as any alarm stands.
 */
export const halfPeriods = { high: 250, medium: 1000 } as const;

/** Whether marks of a priority are in the dark half of their flash at `at`, milliseconds of wall time. */
export const isDark = (priority: keyof typeof halfPeriods, at: number): boolean =>
  Math.floor(at / halfPeriods[priority]) % 2 === 1;

/** Turns the flashes of this document until stopped; never starts for who asked for less motion. Returns the stop. */
export const startFlashing = (): (() => void) => {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return () => undefined;
  const marks = document.documentElement.dataset;
  let timer: ReturnType<typeof setTimeout>;
  const turn = (): void => {
    const now = Date.now();
    marks['flashHigh'] = isDark('high', now) ? 'dark' : 'light';
    marks['flashMedium'] = isDark('medium', now) ? 'dark' : 'light';
    timer = setTimeout(turn, halfPeriods.high - (now % halfPeriods.high));
  };
  turn();
  return () => {
    clearTimeout(timer);
    delete marks['flashHigh'];
    delete marks['flashMedium'];
  };
};
