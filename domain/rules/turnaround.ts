import type { Bed, BedStatus } from '../model/bed.ts';
import type { Instant } from '../model/values.ts';

const isDirty = (status: BedStatus): boolean => status === 'contaminated' || status === 'cleaning';

/** Since when a bed cannot be given because it is dirty, whatever stage it is in; null for one that is not. The turnaround counts from it. */
export const turnaroundSince = ({ status, since, dirtySince }: Pick<Bed, 'status' | 'since' | 'dirtySince'>): Instant | null =>
  isDirty(status) ? (dirtySince ?? since) : null;

/** What a bed that becomes `status` keeps of since when it has been dirty: a further stage never starts the clock anew. */
export const dirtySinceAs = (bed: Pick<Bed, 'status' | 'since' | 'dirtySince'>, status: BedStatus): Instant | null =>
  isDirty(status) ? turnaroundSince(bed) : null;
