/**
 * A move as it is typed: `B12 ← 7`, `B12 < 7`, `b12 moreau`, `B12 < B7`; `B12 = 7` only holds the bed. The left is a bed; the right is the bed somebody lies in,
 * a number of the queue (`#7` says so where a bed is called 7 too), or the beginnings of a name.
 */
import type { Id } from '#domain/model/values.ts';

export type LineBed = { readonly id: Id; readonly label: string; readonly encounterId: Id | null };
export type LinePerson = { readonly encounterId: Id; readonly name: string };
export type LineContext = {
  readonly beds: readonly LineBed[];
  /** The visits of the queue in the order of their numbers. */
  readonly queue: readonly Id[];
  /** Everybody who is here. */
  readonly people: readonly LinePerson[];
};
export type LineMeaning =
  | { readonly kind: 'move' | 'hold'; readonly bedId: Id; readonly encounterId: Id }
  /** `unfinished`: nothing is wrong yet · `noBed`, `nobody`: not found · `emptyBed`: nobody lies there · `several`: more than one is meant */
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'noBed' | 'nobody' | 'emptyBed' | 'several'; readonly text: string };

/** A text as it is compared: without accents and case. */
export const plainText = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();

const arrow = /\s*(?:<-|<|←|⇄|=)\s*/u;

const split = (line: string, beds: readonly LineBed[]): readonly [left: string, right: string] => {
  const at = arrow.exec(line);
  if (at) return [line.slice(0, at.index).trim(), line.slice(at.index + at[0].length).trim()];
  const label = beds
    .map((bed) => plainText(bed.label))
    .filter((one) => line === one || line.startsWith(`${one} `))
    .reduce((longest, one) => (one.length > longest.length ? one : longest), '');
  if (label !== '') return [label, line.slice(label.length).trim()];
  const [left = '', ...right] = line.split(/\s+/);
  return [left, right.join(' ')];
};

/** What a typed line means now. */
export const readLine = (typed: string, { beds, queue, people }: LineContext): LineMeaning => {
  const [left, right] = split(plainText(typed), beds);
  if (left === '') return { kind: 'unfinished' };
  const bed = beds.find(({ label }) => plainText(label) === left);
  if (!bed) {
    const isBeginning = right === '' && beds.some(({ label }) => plainText(label).startsWith(left));
    return isBeginning ? { kind: 'unfinished' } : { kind: 'noBed', text: left };
  }
  if (right === '') return { kind: 'unfinished' };
  const kind = typed.includes('=') ? 'hold' : 'move';
  const move = (encounterId: Id): LineMeaning => ({ kind, bedId: bed.id, encounterId });
  const numbered = /^#?(\d+)$/.exec(right);
  const queued = numbered ? queue[Number(numbered[1]) - 1] : undefined;
  const other = right.startsWith('#') ? undefined : beds.find(({ label }) => plainText(label) === right);
  if (other && queued !== undefined) return { kind: 'several', text: `${other.label}, #${right}` };
  if (queued !== undefined) return move(queued);
  if (other) return other.encounterId === null ? { kind: 'emptyBed', text: other.label } : move(other.encounterId);
  if (numbered) return { kind: 'nobody', text: right };
  const words = right.split(/[\s,]+/).filter((word) => word !== '');
  const meant = people.filter(({ name }) => {
    const parts = plainText(name).split(/[\s,-]+/);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  });
  const [first, second] = meant;
  if (!first) return { kind: 'nobody', text: right };
  if (!second) return move(first.encounterId);
  const shown = meant.slice(0, 3).map(({ name }) => name);
  return { kind: 'several', text: meant.length > 3 ? `${shown.join(' · ')} …` : shown.join(' · ') };
};
