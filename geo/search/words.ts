/*
 * Words as they are compared: without accents and case, and with the abbreviations of street signs and of people in a
 * hurry written out. The same is done to what is searched and to what is searched for, so that `Avda. Gral. Rivera`
 * and `avenida general rivera` are one name.
 */

/** One word of a text: as compared, and where it stands in the text (UTF-16 units, end excluded). */
export type Word = { readonly word: string; readonly from: number; readonly to: number };

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;

const writtenOut: Readonly<Record<string, readonly string[]>> = {
  avenida: ['av', 'avd', 'avda', 'ave', 'avenue'],
  bulevar: ['bv', 'bvr', 'bvar', 'blv', 'blvr', 'blvd', 'boulevard', 'bulevard'],
  camino: ['cno', 'cmno', 'cam'],
  calle: ['cll'],
  pasaje: ['pje', 'psje', 'psj', 'pas'],
  rambla: ['rbla', 'ramb'],
  ruta: ['rta'],
  continuacion: ['cont', 'contin'],
  barrio: ['bo', 'brio'],
  asentamiento: ['asent', 'asnto'],
  plaza: ['pza', 'plz', 'plza'],
  street: ['st'],
  road: ['rd'],
  doctor: ['dr', 'dra', 'doctora'],
  general: ['gral', 'grl', 'gen', 'gnral'],
  coronel: ['cnel', 'crnel', 'cnl'],
  capitan: ['cap', 'capt'],
  comandante: ['cmte', 'cdte', 'cte', 'comdte'],
  teniente: ['tte', 'tnte'],
  sargento: ['sgto'],
  almirante: ['alte', 'almte'],
  brigadier: ['brig', 'brg'],
  mariscal: ['mcal', 'mrcal'],
  presidente: ['pte', 'pdte', 'pres', 'presid'],
  gobernador: ['gdor', 'gob'],
  ministro: ['min', 'mtro'],
  ingeniero: ['ing', 'ingro'],
  arquitecto: ['arq', 'arqto'],
  profesor: ['prof', 'profa', 'profesora'],
  escribano: ['esc', 'escr'],
  presbitero: ['pbro'],
  monsenor: ['mons'],
  santa: ['sta'],
  santo: ['sto'],
  francisco: ['fco', 'fsco'],
  hospital: ['hosp'],
  sanatorio: ['sanat'],
};

const notTitles = ['barrio', 'asentamiento', 'plaza', 'santa', 'santo', 'francisco', 'hospital', 'sanatorio', 'continuacion'];

/** Words that stand before the name one says: kinds of street, ranks and professions. */
export const titles: ReadonlySet<string> = new Set(Object.keys(writtenOut).filter((word) => !notTitles.includes(word)));

const whole = new Map(Object.entries(writtenOut).flatMap(([word, short]) => short.map((each) => [each, word])));

/** A text without accents and in lower case. */
export function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** The words of a text in their order, folded, abbreviations written out. */
export function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(WORDS), (match) => {
    const folded = fold(match[0]);
    return { word: whole.get(folded) ?? folded, from: match.index, to: match.index + match[0].length };
  });
}

/** How many letters must be put in, left out, changed or swapped with the next to make one word of the other; `most` + 1 when more. */
export function typosBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const line = [row];
    let least = row;
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let typos = Math.min(
        (above[column] as number) + 1,
        (line[column - 1] as number) + 1,
        (above[column - 1] as number) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        typos = Math.min(typos, (before[column - 2] as number) + 1);
      }
      line.push(typos);
      least = Math.min(least, typos);
    }
    if (least > most) return most + 1;
    before = above;
    above = line;
  }
  return Math.min(above[other.length] as number, most + 1);
}

/** Typing errors that are forgiven in a word: none where it is very short or holds a digit, one from three letters on, two from nine. */
export function forgivenTypos(word: string): number {
  if (word.length < 3 || /\d/.test(word)) return 0;
  return word.length < 9 ? 1 : 2;
}

/** The word with each pair of neighbouring letters swapped, which a hand in a hurry does most. */
export function swapped(word: string): string[] {
  if (forgivenTypos(word) === 0) return [];
  return Array.from({ length: word.length - 1 }, (_, i) => `${word.slice(0, i)}${word[i + 1]}${word[i]}${word.slice(i + 2)}`);
}
