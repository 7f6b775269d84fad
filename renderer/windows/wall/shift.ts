/** A picture that stands for months burns into a display: it wanders, two pixels at a time, around a square four pixels from its place. */
import type { Instant } from '#domain/model/values.ts';

/** Pixels from its place at most, and between two moves. */
export const reach = 4;
export const stride = 2;
const stepsOfSide = (2 * reach) / stride;
/** How long it stands still, milliseconds. */
export const standsFor = 2 * 60_000;

/** Where the picture stands at a moment, in pixels from its place; the same on every display that has the time. */
export const shiftAt = (now: Instant): { readonly x: number; readonly y: number } => {
  const step = Math.floor(now / standsFor) % (4 * stepsOfSide);
  const along = (step % stepsOfSide) * stride - reach;
  const side = Math.floor(step / stepsOfSide);
  if (side === 0) return { x: along, y: -reach };
  if (side === 1) return { x: reach, y: along };
  return side === 2 ? { x: -along, y: reach } : { x: -reach, y: -along };
};
