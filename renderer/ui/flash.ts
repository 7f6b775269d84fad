/**
 * Alarm marks flash by the wall clock: high 2.0 Hz, medium 0.5 Hz, both 50 % (IEC 60601-1-8 allows 1.4–2.8 and 0.4–0.8 Hz).
 * The phase follows from the time alone, so every mark in every window of this machine flashes together. Turning the marks
 * themselves four times a second costs four small repaints and nothing where no alarm waits; an attribute on the root would
 * make the whole document ask for its style again, a CSS animation for a frame sixty times a second.
 */
export const halfPeriods = { high: 250, medium: 1000 } as const;

/** Whether marks of a priority are in the dark half of their flash at `at`, milliseconds of wall time. */
export const isDark = (priority: keyof typeof halfPeriods, at: number): boolean =>
  Math.floor(at / halfPeriods[priority]) % 2 === 1;

const priorityOf = (mark: Element): keyof typeof halfPeriods | null =>
  /(^|-)high\b/.test(mark.className) ? 'high' : /(^|-)medium\b/.test(mark.className) ? 'medium' : null;

/** Turns the flashes of this document until stopped; never starts for who asked for less motion. Returns the stop. */
export const startFlashing = (): (() => void) => {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return () => undefined;
  const unanswered = document.getElementsByClassName('unack');
  let timer: ReturnType<typeof setTimeout>;
  const turn = (): void => {
    const now = Date.now();
    for (const mark of unanswered) {
      const priority = priorityOf(mark);
      mark.toggleAttribute('data-dark', priority !== null && isDark(priority, now));
    }
    timer = setTimeout(turn, halfPeriods.high - (now % halfPeriods.high));
  };
  turn();
  return () => {
    clearTimeout(timer);
    for (const mark of unanswered) mark.removeAttribute('data-dark');
  };
};
