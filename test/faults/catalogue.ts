/** The faults of docs/SYNC.md's promises, how often each must have been survived, and where it is played. */
import { shimsMissing } from './disk/shims.ts';
import type { Findings } from './scene.ts';

export type Fault = {
  readonly fault: string;
  readonly what: string;
  /** Runs on a pull request, and in all before a release. */
  readonly runs: { readonly continuous: number; readonly full: number };
  /** Why it cannot be played on this machine; null when it can. */
  readonly missing: () => string | null;
  readonly load: () => Promise<{ readonly run: (seed: number) => Promise<Findings> }>;
};

const nothing = (): null => null;

export const catalogue: readonly Fault[] = [
  {
    fault: 'F1',
    what: 'the station is killed',
    runs: { continuous: 20, full: 1_000 },
    missing: nothing,
    load: () => import('./f01-station-killed.ts'),
  },
  {
    fault: 'F3',
    what: 'the power fails',
    runs: { continuous: 20, full: 500 },
    missing: shimsMissing,
    load: () => import('./f03-power-cut.ts'),
  },
  {
    fault: 'F4',
    what: 'the disk is full, read-only or failing',
    runs: { continuous: 20, full: 200 },
    missing: shimsMissing,
    load: () => import('./f04-disk-full.ts'),
  },
  {
    fault: 'F5',
    what: 'the database is damaged',
    runs: { continuous: 20, full: 500 },
    missing: nothing,
    load: () => import('./f05-damaged-file.ts'),
  },
  {
    fault: 'F6',
    what: 'the clock is set, or the machine sleeps',
    runs: { continuous: 7, full: 7 },
    missing: shimsMissing,
    load: () => import('./f06-clock.ts'),
  },
  {
    fault: 'F7',
    what: 'the connection is half open',
    runs: { continuous: 4, full: 200 },
    missing: nothing,
    load: () => import('./f07-half-open.ts'),
  },
];
