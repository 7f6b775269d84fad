import type { Call } from '../model/call.ts';
import type { Instant } from '../model/values.ts';

type Location = NonNullable<Call['location']>;

/** After so long a less exact location counts more than an older, more exact one: the caller may have moved. Milliseconds. */
const MOVED_AFTER = 60_000;

/**
 * Whether a location told now takes the place of the one at hand. What the telephone itself found goes before the address of
 * its line; of two it found, the more exact, or the newer one when the other is old.
 */
export const isBetterLocation = (held: Location | null, heldAt: Instant | null, told: Location, toldAt: Instant): boolean => {
  if (held === null || heldAt === null) return true;
  if (told.source !== held.source) return told.source === 'aml';
  if (toldAt < heldAt) return false;
  if (toldAt - heldAt >= MOVED_AFTER) return true;
  return (told.uncertaintyMetres ?? Number.POSITIVE_INFINITY) <= (held.uncertaintyMetres ?? Number.POSITIVE_INFINITY);
};
