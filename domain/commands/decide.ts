/**
 * The one decision function. For the same view, envelope and grant it answers the same on station and backend; the
 * station's answer is shown as pending, the backend's stands.
 */
import type { z } from 'zod';
import type { Grant } from '../model/grant.ts';
import type { RecordView, VigilRecord } from '../model/record.ts';
import { readdress, readdressedNote } from '../rules/merged.ts';
import { seenAs, unseenChange } from '../rules/safety.ts';
import { withChanges } from '../rules/visit-changes.ts';
import { type CommandDefinition, type Refusal, refuse } from './definition.ts';
import { derivedId } from './derived-id.ts';
import type { Envelope } from './envelope.ts';
import { commands } from './registry.ts';
import { wordOf } from './sentence.ts';

export type Decision =
  | {
      readonly ok: true;
      readonly puts: readonly VigilRecord[];
      /** Where it was done instead, when a record it names had been merged. */
      readonly note?: string;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** The definition of a command by the name in an envelope; undefined for a name this version does not know. */
export const commandNamed = (name: string): CommandDefinition<string, z.ZodType> | undefined =>
  Object.hasOwn(commands, name)
    ? (commands[name as keyof typeof commands] as unknown as CommandDefinition<string, z.ZodType>)
    : undefined;

/** Decides a command on a view: the records that will stand, or a typed refusal. `ageMs` is the age since the gesture. */
export const decide = (view: RecordView, envelope: Envelope, grant: Grant, ageMs: number): Decision => {
  const refused = (refusal: Refusal): Decision => ({ ok: false, refusal });
  const definition = commandNamed(envelope.name);
  if (!definition) return refused(refuse('unknownCommand', 'commandUnknown', { command: envelope.name }));
  const parsed = definition.input.safeParse(envelope.input);
  if (!parsed.success)
    return refused(
      refuse('malformed', 'inputNotValid', {
        what: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
      }),
    );
  if (!definition.roles.some((role) => grant.roles.includes(role))) {
    return refused(
      refuse('notAllowed', 'roleMissing', {
        name: grant.name,
        roles: wordOf(...definition.roles.map((role) => `role.${role}` as const)),
      }),
    );
  }
  if (grant.expiresAt < envelope.issuedAt) return refused(refuse('grantExpired', 'signInEnded', { name: grant.name }));
  const { offline } = definition;
  if (offline.whenOffline === 'queue' && offline.expiresAfter !== null && ageMs > offline.expiresAfter) {
    return refused(refuse('expired', 'waitedTooLong'));
  }
  const { input, readdressed } = readdress(view, parsed.data);
  const outcome = definition.apply(view, input, {
    commandId: envelope.commandId,
    issuedAt: envelope.issuedAt,
    grant,
    author: { personId: grant.personId, name: grant.name },
    newId: (index) => derivedId(envelope.commandId, index),
  });
  if ('code' in outcome) return refused(outcome);
  const seen = readdressed.reduce((known, { kind, from, to }) => seenAs(known, kind, from, to), envelope.seen ?? {});
  const changed = unseenChange(view, outcome, seen);
  if (changed !== undefined) return refused(refuse('conflict', 'changedMeanwhile', changed));
  const note = readdressedNote(view, readdressed);
  const puts = withChanges(view, outcome, { at: envelope.issuedAt, by: grant.name });
  return { ok: true, puts, ...(note === undefined ? {} : { note }) };
};
