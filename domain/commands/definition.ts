/**
 * One user command is one file beside this one. The station runs it on its local rows to show the effect at once, the
 * backend runs it again with authority; both call `decide` (decide.ts). A decision reads nothing but its arguments: the
 * view, the input, and the context, whose `issuedAt` is the only "now" there is.
 */
import type { z } from 'zod';
import type { Grant, Role } from '../model/grant.ts';
import type { RecordView, VigilRecord } from '../model/record.ts';
import type { Author, Id, Instant } from '../model/values.ts';
import type { RefusalKey, RefusalWord } from './refusal-sentences.ts';
import { inEnglish, type Sentence, sentenceOf, type ValuesOf } from './sentence.ts';

/**
 * Why a command was not done: a code for programs, the sentence for the person who made it, and the same in English for logs and
 * for who cannot word it. One that an older version made has no `sentence`.
 */
export type Refusal = { readonly code: RefusalCode; readonly message: string; readonly sentence?: Sentence | undefined };

export const refusalCodes = [
  'malformed',
  'unknownCommand',
  'notAllowed',
  'grantExpired',
  'grantInvalid',
  'notFound',
  'archived',
  'conflict',
  'alreadyDone',
  'expired',
  'tooOld',
  'needsLink',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** What may be done without the backend. A clinical decision, so it stands in the command. */
export type OfflinePolicy =
  | {
      readonly whenOffline: 'queue' /** milliseconds since the gesture; null never expires */;
      readonly expiresAfter: number | null;
    }
  | { readonly whenOffline: 'refuse' /** what to do instead */; readonly instead: Extract<RefusalWord, `instead.${string}`> };

/** A command that is refused offline is done within this long after its gesture or not at all, milliseconds. */
export const URGENT_WITHIN = 10_000;

export type CommandContext = {
  readonly commandId: Id;
  /** Server time of the gesture, as the station estimated it. */
  readonly issuedAt: Instant;
  readonly grant: Grant;
  readonly author: Author;
  /** The n-th id (from 0) minted by this command: the same on both sides, derived from `commandId`. */
  readonly newId: (index: number) => Id;
};

export type CommandDefinition<Name extends string, Schema extends z.ZodType> = {
  readonly name: Name;
  readonly input: Schema;
  /** Any one of these roles suffices. */
  readonly roles: readonly Role[];
  readonly offline: OfflinePolicy;
  /** The most that a desk takes of it, characters of JSON; absent: 32 Ki, which is more than a person fills in. */
  readonly longestInput?: number;
  /** The records that will stand, or the reason why not. */
  readonly apply: (view: RecordView, input: z.infer<Schema>, context: CommandContext) => readonly VigilRecord[] | Refusal;
};

/** Declares a command; keeps the literal name and the schema's type. */
export const defineCommand = <const Name extends string, Schema extends z.ZodType>(
  definition: CommandDefinition<Name, Schema>,
): CommandDefinition<Name, Schema> => definition;

/** A refusal by the key of its sentence and what stands in its places. */
export const refuse = <Key extends RefusalKey>(code: RefusalCode, key: Key, ...values: ValuesOf<Key>): Refusal => {
  const sentence = sentenceOf(key, ...values);
  return { code, message: inEnglish(sentence), sentence };
};

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;
