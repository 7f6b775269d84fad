import { translatorOf } from '../../../ui/translate.ts';
import { type DeskWord, english } from './strings-en.ts';
import { spanish } from './strings-es.ts';

/** A sentence of the dispatch desk; `{name}` places are filled from `values`. */
export const d = translatorOf<DeskWord>({ en: english, es: spanish });
