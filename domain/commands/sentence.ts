/**
 * Why something was not done, so that each reader can word it: the key of a sentence and what stands in its places. It travels
 * beside the English sentence, which logs, answers to senders and desks of before read.
 */
import { z } from 'zod';
import { type RefusalKey, type RefusalWord, refusalSentences, refusalWords } from './refusal-sentences.ts';

const longestText = 400;

/** A text of a person or a record, a number, or words of ours by their keys. */
const valueSchema = z.union([
  z.string().max(longestText),
  z.number(),
  z.strictObject({ words: z.array(z.string().max(40)).max(12) }),
]);

/** The key of a sentence with its values. A key of a later version is not known here; its English sentence stands beside it. */
export const sentenceSchema = z.strictObject({
  key: z.string().max(40),
  values: z.record(z.string().max(20), valueSchema),
});
export type Sentence = z.infer<typeof sentenceSchema>;

type WordsOf<Key extends string> = { readonly words: Key[] };
type PlaceValue = string | number | WordsOf<RefusalWord>;
type PlacesOf<Text extends string> = Text extends `${string}{${infer Place}}${infer Rest}` ? Place | PlacesOf<Rest> : never;

/** What a sentence needs: nothing, or a value for each of its places. */
export type ValuesOf<Key extends RefusalKey> = [PlacesOf<(typeof refusalSentences)[Key]>] extends [never]
  ? readonly []
  : readonly [values: Readonly<Record<PlacesOf<(typeof refusalSentences)[Key]>, PlaceValue>>];

/** Words of ours as a value; several are a list. */
export const wordOf = (...words: RefusalWord[]): WordsOf<RefusalWord> => ({ words });

/** A sentence with its values. */
export const sentenceOf = <Key extends RefusalKey>(key: Key, ...[values]: ValuesOf<Key>): Sentence => ({
  key,
  values: Object.fromEntries(
    Object.entries<PlaceValue>(values ?? {}).map(([place, value]) => [
      place,
      typeof value === 'string' ? value.slice(0, longestText) : value,
    ]),
  ),
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The sentence in the language of these two catalogues; undefined for a key that they do not have. A word of ours that begins it is a capital. */
export const worded = (
  { key, values }: Sentence,
  sentences: Readonly<Record<string, string>>,
  words: Readonly<Record<string, string>>,
): string | undefined => {
  const template = Object.hasOwn(sentences, key) ? sentences[key] : undefined;
  return template?.replaceAll(/\{(\w+)\}/g, (place, name: string, at: number) => {
    const value = values[name];
    if (typeof value !== 'object') return value === undefined ? place : String(value);
    const said = value.words.map((word) => words[word] ?? word).join(', ');
    return at === 0 ? capital(said) : said;
  });
};

/** A sentence as it is logged. */
export const inEnglish = (sentence: Sentence): string => worded(sentence, refusalSentences, refusalWords) ?? sentence.key;
