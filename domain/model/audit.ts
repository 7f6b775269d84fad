import { z } from 'zod';
import type { Id, Instant } from './values.ts';

/** A SHA-256 as 64 hexadecimal digits. */
export const auditHashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** The place and hash of one row of an audit trail; of the newest one it says the whole trail before it. */
export const auditHeadSchema = z.strictObject({ sequence: z.int().positive(), hash: auditHashSchema });
export type AuditHead = z.infer<typeof auditHeadSchema>;

/** What an audit row says. Ids, codes and a digest: never a text that a person wrote. */
export type AuditEntry = {
  /** Server time. */
  readonly at: Instant;
  /** Bound of the error of `at`, milliseconds; null at a desk that was never synchronised. */
  readonly atError: number | null;
  /**
   * The person by the grant; `nobody`, `unknown` for a grant that does not hold, `station` or `hospital` for what acts by itself,
   * `reader:` and its name for another system that reads here.
   */
  readonly actor: Id | 'nobody' | 'unknown' | 'station' | 'hospital' | `reader:${string}`;
  /** The desk at which it was done; null for what no desk asked for. */
  readonly stationId: Id | null;
  readonly action: string;
  readonly subjects: readonly Id[];
  readonly outcome: string;
  /** SHA-256 of the payload's canonical text. */
  readonly digest: string;
};

/** An entry in its place: `hash` covers everything else, `previous` is the hash of the row before. */
export type AuditRow = AuditEntry & { readonly sequence: number; readonly previous: string; readonly hash: string };

// Not by the schema: most texts that are asked about are no ids, and a refusal by a schema is dear.
const ID = z.regexes.uuid();
/** Whether a text has the form of an id. */
export const isId = (text: unknown): text is Id => typeof text === 'string' && ID.test(text);
