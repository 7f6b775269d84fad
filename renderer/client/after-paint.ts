const latestMs = 250;

/** Calls `then` once the screen shows what was just written; in a hidden page, or where no frame comes for 250 ms, without. */
export const afterPaint = (then: () => void): void => {
  if (document.visibilityState !== 'visible') {
    setTimeout(then, 0);
    return;
  }
  let isDone = false;
  const once = (): void => {
    if (isDone) return;
    isDone = true;
    clearTimeout(late);
    then();
  };
  const late = setTimeout(once, latestMs);
  // The frame's own callbacks run before it is painted; the task after them runs when it is on its way to the screen.
  requestAnimationFrame(() => setTimeout(once, 0));
};
