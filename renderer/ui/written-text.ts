import { readWritten } from '#domain/rules/written-texts.ts';
import { t } from './translate.ts';

/** A place or a note of a record in the language of this window, as far as Vigil itself wrote it; the words of others stay theirs. */
export const writtenText = (text: string): string => {
  const written = readWritten(text);
  return written ? t(`written.${written.key}`, { of: written.of }) : text;
};
