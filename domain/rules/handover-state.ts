import type { Handover } from '../model/handover.ts';

/** `replaced`: another was written after it, before both had signed it. */
export type HandoverState = 'written' | 'signedByOne' | 'signed' | 'replaced';

/** All handovers, the newest writing first. */
export const handoversInOrder = (handovers: Iterable<Handover>): readonly Handover[] =>
  [...handovers].sort((a, b) => b.writtenAt - a.writtenAt || (a.id < b.id ? 1 : -1));

const isSigned = ({ given, taken }: Handover): boolean => given !== null && taken !== null;

/** Where a handover stands among the others. */
export const handoverState = (handover: Handover, handovers: Iterable<Handover>): HandoverState => {
  if (isSigned(handover)) return 'signed';
  const [newest] = handoversInOrder(handovers);
  if (newest && newest.id !== handover.id && newest.writtenAt >= handover.writtenAt) return 'replaced';
  return handover.given || handover.taken ? 'signedByOne' : 'written';
};

/** The last handover that both have signed: what the next one starts from. */
export const lastSigned = (handovers: Iterable<Handover>): Handover | undefined => handoversInOrder(handovers).find(isSigned);

/** Whose signature is missing where one of the two has signed; null where none or both have. */
export const missingSignature = ({ given, taken }: Handover): 'given' | 'taken' | null =>
  (given === null) === (taken === null) ? null : given === null ? 'given' : 'taken';

/** The handover that is written and not signed by both yet; undefined when the next is still to be written. */
export const openHandover = (handovers: Iterable<Handover>): Handover | undefined => {
  const [newest] = handoversInOrder(handovers);
  return newest && !isSigned(newest) ? newest : undefined;
};
