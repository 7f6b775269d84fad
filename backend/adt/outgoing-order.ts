/**
 * What messages of Vigil's own keep their order with: whatever tells of one visit or one bed goes in the order in which it happened.
 * A move concerns its visit, the bed it ends in and the bed it began in, written as `visit ID bed ID left ID`.
 */
import type { Id } from '#domain/model/values.ts';

type Told = { readonly encounterId?: Id | null; readonly bedId?: Id | null; readonly leftBedId?: Id | null };

/** The key of a message. */
export const orderKey = ({ encounterId, bedId, leftBedId }: Told): string =>
  [encounterId && `visit ${encounterId}`, bedId && `bed ${bedId}`, leftBedId && `left ${leftBedId}`].filter(Boolean).join(' ');

const partsOf = (key: string): Required<Told> => {
  const words = key.split(' ');
  const after = (name: string): Id | null => {
    const at = words.indexOf(name);
    return at < 0 ? null : (words[at + 1] ?? null);
  };
  return { encounterId: after('visit'), bedId: after('bed'), leftBedId: after('left') };
};

/** Whom or what a message tells of. */
export const subjectOf = ({ key }: { readonly key: string }): { readonly encounterId: Id | null; readonly bedId: Id | null } => {
  const { encounterId, bedId } = partsOf(key);
  return { encounterId, bedId: encounterId === null ? bedId : null };
};

const known = (ids: readonly (Id | null)[]): readonly Id[] => ids.filter((id) => id !== null);

/** Everything before which a message may not go: its visit, and the beds on both sides of a move. */
export const touchedBy = (key: string): readonly Id[] => known(Object.values(partsOf(key)));

/** Whether a later message says something newer of what another says: of the same visit, or of the bed where it ends. */
export const isNewerOf = (key: string, later: string): boolean => {
  const [one, other] = [partsOf(key), partsOf(later)];
  const said = known([other.encounterId, other.bedId]);
  return known([one.encounterId, one.bedId]).some((id) => said.includes(id));
};
