/**
 * What the hospital makes of a command: records and where they went, or a refusal. One that breaks its own decision, or would
 * write a record that no station can read, is refused alone: it must not stop those behind it, here or at every desk.
 */
import { z } from 'zod';
import { commandNamed, decide } from '#domain/commands/decide.ts';
import { type Refusal, refuse, URGENT_WITHIN } from '#domain/commands/definition.ts';
import type { Envelope } from '#domain/commands/envelope.ts';
import { wordOf } from '#domain/commands/sentence.ts';
import type { Grant } from '#domain/model/grant.ts';
import { type RecordView, recordKinds, recordSchemas, type VigilRecord } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { auditSubjects } from '#domain/rules/audit-chain.ts';

export type Decided = { readonly puts: readonly VigilRecord[]; readonly note?: string };

export type Authority = {
  /** Decides with the age of the gesture, milliseconds, and the grant that this hospital signed; undefined when it signed none. */
  readonly decide: (envelope: Envelope, ageMs: number, grant: Grant | undefined) => Decided | Refusal;
  /** Decides what was acknowledged before a restore: it was neither too old nor withdrawn then. */
  readonly decideAsHistory: (envelope: Envelope, grant: Grant | undefined) => Decided | Refusal;
};

const DAY = 86_400_000;

const readable = new Map<string, z.ZodType>(Object.entries(recordSchemas).map(([kind, schema]) => [kind, z.compile(schema)]));
const isReadable = (record: VigilRecord): boolean => readable.get(record.kind)?.safeParse(record).success ?? false;

/** Decides on `view`; `isWithdrawn` says of a grant's or a person's id whether it may act no more. `rememberedDays` is how long settlements are kept. */
export const createAuthority = (options: {
  readonly view: RecordView;
  readonly clock: () => Instant;
  readonly isWithdrawn: (id: Id) => boolean;
  /** Whether a record of this id has left the desks (SYNC K6). */
  readonly isArchived: (id: Id) => boolean;
  readonly rememberedDays: number;
}): Authority => {
  const { view, clock, isWithdrawn, isArchived, rememberedDays } = options;
  const namesArchived = ({ commandId, input }: Envelope): boolean =>
    auditSubjects(commandId, input).some(
      (id) => id !== commandId && !recordKinds.some((kind) => view.get(kind, id)) && isArchived(id),
    );
  const decideFor = (envelope: Envelope, grant: Grant, ageMs: number): Decided | Refusal => {
    try {
      const decided = decide(view, envelope, grant, ageMs);
      if ((decided.ok || decided.refusal.code === 'notFound') && namesArchived(envelope))
        return refuse('archived', 'hasLeftDesks');
      if (!decided.ok) return decided.refusal;
      if (!decided.puts.every(isReadable)) return refuse('malformed', 'notValidRecord');
      return decided.note === undefined ? { puts: decided.puts } : { puts: decided.puts, note: decided.note };
    } catch {
      return refuse('malformed', 'notDecided');
    }
  };
  /**
   * Whether an urgent command comes too late. The age it was sent with stands still while it lies on a line, so the moment of the
   * gesture counts as well, as far as it is known.
   */
  const tooLate = (envelope: Envelope, ageMs: number): Refusal | undefined => {
    const offline = commandNamed(envelope.name)?.offline;
    if (offline?.whenOffline !== 'refuse') return undefined;
    const age = Math.max(ageMs, clock() - envelope.issuedAt - envelope.issuedAtError);
    if (age <= URGENT_WITHIN) return undefined;
    return refuse('expired', 'reachedTooLate', { instead: wordOf(offline.instead) });
  };
  const unsigned = (): Refusal => refuse('grantInvalid', 'notSigned');
  return {
    decide: (envelope, ageMs, grant) => {
      // Either clock may be wrong: what one of them calls older than the memory of settlements may have been done once.
      if (Math.max(ageMs, clock() - envelope.issuedAt) > rememberedDays * DAY) return refuse('tooOld', 'tooOldToKnow');
      if (!grant) return unsigned();
      if (isWithdrawn(grant.grantId) || isWithdrawn(grant.personId))
        return refuse('grantInvalid', 'signInWithdrawn', { name: grant.name });
      const late = tooLate(envelope, ageMs);
      return late ?? decideFor(envelope, grant, ageMs);
    },
    decideAsHistory: (envelope, grant) => (grant ? decideFor(envelope, grant, 0) : unsigned()),
  };
};
