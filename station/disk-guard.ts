import { isDiskFailure, type StoreError } from './store/database.ts';
import type { Troubles } from './troubles.ts';

/** For what is written while nobody waits for it: a disk that refuses is said on the screen until it takes something again. */
export type DiskGuard = {
  /** Whether it was written. Any other failure than the disk's is fatal. */
  readonly write: (write: () => void) => boolean;
  readonly refused: (error: StoreError) => void;
};

/** Says what the disk refuses as a trouble; `fatal` gets every other error. */
export const createDiskGuard = (troubles: Troubles, fatal: (error: unknown) => void): DiskGuard => {
  const refused: DiskGuard['refused'] = ({ code }) =>
    troubles.raise('storeFailed', 'degraded', `This desk cannot keep what it receives (${code}).`);
  return {
    write: (write) => {
      try {
        write();
        troubles.clear('storeFailed');
        return true;
      } catch (error) {
        if (isDiskFailure(error)) refused(error);
        else fatal(error);
        return false;
      }
    },
    refused,
  };
};
