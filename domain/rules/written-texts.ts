import { hasLeft, isBack } from '../model/disagreement.ts';

/**
 * What Vigil itself writes into a record where else a person or a sender writes a place or a note. It is kept in English, since one
 * row is read in many languages; a reader knows it again by `readWritten` and words it.
 */
export const writtenTexts = {
  waitingRoom: 'Waiting room',
  elsewhere: 'Elsewhere',
  isolated: 'Isolated',
  noBed: 'No bed',
  hasLeft,
  isBack,
  bedTaken: 'No bed: {of} is taken',
  notMapped: '{of}: not mapped',
} as const;
export type WrittenKey = keyof typeof writtenTexts;

const parts = Object.entries(writtenTexts).map(([key, text]) => {
  const [before = '', after] = text.split('{of}');
  return { key: key as WrittenKey, before, after };
});

/** What Vigil wrote in this text, and of what; null for the words of a person or a sender. */
export const readWritten = (text: string): { readonly key: WrittenKey; readonly of: string } | null => {
  for (const { key, before, after } of parts) {
    if (after === undefined) {
      if (text === before) return { key, of: '' };
    } else if (text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after))
      return { key, of: text.slice(before.length, text.length - after.length) };
  }
  return null;
};

/** The text that is written for it. */
export const writtenOf = (key: 'bedTaken' | 'notMapped', of: string): string => writtenTexts[key].replace('{of}', () => of);
