/*
 * What a line typed by a dispatcher may mean. Nothing is decided here: a figure may be a house number or a part of the
 * name (`18 de Julio`), an `y` may join two streets or stand in one name. Every reading is tried, and the names decide.
 */
import { fold, type Word, wordsOf } from './words.ts';

/** One reading of a line as a name with or without a house number. */
export type Reading = {
  readonly words: readonly string[];
  readonly house: { readonly number: number; readonly suffix: string; readonly asked: string } | null;
};

/** One reading of a line as a corner; `sure` when the joining word can be nothing else. */
export type CornerReading = {
  readonly one: readonly Reading[];
  readonly other: readonly Reading[];
  readonly sure: boolean;
};

/** All readings of a line. */
export type Query = { readonly names: readonly Reading[]; readonly corners: readonly CornerReading[] };

const SURE = new Set(['esq', 'esquina', 'corner', '/', '&', '@']);
const PERHAPS = new Set(['y', 'e', 'and', 'con', 'at']);
const BETWEEN = new Set(['entre', 'between']);
const NUMBER_MARKS = new Set(['nro', 'no', 'num', 'numero', 'number', 'puerta', 'nº']);
/** What follows these is a door inside the house. */
const INNER_DOORS = new Set(['apto', 'apartamento', 'apt', 'ap', 'dpto', 'piso', 'unidad', 'flat', 'floor', 'suite']);
const MOST_WORDS = 14;
const TOKENS = /[\p{L}\p{M}\p{N}]+|[/&@]/gu;

const figure = /^(\d{1,6})([a-z]{1,2}|bis)?$/;

const readingsOf = (given: readonly string[]): Reading[] => {
  const inner = given.findIndex((word, i) => i > 0 && INNER_DOORS.has(word) && given[i + 1] !== undefined);
  const words = inner > 0 ? given.filter((_, i) => i !== inner && i !== inner + 1) : given;
  const readings: Reading[] = [];
  const seen = new Set<string>();
  const add = (name: readonly string[], house: Reading['house']): void => {
    const key = `${name.join(' ')}|${house?.asked ?? ''}`;
    if (name.length === 0 || seen.has(key)) return;
    seen.add(key);
    readings.push({ words: name, house });
  };
  words.forEach((word, i) => {
    const parts = figure.exec(word);
    if (!parts) return;
    const next = words[i + 1] ?? '';
    const isJoining = (next === 'y' || next === 'e') && i + 2 < words.length;
    const apart = parts[2] === undefined && /^(?:[a-z]|bis)$/.test(next) && !isJoining ? next : '';
    const before = NUMBER_MARKS.has(words[i - 1] ?? '') ? i - 1 : i;
    const house = (suffix: string): Reading['house'] => ({
      number: Number(parts[1]),
      suffix,
      asked: `${parts[1]}${suffix === '' ? '' : ` ${suffix.toUpperCase()}`}`,
    });
    if (apart !== '') add([...words.slice(0, before), ...words.slice(i + 2)], house(apart));
    add([...words.slice(0, before), ...words.slice(i + 1)], house(parts[2] ?? ''));
  });
  add(
    words.filter((word) => !NUMBER_MARKS.has(word)),
    null,
  );
  return readings;
};

/** `A entre B y C`: both ends of the block. */
const betweenTwo = (words: readonly string[]): CornerReading[] => {
  const at = words.findIndex((word, i) => i > 0 && BETWEEN.has(word));
  if (at < 0) return [];
  const street = readingsOf(words.slice(0, at));
  return words.flatMap((word, i) => {
    if (i <= at + 1 || i === words.length - 1 || !PERHAPS.has(word)) return [];
    const ends = [words.slice(at + 1, i), words.slice(i + 1)];
    return ends.map((end) => ({ one: street, other: readingsOf(end), sure: true }));
  });
};

/** All readings of a line; none of an empty one. */
export function readQuery(text: string): Query {
  const plain = text.slice(0, 200).replaceAll(/\bn\s*[º°]\s*/giu, 'nro ');
  const tokens = Array.from(plain.matchAll(TOKENS), ({ 0: token }): string => {
    const [word] = wordsOf(token) as [Word?];
    return word?.word ?? fold(token);
  }).slice(0, MOST_WORDS);
  // `corner of A and B`, `esquina de A y B`: said before, it joins nothing, but it tells what is meant.
  let begin = 0;
  while (
    begin < tokens.length &&
    (SURE.has(tokens[begin] as string) || (begin > 0 && ['of', 'de', 'the'].includes(tokens[begin] as string)))
  )
    begin++;
  const isCorner = begin > 0;
  const words = tokens.slice(begin);
  const corners: CornerReading[] = [];
  words.forEach((word, i) => {
    if (i === 0 || i === words.length - 1 || !(SURE.has(word) || PERHAPS.has(word))) return;
    const next = words[i + 1] as string;
    const skip = SURE.has(next) || (SURE.has(word) && (next === 'de' || next === 'con')) ? 2 : 1;
    const [one, other] = [words.slice(0, i), words.slice(i + skip)].map((side) => side.filter((each) => !SURE.has(each)));
    if (!one?.length || !other?.length) return;
    corners.push({ one: readingsOf(one), other: readingsOf(other), sure: isCorner || SURE.has(word) });
  });
  corners.push(...betweenTwo(words));
  return { names: readingsOf(words.filter((word) => !SURE.has(word))), corners };
}
