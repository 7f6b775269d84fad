/**
 * Which patients who are here together could be taken for each other by their names: a warning, never an identification. Accents,
 * case, hyphens and particles (`de la`, `van`) are left out; of a Spanish double surname the first one counts, and both in either
 * order. The limits are ours: there is no standard for how alike two names must be.
 */
import type { Patient } from '../model/patient.ts';
import type { Id } from '../model/values.ts';

/** sameFamily: the family name is the same · alike: both names are nearly the same · swapped: the one's family name is the other's given name */
export type NameLikeness = 'sameFamily' | 'alike' | 'swapped';

const particles = new Set('al bin da das de del den der di do dos du el ibn la las le los of ter van von y zu'.split(' '));

const wordsOf = (text: string): readonly string[] => {
  const words = text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !particles.has(word));
  return telling.length > 0 ? telling : words;
};

/** How a name sounds, roughly, in English and Spanish ears: letters that are heard alike become one. */
const soundOf = (word: string): string =>
  word
    .replaceAll('ph', 'f')
    .replaceAll(/ch|sh/g, 'x')
    .replaceAll(/ck|qu?(?=[ei])|q/g, 'k')
    .replaceAll(/c(?=[eiy])/g, 's')
    .replaceAll('c', 'k')
    .replaceAll(/g(?=[eiy])/g, 'j')
    .replaceAll('ll', 'i')
    .replaceAll('z', 's')
    .replaceAll(/[vw]/g, 'b')
    .replaceAll('y', 'i')
    .replaceAll(/(?<=.)h/g, '')
    .replaceAll(/(.)\1+/g, '$1');

type Spelled = { readonly text: string; readonly sound: string /** one bit for each letter in it */; readonly letters: number };
const spelled = (text: string): Spelled => ({
  text,
  sound: soundOf(text),
  letters: [...text].reduce((bits, letter) => bits | (1 << ((letter.codePointAt(0) ?? 0) % 32)), 0),
});
/** In how many letters two words differ at least: cheap, so that a full department is compared in no time. */
const lettersApart = (one: Spelled, other: Spelled): number => {
  let count = 0;
  for (let bits = one.letters ^ other.letters; bits !== 0; bits &= bits - 1) count += 1;
  return Math.ceil(count / 2);
};

/** A name prepared for being compared; null where there is nothing to compare. */
export type ComparableName = { readonly family: readonly Spelled[]; readonly given: Spelled };

/** Prepares a name; null for a patient whose name is not known or not held here. */
export const comparableName = ({ name }: Pick<Patient, 'name'>): ComparableName | null => {
  const family = wordsOf(name?.family ?? '');
  return family.length === 0 ? null : { family: family.map(spelled), given: spelled(wordsOf(name?.given ?? '')[0] ?? '') };
};

/** Whether no more than `most` changes, insertions, losses and swaps of neighbours lead from one word to the other. */
const distanceWithin = (one: string, other: string, most: number): boolean => {
  if (Math.abs(one.length - other.length) > most) return false;
  let before: number[] = [];
  let line = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      next[column] = Math.min(
        (line[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (line[column - 1] ?? 0) + (same ? 0 : 1),
        isSwap ? (before[column - 2] ?? Number.POSITIVE_INFINITY) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, line] = [line, next];
  }
  return (line[other.length] ?? 0) <= most;
};

/** Letters that may differ in a word of this length: none in a short one, where one letter makes another name (Ana, Eva). */
const mayDiffer = (length: number): number => (length < 4 ? 0 : length < 6 ? 1 : 2);

/** What costs nothing, asked of both names before anything is measured. */
const mayBeNear = (one: Spelled, other: Spelled): boolean => {
  if (one.sound === other.sound) return true;
  const most = mayDiffer(Math.min(one.text.length, other.text.length));
  return Math.abs(one.text.length - other.text.length) <= most && lettersApart(one, other) <= most;
};
const near = (one: Spelled, other: Spelled): boolean =>
  one.sound === other.sound || distanceWithin(one.text, other.text, mayDiffer(Math.min(one.text.length, other.text.length)));
const sameWords = (one: readonly Spelled[], other: readonly Spelled[]): boolean =>
  one.length === other.length && one.every(({ text }) => other.some((word) => word.text === text));

/** How two names could be taken for each other; null when they could not. */
export const nameLikeness = (one: ComparableName, other: ComparableName): NameLikeness | null => {
  const [first, second] = [one.family[0], other.family[0]];
  if (!first || !second) return null;
  if (first.text === second.text || sameWords(one.family, other.family)) return 'sameFamily';
  if (one.given.text === '' || other.given.text === '') return null;
  const mayBeAlike = mayBeNear(first, second) && mayBeNear(one.given, other.given);
  if (mayBeAlike && near(first, second) && near(one.given, other.given)) return 'alike';
  return first.text === other.given.text && second.text === one.given.text ? 'swapped' : null;
};

/** Of each of these patients those whose names are similar; patients without any are left out. A merged record is not its survivor's double. */
export const similarNames = (patients: Iterable<Patient>): ReadonlyMap<Id, readonly Id[]> => {
  const names = [...patients].flatMap((patient) => {
    const name = patient.mergedInto === null ? comparableName(patient) : null;
    return name ? [{ id: patient.id, name }] : [];
  });
  const similar = new Map<Id, Id[]>();
  const note = (id: Id, other: Id): void => {
    const known = similar.get(id);
    if (known) known.push(other);
    else similar.set(id, [other]);
  };
  for (const [index, one] of names.entries()) {
    for (let next = index + 1; next < names.length; next += 1) {
      const other = names[next];
      if (!other || one.id === other.id || nameLikeness(one.name, other.name) === null) continue;
      note(one.id, other.id);
      note(other.id, one.id);
    }
  }
  return similar;
};

/** A name that was compared with the others already, and the patients who were found alike. */
type Compared = { readonly patient: Patient; readonly name: ComparableName | null; readonly alike: Set<Id> };

/**
 * `similarNames` that remembers: asked about the same records it answers with the same, and of others it compares only who is new or
 * changed. Patients come and go in a large department every few seconds, and nearly all the others stay who they are.
 */
export const createSimilarNames = (): typeof similarNames => {
  let known = new Map<Id, Compared>();
  let answer: ReadonlyMap<Id, readonly Id[]> = new Map();
  return (patients) => {
    const list = [...patients];
    const isSame = list.length === known.size && list.every((patient) => known.get(patient.id)?.patient === patient);
    if (isSame) return answer;
    const next = new Map<Id, Compared>();
    const fresh: Compared[] = [];
    for (const patient of list) {
      const before = known.get(patient.id);
      if (next.has(patient.id)) continue;
      if (before?.patient === patient) next.set(patient.id, before);
      else {
        const name = patient.mergedInto === null ? comparableName(patient) : null;
        const one = { patient, name, alike: new Set<Id>() };
        next.set(patient.id, one);
        fresh.push(one);
      }
    }
    for (const [id, { patient, alike }] of known)
      if (next.get(id)?.patient !== patient) for (const other of alike) next.get(other)?.alike.delete(id);
    for (const one of fresh) {
      for (const other of next.values()) {
        if (other === one || !one.name || !other.name || nameLikeness(one.name, other.name) === null) continue;
        one.alike.add(other.patient.id);
        other.alike.add(one.patient.id);
      }
    }
    known = next;
    const places = new Map([...next.keys()].map((id, place) => [id, place]));
    answer = new Map(
      [...next].flatMap(([id, { alike }]) =>
        alike.size === 0
          ? []
          : [[id, [...alike].sort((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0))] as const],
      ),
    );
    return answer;
  };
};
