/**
 * Commands in the file that can never be sent: what a damaged row, another version or a hand left there. Each is taken out of the
 * way at the start and shown to a person, so that the desk starts and the commands behind it flow (SYNC O9).
 */
import { type Envelope, envelopeSchema } from '#domain/commands/envelope.ts';
import { inEnglish, sentenceOf } from '#domain/commands/sentence.ts';
import { type Id, type Instant, idSchema } from '#domain/model/values.ts';
import type { Database } from '../store/database.ts';

/** Far above what submit takes, far below what one message may hold. */
const MOST_CHARACTERS = 128 * 1024;
const SHOWN_CHARACTERS = 2_000;

const ALL = 'SELECT sequence, command_id AS commandId, envelope, wall_at AS wallAt FROM outbox';
export const TAKE_OUT = 'DELETE FROM outbox WHERE sequence = ?';
const PARK = `INSERT OR IGNORE INTO conflict (command_id, name, summary, code, message, sentence, by_name, issued_at, found_at, envelope)
  VALUES (?, ?, ?, 'malformed', ?, ?, 'unknown', ?, ?, ?)`;

type Row = { readonly sequence: number; readonly commandId: Id; readonly envelope: string; readonly wallAt: Instant };

const isReadable = ({ commandId, envelope }: Row): boolean => {
  if (envelope.length > MOST_CHARACTERS) return false;
  try {
    const parsed = envelopeSchema.safeParse(JSON.parse(envelope));
    return parsed.success && parsed.data.commandId === commandId && idSchema.safeParse(commandId).success;
  } catch {
    return false;
  }
};

const nameIn = (text: string): string => /"name":"([A-Za-z]{1,64})"/.exec(text)?.[1] ?? 'unknown';

/** Turns every command that cannot be read into a conflict, in one transaction; how many there were. Throws StoreError. */
export const parkUnreadable = (database: Database, now: Instant): number => {
  const unreadable = database.read.all<Row>(ALL).filter((row) => !isReadable(row));
  if (unreadable.length === 0) return 0;
  database.transaction((handle) => {
    for (const { sequence, commandId, envelope, wallAt } of unreadable) {
      const name = nameIn(envelope);
      // What is left of it, in the form that everything else may rely on.
      const remains: Envelope = {
        commandId,
        name,
        input: { unreadable: envelope.slice(0, SHOWN_CHARACTERS) },
        issuedAt: wallAt,
        issuedAtError: 0,
        grant: '',
      };
      const sentence = sentenceOf('commandUnreadable');
      handle.run(
        PARK,
        commandId,
        name,
        `A damaged command (${name})`,
        inEnglish(sentence),
        JSON.stringify(sentence),
        wallAt,
        now,
        JSON.stringify(remains),
      );
      handle.run(TAKE_OUT, sequence);
    }
  });
  return unreadable.length;
};
