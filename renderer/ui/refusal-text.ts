/**
 * The one place where a refusal becomes words on a screen. English is what the refusal itself says; another language words its
 * key, and shows the English where an older version gave none or a later one gave a key that is not known here.
 */
import { refusalSentences, refusalWords } from '#domain/commands/refusal-sentences.ts';
import { type Sentence, worded } from '#domain/commands/sentence.ts';
import { refusalSentencesEs, refusalWordsEs } from './refusals-es.ts';
import { inWords, localeNow, PSEUDO_LOCALE } from './translate.ts';

type Said = { readonly message: string; readonly sentence?: Sentence | undefined };

/** Why something was not done, in a language: of an answer, a conflict, or a decision. */
export const refusalIn = (locale: string, { message, sentence }: Said): string => {
  if (sentence === undefined) return message;
  if (locale.startsWith('es')) return worded(sentence, refusalSentencesEs, refusalWordsEs) ?? message;
  if (locale !== PSEUDO_LOCALE || !Object.hasOwn(refusalSentences, sentence.key)) return message;
  return worded(sentence, pseudo(refusalSentences), pseudo(refusalWords)) ?? message;
};

const pseudo = (catalogue: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key, inWords(PSEUDO_LOCALE, text)]));

/** Why something was not done, in the language of this window. */
export const refusalText = (said: Said): string => refusalIn(localeNow(), said);
