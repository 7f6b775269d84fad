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
  {
    fault: 'F8',
    what: 'the network is bad',
    runs: { continuous: 2, full: 100 },
    missing: nothing,
    load: () => import('./f08-bad-network.ts'),
  },
  {
    fault: 'F9',
    what: 'messages are repeated, late and lost',
    runs: { continuous: 20, full: 10_000 },
    missing: nothing,
    load: () => import('./f09-duplicates.ts'),
  },
  {
    fault: 'F10',
    what: 'the hospital is killed around a command',
    runs: { continuous: 30, full: 600 },
    missing: shimsMissing,
    load: () => import('./f10-hospital-killed.ts'),
  },
  {
    fault: 'F15',
    what: 'a command is poison',
    runs: { continuous: 11, full: 11 },
    missing: nothing,
    load: () => import('./f15-poison.ts'),
  },
  {
    fault: 'F18',
    what: 'a second instance, another user',
    runs: { continuous: 2, full: 2 },
    missing: nothing,
    load: () => import('./f18-second-instance.ts'),
  },
];
