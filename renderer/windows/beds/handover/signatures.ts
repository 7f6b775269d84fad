import type { Handover } from '#domain/model/handover.ts';
import { useWindow } from '../../../state/hooks.ts';
import type { Shown } from '../../../state/store.ts';

export const parts = ['given', 'taken'] as const;
export type Part = (typeof parts)[number];

/** How many points nobody has marked as spoken through. */
export const unspokenIn = ({ points }: Pick<Handover, 'points'>): number => points.filter(({ spoken }) => !spoken).length;

/**
 * Whether a person is asked before this part is signed: where points are not spoken through, and it is not the part that they were asked
 * about just now.
 */
export const isAskedFirst = (handover: Pick<Handover, 'points'>, part: Part, asked: Part | null): boolean =>
  asked !== part && unspokenIn(handover) > 0;

const none: ReadonlySet<Part> = new Set();

/**
 * The signatures of a handover that only this desk has: they are no signatures before the hospital confirms them. Where the list of
 * what is unsent is cut, all of a handover that waits are taken for unconfirmed.
 */
export const useUnconfirmed = (row: Shown<'handover'> | undefined): ReadonlySet<Part> => {
  const unsent = useWindow((state) => state.unsent);
  const count = useWindow((state) => state.frame?.unsent.count ?? 0);
  if (!row?.pending) return none;
  const signing = new Set(unsent.flatMap(({ name, by }) => (name === 'signHandover' ? [by] : [])));
  const isCut = count > unsent.length;
  const isOpen = (part: Part): boolean => {
    const signature: Handover[Part] = row.record[part];
    return signature !== null && (isCut || signing.has(signature.by.name));
  };
  return new Set(parts.filter(isOpen));
};
