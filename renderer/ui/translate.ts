import { english } from './words-en.ts';
import { spanish } from './words-es.ts';

export type WordKey = keyof typeof english;
export type Words = { readonly [K in WordKey]: string };

const catalogues: Readonly<Record<string, Words>> = { en: english, es: spanish };

/** The language of this window: what its document says it is in, English outside a document or for a language not shipped. */
export const localeNow = (): string => (typeof document === 'undefined' ? 'en' : document.documentElement.lang || 'en');

const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

/** A sentence by its key in one locale; `{name}` places are filled from `values`. */
export const translate = (locale: string, key: WordKey, values: Readonly<Record<string, string | number>> = {}): string => {
  const words = catalogues[locale.split('-')[0] ?? 'en'] ?? english;
  return fill(words[key], values);
};

/** A sentence by its key, in the language of this window. */
export const t = (key: WordKey, values?: Readonly<Record<string, string | number>>): string =>
  translate(localeNow(), key, values);

/** A translator over a board's own words: every key in every shipped language. */
export const translatorOf =
  <K extends string>(words: { readonly en: Readonly<Record<K, string>>; readonly es: Readonly<Record<K, string>> }) =>
  (key: K, values: Readonly<Record<string, string | number>> = {}): string =>
    fill(words[localeNow().startsWith('es') ? 'es' : 'en'][key], values);
