/*
 * An index of names (streets, corners' roads, hospitals). The full-text index finds candidates by word, by the beginning of
 * a word and by words with a typing error; every candidate is then laid against the words that were typed, which gives
 * its score and says which part of the name was meant. Words that many names share (`de`, `doctor`, `avenida`) count little.
 */
import MiniSearch from 'minisearch';
import { forgivenTypos, swapped, titles, typosBetween, type Word, wordsOf } from './words.ts';

/** A name that was found: its index in the list, how well it fits (0 to 1), and the parts of it that were meant. */
export type NameMatch = {
  readonly index: number;
  readonly score: number;
  readonly marks: readonly (readonly [from: number, to: number])[];
  /** A word was found by a likeness only. */
  readonly misspelt: boolean;
  /** The words asked are the words of the name, no more and no fewer. */
  readonly exact: boolean;
};

/** Finds names by words. */
export type NameIndex = {
  /** The best names for these words, best first, at most `most`. */
  readonly find: (words: readonly string[], most: number) => NameMatch[];
};

/** Candidates that are looked at closely. */
const CANDIDATES = 120;
/** What is less like than this is not worth showing. */
const LEAST = 0.4;
/** People put these before a name, or name the town after it, whether or not the sign does. */
const FILLERS = new Set([
  'calle',
  'avenida',
  'camino',
  'pasaje',
  'street',
  'de',
  'del',
  'la',
  'las',
  'el',
  'los',
  'y',
  'the',
  'of',
]);

type Fit = { readonly at: number; readonly likeness: number };

const likeness = (asked: string, word: string): number => {
  if (asked === word) return 1;
  // A figure is another figure unless it is this one: `15` does not begin `1552`.
  if (word.startsWith(asked) && !/\d/.test(asked)) return 0.6 + (0.35 * asked.length) / word.length;
  const forgiven = forgivenTypos(asked);
  if (forgiven === 0) return 0;
  const typos = typosBetween(asked, word, forgiven);
  if (typos <= forgiven) return (asked.length < 4 && word.length < 4 ? 0.8 : 0.92) - 0.14 * typos;
  // Still being typed, with an error in what is there.
  const begun = word.slice(0, asked.length);
  if (asked.length >= 5 && word.length > asked.length && typosBetween(asked, begun, 1) === 1) return 0.6;
  return 0;
};

/** An index over names; `context` are words that may follow a name without being part of it, such as the town's. */
export function createNameIndex(names: readonly string[], context: readonly string[]): NameIndex {
  const wordsOfName: readonly (readonly Word[])[] = names.map(wordsOf);
  const uses = new Map<string, number>();
  for (const words of wordsOfName)
    for (const word of new Set(words.map((each) => each.word))) uses.set(word, (uses.get(word) ?? 0) + 1);
  // A word that stands nowhere may be anything: the shorter it is, the less it says against a name.
  const weightOf = (word: string): number =>
    Math.log(1 + names.length / (uses.get(word) ?? 2)) * (uses.has(word) ? 1 : Math.min(1, (word.length / 6) ** 2));
  const contextWords = new Set(context.flatMap((text) => wordsOf(text).map(({ word }) => word)));

  const index = new MiniSearch<{ id: number; name: string; joined: string }>({
    fields: ['name', 'joined'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  });
  index.addAll(
    wordsOfName.map((words, id) => ({
      id,
      name: words.map(({ word }) => word).join(' '),
      // `sanmartin` is `san martin`.
      joined: words
        .slice(1)
        .map(({ word }, i) => `${words[i]?.word}${word}`)
        .join(' '),
    })),
  );

  const liken = (asked: readonly string[], at: number): NameMatch | undefined => {
    const words = wordsOfName[at] as readonly Word[];
    const taken = new Map<number, Fit>();
    let wanted = 0;
    let got = 0;
    asked.forEach((ask, askedAt) => {
      let best: Fit | undefined;
      let bestTwo = false;
      words.forEach(({ word }, i) => {
        if (taken.has(i)) return;
        const like = likeness(ask, word);
        if (like > (best?.likeness ?? 0)) {
          best = { at: i, likeness: like };
          bestTwo = false;
        }
        const next = words[i + 1];
        if (!next || taken.has(i + 1) || ask.length < 5) return;
        const both = likeness(ask, word + next.word);
        if (both > 0.7 && both * 0.97 > (best?.likeness ?? 0)) {
          best = { at: i, likeness: both * 0.97 };
          bestTwo = true;
        }
      });
      const found = best as Fit | undefined;
      // `da Paz` for `La Paz`: a little word that is wrong says little; a letter or a figure is a name here.
      const little = !found && /^[a-z]{2}$/.test(ask) ? 0.3 : 1;
      const known = little * weightOf(found ? (words[found.at] as Word).word : ask);
      const spare = FILLERS.has(ask) || contextWords.has(ask);
      const weight = known * (found || !spare ? 1 : 0.08);
      wanted += weight;
      if (!found) return;
      // The word one is still typing may be short; a beginning in the middle of the text is a weaker sign.
      const begun = found.likeness < 1 && found.likeness > 0.6 && askedAt < asked.length - 1 && ask.length < 3;
      got += weight * (begun ? found.likeness * 0.9 : found.likeness);
      taken.set(found.at, found);
      if (bestTwo) taken.set(found.at + 1, { at: found.at + 1, likeness: found.likeness });
    });
    if (wanted === 0 || taken.size === 0) return undefined;
    // `artigas` is said for the Bulevar General Artigas: what nobody says is hardly missing.
    const asFillers = (word: string): number => weightOf(word) * (titles.has(word) ? 0.1 : FILLERS.has(word) ? 0.3 : 1);
    const all = words.reduce((sum, { word }) => sum + asFillers(word), 0);
    const covered = [...taken.values()].reduce((sum, { at: i }) => sum + asFillers((words[i] as Word).word), 0);
    const share = got / wanted;
    const exact = share === 1 && taken.size === words.length;
    const score = share * share * (0.8 + 0.2 * (covered / all));
    return {
      index: at,
      score,
      exact,
      misspelt: [...taken.values()].some(
        (each) => each.likeness < 1 && !(words[each.at] as Word).word.startsWith(asked.at(-1) ?? ' '),
      ),
      marks: [...taken.keys()].sort((a, b) => a - b).map((i) => [(words[i] as Word).from, (words[i] as Word).to] as const),
    };
  };

  return {
    find: (asked, most) => {
      if (asked.length === 0) return [];
      const found = index.search(
        {
          combineWith: 'OR',
          queries: [
            { queries: [asked.join(' ')], prefix: (term) => !/\d/.test(term), fuzzy: (term) => forgivenTypos(term) || false },
            ...(asked.some((word) => swapped(word).length > 0) ? [asked.flatMap(swapped).join(' ')] : []),
          ],
        },
        { boost: { joined: 0.5 }, weights: { prefix: 0.6, fuzzy: 0.6 } },
      );
      return found
        .slice(0, CANDIDATES)
        .flatMap(({ id }) => liken(asked, id as number) ?? [])
        .filter(({ score }) => score >= LEAST)
        .sort((a, b) => b.score - a.score || a.index - b.index)
        .slice(0, most);
    },
  };
}
