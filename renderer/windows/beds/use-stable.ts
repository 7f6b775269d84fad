import { useLayoutEffect, useRef, useState } from 'react';

type Gestures = Readonly<Record<string, (...given: never[]) => void>>;

/** The same gestures in one object that never changes, so that nothing is drawn again for them: each does what the last drawing of the board gave it to do. */
export const useStable = <G extends Gestures>(gestures: G): G => {
  const latest = useRef(gestures);
  useLayoutEffect(() => {
    latest.current = gestures;
  });
  const [stable] = useState(
    () =>
      Object.fromEntries(
        Object.keys(gestures).map((name) => [name, (...given: never[]) => latest.current[name]?.(...given)]),
      ) as unknown as G,
  );
  return stable;
};
