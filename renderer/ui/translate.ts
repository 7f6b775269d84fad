import { english } from './words-en.ts';
import { spanish } from './words-es.ts';

export type WordKey = keyof typeof english;
export type Words = { readonly [K in WordKey]: string };

const catalogues: Readonly<Record<string, Words>> = { en: english, es: spanish };

/** The language of this window: what its document says it is in, English outside a document or for a language not shipped. */
export const localeNow = (): string => (typeof document === 'undefined' ? 'en' : document.documentElement.lang || 'en');

/** A language that nobody speaks: English with accents, half as long again. What it cuts off, a real one will. */
export const PSEUDO_LOCALE = 'en-XA';
const accents: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ö',
  u: 'ü',
  A: 'Å',
  E: 'É',
  O: 'Ö',
  U: 'Ü',
  c: 'ç',
  n: 'ñ',
};
const stretched = (sentence: string): string =>
  sentence
    .split(/(\{\w+\}|\s+)/)
    .map((word, index) =>
      index % 2 === 1
        ? word
        : word.replaceAll(/[aeiouAEOUcn]/g, (letter) => accents[letter] ?? letter) + '·'.repeat(Math.ceil(word.length / 2)),
    )
    .join('');
/** A sentence as this locale writes it: itself, but for the one that nobody speaks. */
export const inWords = (locale: string, sentence: string): string => (locale === PSEUDO_LOCALE ? stretched(sentence) : sentence);

const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

/** A sentence by its key in one locale; `{name}` places are filled from `values`. */
export const translate = (locale: string, key: WordKey, values: Readonly<Record<string, string | number>> = {}): string => {
  const words = catalogues[locale.split('-')[0] ?? 'en'] ?? english;
  return fill(inWords(locale, words[key]), values);
};

/** A sentence by its key, in the language of this window. */
export const t = (key: WordKey, values?: Readonly<Record<string, string | number>>): string =>
  translate(localeNow(), key, values);

/** A translator over a board's own words: every key in every shipped language. */
export const translatorOf =
  <K extends string>(words: { readonly en: Readonly<Record<K, string>>; readonly es: Readonly<Record<K, string>> }) =>
  (key: K, values: Readonly<Record<string, string | number>> = {}): string => {
    const locale = localeNow();
    return fill(inWords(locale, words[locale.startsWith('es') ? 'es' : 'en'][key]), values);
  };
