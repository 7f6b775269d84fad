import { type Decision, decide } from '../commands/decide.ts';
import type { CommandInput, CommandName } from '../commands/registry.ts';
import type { Encounter, VisitChange } from '../model/encounter.ts';
import type { RecordView, VigilRecord } from '../model/record.ts';
import type { Instant } from '../model/values.ts';
import { buildGrant, testId, testNow } from './builders.ts';
import { createView } from './view.ts';

/** The id of every command given here, so that what it mints can be foretold. */
export const givenCommandId = testId('6', 1);

/** Decides one command of a person with all desk roles, made at `issuedAt` and decided at once. */
export const give = <N extends CommandName>(
  records: readonly VigilRecord[] | RecordView,
  name: N,
  input: CommandInput<N>,
  issuedAt: Instant = testNow,
): Decision =>
  decide(
    'get' in records ? records : createView(records),
    { commandId: givenCommandId, name, input, issuedAt, issuedAtError: 5, grant: 'signed' },
    buildGrant(),
    0,
  );

/** `code: sentence` of a refusal, or `done`. */
export const refusalOf = (decision: Decision): string =>
  decision.ok ? 'done' : `${decision.refusal.code}: ${decision.refusal.message}`;

type Unstamped<C> = C extends VisitChange ? Omit<C, 'at' | 'by'> & { readonly at?: Instant } : never;
/** The visit with changes in its log, made by the person of `give` at `testNow` unless they say when. */
export const logged = (encounter: Encounter, ...changes: readonly Unstamped<VisitChange>[]): Encounter => {
  const stamped = changes.map((change) => ({ at: testNow, by: buildGrant().name, ...change }) as VisitChange);
  return { ...encounter, changes: [...encounter.changes, ...stamped] };
};

/** The decision that puts these records. */
export const done = (...puts: VigilRecord[]): Decision => ({ ok: true, puts });
