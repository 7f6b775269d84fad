import type { Bed } from '#domain/model/bed.ts';
import { compareBeds } from '#domain/rules/bed-arrangement.ts';

/** The beds that a typed label means: the one that is called so, else those that begin so; none for nothing typed. */
export const bedsNamed = (typed: string, beds: readonly Bed[]): readonly Bed[] => {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return [];
  const standing = beds.filter(({ retired }) => !retired).toSorted(compareBeds);
  const exact = standing.filter(({ label }) => label.toLowerCase() === wanted);
  return exact.length > 0 ? exact : standing.filter(({ label }) => label.toLowerCase().startsWith(wanted));
};
