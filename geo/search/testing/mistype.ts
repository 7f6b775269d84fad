import type { Random } from '#domain/testing/random.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';

/** A text with one error of typing in one of its letters: changed, left out, one put in, or swapped with the next. */
export function mistype(text: string, random: Random): string {
  const letters = Array.from({ length: text.length }, (_, i) => i).filter((i) => /\p{L}/u.test(text[i] as string));
  if (letters.length === 0) return text;
  const at = random.pick(letters);
  const letter = random.pick([...ALPHABET]);
  const [before, here, after] = [text.slice(0, at), text[at] as string, text.slice(at + 1)];
  const errors = [before + letter + after, before + after, before + letter + here + after];
  return random.pick(after === '' ? errors : [...errors, `${before}${after[0]}${here}${after.slice(1)}`]);
}
