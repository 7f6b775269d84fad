import type { createReplica } from './sync/replica.ts';
import { EVENT_SHOWN_FOR, type Troubles } from './troubles.ts';

type CopyNews = Pick<Parameters<typeof createReplica>[0], 'noted' | 'unreadableRows' | 'rowsChanged'>;

/** What a person is told of this desk's copy. */
export const copyTroubles = (troubles: Troubles): CopyNews => ({
  noted: (sentence) => troubles.raise(`named:${sentence}`, 'information', sentence, EVENT_SHOWN_FOR),
  unreadableRows: (count) =>
    troubles.raise('unreadableRows', 'degraded', `${count} kept rows cannot be read by this version; they are loaded again.`),
  rowsChanged: () =>
    troubles.raise(
      'copyDiffers',
      'degraded',
      'The kept rows are not those that were written. They are loaded anew; until then do not rely on them.',
      EVENT_SHOWN_FOR,
    ),
});
