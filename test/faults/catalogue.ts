/**
 * The faults that the product must survive, how often each must have been survived, and where it is played. The tests play each
 * once; `npm run faults -- --continuous` plays the first numbers, about a quarter of an hour. Of F9 and F14 the larger part is
 * played by their twins on the fake clock (`test/fuzz`), a hundred times as fast.
 */
import { shimsMissing } from './disk/shims.ts';
import { consoleMissing } from './f02-console-killed.ts';
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
    fault: 'F2',
    what: 'main, a window or the graphics process is killed, a page is busy',
    runs: { continuous: 10, full: 500 },
    missing: consoleMissing,
    load: () => import('./f02-console-killed.ts'),
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
    runs: { continuous: 20, full: 1_000 },
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
    fault: 'F11',
    what: 'the hospital is restored from a backup',
    runs: { continuous: 5, full: 100 },
    missing: nothing,
    load: () => import('./f11-restored-backup.ts'),
  },
  {
    fault: 'F12',
    what: 'a new version meets unsent commands of an old one',
    runs: { continuous: 40, full: 40 },
    missing: shimsMissing,
    load: () => import('./f12-upgrade.ts'),
  },
  {
    fault: 'F13',
    what: 'an old version meets the database of a new one',
    runs: { continuous: 1, full: 10 },
    missing: nothing,
    load: () => import('./f13-downgrade.ts'),
  },
  {
    fault: 'F14',
    what: 'two desks do what cannot both be so',
    runs: { continuous: 14, full: 500 },
    missing: nothing,
    load: () => import('./f14-two-desks.ts'),
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
