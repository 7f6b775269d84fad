/**
 * The way back from a gesture: the command after which every record stands as it stood before, but for what is new by its nature (the
 * moves of a patient, the changes of a visit, the moment from which a monitor speaks for somebody). What is needed of before is read
 * before; the command itself decides whether anybody has done anything since. way-back.test.ts holds every command to it.
 */
import type { RecordView } from '../model/record.ts';
import type { Id } from '../model/values.ts';
import { holdsEndedBy } from '../rules/bed-hold.ts';
import { placementConcerns } from '../rules/placement.ts';
import type { CommandInput, CommandName } from './registry.ts';

/** A command with its input. */
export type Gestured = { readonly [N in CommandName]: { readonly name: N; readonly input: CommandInput<N> } }[CommandName];
/** What takes it back, asked for when it has been done; null where it no longer can be. */
export type WayBack = (after: RecordView) => Gestured | null;
type Ways = { readonly [N in CommandName]?: (before: RecordView, input: CommandInput<N>, undone: string) => WayBack | null };

const always =
  (gestured: Gestured): WayBack =>
  () =>
    gestured;
const held = ({ since, reservation }: NonNullable<ReturnType<typeof bedOf>>) => ({ since, reservation });
const bedOf = (view: RecordView, id: Id) => view.get('bed', id);

const ways: Ways = {
  assignBed: (before, { bedId, encounterId }) => {
    const [bed, encounter] = [bedOf(before, bedId), before.get('encounter', encounterId)];
    if (!bed || !encounter) return null;
    const { place, bedAssignedAt, bedId: from } = encounter;
    const holds = holdsEndedBy(before, encounter, bedId).map((one) => ({ bedId: one.id, ...held(one) }));
    const input = { bedId, encounterId, place, bedAssignedAt, stood: held(bed), ...(holds.length > 0 ? { holds } : {}) };
    if (from === null) return always({ name: 'unassignBed', input });
    return (after) => {
      const leftAt = after.get('encounter', encounterId)?.bedAssignedAt ?? null;
      return leftAt === null ? null : { name: 'unassignBed', input: { ...input, backTo: { bedId: from, leftAt } } };
    };
  },
  swapBeds: (before, { bedId, encounterId, otherBedId, otherEncounterId }, undone) => {
    const [one, other] = [bedOf(before, bedId), bedOf(before, otherBedId)];
    if (!one || !other) return null;
    return (after) => {
      const swappedAt = bedOf(after, bedId)?.since;
      if (swappedAt === undefined) return null;
      return {
        name: 'swapBeds',
        input: {
          bedId,
          otherBedId,
          encounterId: otherEncounterId,
          otherEncounterId: encounterId,
          // Each lay there before: what speaks against it then was decided then.
          override: { concerns: [...placementConcerns], reason: undone },
          back: { swappedAt, since: one.since, otherSince: other.since },
        },
      };
    };
  },
  releaseBed: (before, { bedId, encounterId }) => {
    const away = before.get('encounter', encounterId)?.away ?? null;
    return (after) => {
      // The release is the newest move of the visit: anything later that somebody did is found by the command.
      const releasedAt = after.get('encounter', encounterId)?.moves.at(-1)?.at;
      return releasedAt === undefined
        ? null
        : { name: 'restoreToBed', input: { bedId, encounterId, releasedAt, ...(away ? { away } : {}) } };
    };
  },
  cleanBed: (before, { bedId, stage }) => {
    const bed = bedOf(before, bedId);
    const back = stage === 'request' ? 'withdraw' : stage === 'start' ? 'stop' : stage === 'done' ? 'resume' : null;
    if (!bed || !back) return null;
    const { since, dirtySince, note, until, cleaner } = bed;
    const stood = { since, dirtySince, note, until, cleaner };
    return (after) => {
      const at = bedOf(after, bedId)?.since;
      if (at === undefined) return null;
      const made = back === 'withdraw' ? { requestedAt: at } : back === 'resume' ? { endedAt: at } : {};
      return { name: 'cleanBed', input: { bedId, stage: back, expectedMinutes: null, stood, ...made } };
    };
  },
  openBed: (before, { bedId, open }) => {
    const bed = bedOf(before, bedId);
    if (!bed) return null;
    const { note: reason, until, since } = bed;
    return always({
      name: 'openBed',
      input: open ? { bedId, open: false, reason, until, since } : { bedId, open: true, reason: null, until: null, since },
    });
  },
  blockBed: (before, { bedId }) => {
    const since = bedOf(before, bedId)?.since;
    return since === undefined ? null : always({ name: 'unblockBed', input: { bedId, since } });
  },
  unblockBed: (before, { bedId }) => {
    const bed = bedOf(before, bedId);
    if (!bed?.note) return null;
    return always({ name: 'blockBed', input: { bedId, reason: bed.note, until: bed.until, since: bed.since } });
  },
  reserveBed: (before, { bedId }) => {
    const bed = bedOf(before, bedId);
    return bed ? always({ name: 'endReservation', input: { bedId, stood: held(bed) } }) : null;
  },
  endReservation: (before, { bedId }) => {
    const bed = bedOf(before, bedId);
    const { until = null, reason = '', ...whom } = bed?.reservation ?? { encounterId: null, assignmentId: null };
    if (!bed || until === null || reason === '') return null;
    // Nobody is held a bed for who has left meanwhile.
    if (whom.encounterId !== null && before.get('encounter', whom.encounterId)?.departedAt !== null) return null;
    return always({ name: 'reserveBed', input: { bedId, ...whom, until, reason, since: bed.since } });
  },
  setAway: (before, { encounterId }) => {
    const away = before.get('encounter', encounterId)?.away ?? null;
    return away?.to === '' ? null : always({ name: 'setAway', input: { encounterId, away } });
  },
  recordLeft: (before, { encounterId }) => {
    const encounter = before.get('encounter', encounterId);
    if (!encounter) return null;
    const { place, away } = encounter;
    return always({ name: 'returnToWaiting', input: { encounterId, place, ...(away ? { away } : {}) } });
  },
  returnToWaiting: (before, { encounterId }) => {
    const leftAt = before.get('encounter', encounterId)?.departedAt ?? null;
    return leftAt === null ? null : always({ name: 'recordLeft', input: { encounterId, leftAt } });
  },
  decideAdmission: (before, { encounterId }) => {
    const encounter = before.get('encounter', encounterId);
    if (!encounter) return null;
    const { admitDecidedAt: decidedAt, admitTo } = encounter;
    return always({
      name: 'decideAdmission',
      input: { encounterId, admit: decidedAt !== null, admitTo, ...(decidedAt === null ? {} : { decidedAt }) },
    });
  },
  expectDeparture: (before, { encounterId }) => {
    const encounter = before.get('encounter', encounterId);
    return encounter ? always({ name: 'expectDeparture', input: { encounterId, at: encounter.expectedDepartureAt } }) : null;
  },
  updateCare: (before, { encounterId, ...given }) => {
    const encounter = before.get('encounter', encounterId);
    if (!encounter) return null;
    // Flags, their texts and isolation hang together: one of them changes the others.
    const { flags, flagNotes } = encounter;
    const isOfFlags = 'flags' in given || 'flagNotes' in given || 'isolation' in given;
    const named = Object.keys(given).filter((field) => given[field as keyof typeof given] !== undefined);
    const stood = Object.fromEntries(named.map((field) => [field, encounter[field as keyof typeof given]]));
    return always({ name: 'updateCare', input: { encounterId, ...stood, ...(isOfFlags ? { flags, flagNotes } : {}) } });
  },
  endTask: (before, { taskId, outcome }) =>
    outcome === null || before.get('task', taskId)?.ended ? null : always({ name: 'endTask', input: { taskId, outcome: null } }),
};

/** The commands that have one. */
export const takenBack: ReadonlySet<string> = new Set(Object.keys(ways));

/** The way back from a command about to be done; null where there is none. `undone` says in the language of the desk that this is an undo. */
export const wayBack = <N extends CommandName>(
  before: RecordView,
  name: N,
  input: CommandInput<N>,
  undone: string,
): WayBack | null => ways[name]?.(before, input, undone) ?? null;
