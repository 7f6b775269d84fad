import type { Health } from '#contracts/ipc/health.ts';
import type { Replica } from '../sync/replica.ts';

/** How the copy stood against the hospital's checksum when they were last compared; the moment of it is not kept. */
export const copyChecksum = (replica: Pick<Replica, 'checksum' | 'divergence'>): NonNullable<Health['copy']['checksum']> => {
  const differs = replica.divergence();
  if (differs) return { state: 'differs', rev: differs.rev, at: null };
  const { agreedAt } = replica.checksum();
  return { state: agreedAt === null ? 'notCompared' : 'agrees', rev: agreedAt, at: null };
};
