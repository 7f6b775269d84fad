const latestMs = 250;

/** Calls `then(true)` in the next frame of a visible page; in a hidden one, or where none comes for 250 ms, `then(false)` without. */
export const inNextFrame = (then: (isFrame: boolean) => void): void => {
  if (document.visibilityState !== 'visible') {
    setTimeout(then, 0, false);
    return;
  }
  const late = setTimeout(() => {
    cancelAnimationFrame(frame);
    then(false);
  }, latestMs);
  const frame = requestAnimationFrame(() => {
    clearTimeout(late);
    then(true);
  });
};
