/** What this desk gives back to a hospital that was restored from a backup (SYNC R1–R6). */
import type { Up } from '#contracts/wire/up.ts';
import type { Id } from '#domain/model/values.ts';
import type { ReadHandle } from '../store/database.ts';
import { readAcknowledged } from '../store/queries/outbox.ts';
import { countRowsAfter } from '../store/queries/records.ts';
import type { Welcome } from '../sync/taking.ts';

type Offer = Extract<Up, { type: 'offer' }>;

const MOST_PER_OFFER = 100;
/** Of JSON; a message may have four times as much. */
const MOST_CHARACTERS = 1024 * 1024;

/** The offers that answer a welcome, in the order in which they must be sent; empty when the hospital was not restored or takes none. */
export const offersFor = (handle: ReadHandle, { epoch, recovery }: Welcome): readonly Offer[] => {
  if (!recovery || recovery.state === 'refused') return [];
  const offers: { type: 'offer'; commands: Offer['commands'] }[] = [];
  let characters = 0;
  for (const command of readAcknowledged(handle, epoch, recovery.from)) {
    const size = JSON.stringify(command).length;
    const last = offers.at(-1);
    if (last && last.commands.length < MOST_PER_OFFER && characters + size <= MOST_CHARACTERS) {
      last.commands.push(command);
      characters += size;
    } else {
      offers.push({ type: 'offer', commands: [command] });
      characters = size;
    }
  }
  return offers;
};

const counted = (count: number, one: string, more: string): string => (count === 1 ? `1 ${one}` : `${count} ${more}`);

/**
 * What a person at this desk must know of a restore, said once, while the copy still holds the lost history (`epochBefore`);
 * null when there is nothing to say.
 */
export const restoredSentence = (handle: ReadHandle, welcome: Welcome, epochBefore: Id | null): string | null => {
  const { recovery, epoch } = welcome;
  if (!recovery || epochBefore === null || epochBefore === epoch) return null;
  const own = counted(readAcknowledged(handle, epoch, recovery.from).length, 'command', 'commands');
  const rows = epochBefore === recovery.from?.epoch ? countRowsAfter(handle, recovery.from.rev) : null;
  const lost = rows === null ? '' : ` ${counted(rows, 'record was', 'records were')} written after that backup.`;
  return recovery.state === 'refused'
    ? `The hospital began anew from a backup. Not in it: ${own} that this desk had been told was done. Check the boards.`
    : `The hospital was restored from a backup. This desk gives back ${own} done since; what cannot be done again becomes a conflict.${lost} What the hospital itself wrote is lost: check the boards.`;
};
