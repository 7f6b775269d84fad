import { useMemo, useRef, useState } from 'react';

/** Keeps what was shown in its place: rows already there stay in order, new ones go to the end, gone ones leave. */
export const steadyOrder = (shown: readonly string[], wanted: readonly string[]): readonly string[] => {
  const present = new Set(wanted);
  const kept = shown.filter((id) => present.has(id));
  const known = new Set(kept);
  return [...kept, ...wanted.filter((id) => !known.has(id))];
};

/**
 * The order in which to draw a list so that nothing moves under a pointer or focus. Spread `hold` on the list's element;
 * `wanted` is the order of ids the board would like; `frozen` holds it for another reason than a pointer.
 */
export const useSteadyOrder = (wanted: readonly string[], frozen = false) => {
  const [held, setHeld] = useState(false);
  const shown = useRef(wanted);
  shown.current = held || frozen ? steadyOrder(shown.current, wanted) : wanted;
  const hold = useMemo(
    () => ({
      onPointerEnter: () => setHeld(true),
      onPointerLeave: () => setHeld(false),
      onFocus: () => setHeld(true),
      onBlur: () => setHeld(false),
    }),
    [],
  );
  return { order: shown.current, hold };
};
