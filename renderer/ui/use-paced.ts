import { useEffect, useRef, useState } from 'react';

/**
 * `value`, followed at most every `milliseconds`: whatever it becomes meanwhile is drawn once, in a task of its own behind the one that
 * drew what is urgent. Null is unknown and held back in neither direction.
 */
export const usePaced = <T>(value: T | null, milliseconds: number): T | null => {
  const [paced, setPaced] = useState(value);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  const isBehind = paced !== value;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it has followed it may already be behind again
  useEffect(() => {
    if (!isBehind) return;
    const timer = setTimeout(() => setPaced(latest.current), milliseconds);
    return () => clearTimeout(timer);
  }, [isBehind, paced, milliseconds]);
  return value === null || paced === null ? value : paced;
};
