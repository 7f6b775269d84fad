/**
 * The audit trail as a chain, the same at a desk and at the hospital. Every row carries the hash of the row before it and its own
 * SHA-256 over a text in which nothing can be moved from one field to another; so a changed, missing or exchanged row breaks the
 * chain there. A chain alone does not know where it ended: its head is shown to the other side, and what the other side keeps
 * is a witness against a trail that was cut short or written anew.
 */
import { type AuditEntry, type AuditHead, type AuditRow, isId } from '../model/audit.ts';
import type { Id } from '../model/values.ts';

/** SHA-256 of a text's UTF-8, 64 hexadecimal digits. Handed in: this folder has no runtime. */
export type Sha256 = (text: string) => string;

/** What the first row of a trail follows. */
const BEGINNING = '0'.repeat(64);
const MOST_SUBJECTS = 16;

const canonicalText = (entry: AuditEntry, sequence: number, previous: string): string =>
  JSON.stringify([
    'vigil audit 1',
    sequence,
    entry.at,
    entry.atError,
    entry.actor,
    entry.stationId,
    entry.action,
    entry.subjects.join(' '),
    entry.outcome,
    entry.digest,
    previous,
  ]);

/** Puts an entry behind the head of a trail; null begins one. */
export const auditRow = (sha256: Sha256, head: AuditHead | null, entry: AuditEntry): AuditRow => {
  const sequence = (head?.sequence ?? 0) + 1;
  const previous = head?.hash ?? BEGINNING;
  return { ...entry, sequence, previous, hash: sha256(canonicalText(entry, sequence, previous)) };
};

/** JSON with the fields of each object in order. By hand: a replacer costs more than both hashes together. */
const canonicalJson = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let fields = '';
  for (const name of Object.keys(value).sort()) {
    const field = (value as Record<string, unknown>)[name];
    if (field !== undefined) fields += `${fields === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(field)}`;
  }
  return `{${fields}}`;
};

/** The digest of a payload: the same however its fields are ordered, so that both sides come to the same one. */
export const auditDigest = (sha256: Sha256, payload: unknown): string => sha256(canonicalJson(payload));

/** What a command is about: its own id, the ids in its input, and those of the records it wrote; each once, at most 16. */
export const auditSubjects = (commandId: Id, input: unknown, records: readonly { readonly id: Id }[] = []): readonly Id[] => {
  const named = typeof input === 'object' && input !== null ? Object.values(input).filter(isId) : [];
  return [...new Set([commandId, ...named, ...records.map(({ id }) => id)])].slice(0, MOST_SUBJECTS);
};

/** A head that somebody other than the trail itself has kept. */
export type AuditWitness = AuditHead & { /** Who was shown it, as a sentence says it: "the hospital". */ readonly by: string };

/** The first row that is not what it was, and what is wrong with it as a sentence. */
export type AuditBreak = { readonly sequence: number; readonly sentence: string };

export type AuditFinding = { readonly rows: number; readonly head: AuditHead | null; readonly broken: AuditBreak | null };

const breakAt = (sha256: Sha256, head: AuditHead | null, row: AuditRow): AuditBreak | null => {
  const { sequence } = row;
  const expected = (head?.sequence ?? 0) + 1;
  if (sequence !== expected)
    return { sequence: expected, sentence: `Row ${expected} is missing; the next one there is ${sequence}.` };
  const isItself = sha256(canonicalText(row, sequence, row.previous)) === row.hash;
  const follows = row.previous === (head?.hash ?? BEGINNING);
  if (isItself && follows) return null;
  if (follows) return { sequence, sentence: `Row ${sequence} was changed.` };
  if (isItself)
    return { sequence, sentence: `Row ${sequence} does not follow what stands before it: rows before it were replaced.` };
  return { sequence, sentence: `Row ${sequence} does not stand where it was written: rows were exchanged or changed.` };
};

/**
 * Goes through a trail in the order of its sequence and finds the first bad row. `start` is the signed head behind which older
 * rows were cut, null for a whole trail.
 */
export const verifyAudit = (
  sha256: Sha256,
  start: AuditHead | null,
  rows: Iterable<AuditRow>,
  witnesses: readonly AuditWitness[],
): AuditFinding => {
  let head = start;
  let count = 0;
  for (const row of rows) {
    const broken = breakAt(sha256, head, row);
    if (broken) return { rows: count, head, broken };
    const against = witnesses.find(({ sequence, hash }) => sequence === row.sequence && hash !== row.hash);
    if (against) {
      const sentence = `Row ${row.sequence} is not the one that ${against.by} was shown: it, or rows before it, were written anew.`;
      return { rows: count, head, broken: { sequence: row.sequence, sentence } };
    }
    head = { sequence: row.sequence, hash: row.hash };
    count += 1;
  }
  const end = head?.sequence ?? 0;
  const [furthest] = witnesses.filter(({ sequence }) => sequence > end).sort((a, b) => b.sequence - a.sequence);
  const sentence = `The trail ends with row ${end}, but ${furthest?.by} was shown row ${furthest?.sequence}: rows were cut off.`;
  return { rows: count, head, broken: furthest ? { sequence: end + 1, sentence } : null };
};
