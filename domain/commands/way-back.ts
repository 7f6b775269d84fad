/**
 * The way back from a gesture: the command after which every record stands as it stood before, but for what is new by its nature (the
 * moves of a patient, the changes of a visit, the moment from which a monitor speaks for somebody). What is needed of before is read
 * before. What somebody else has done since is never taken back with it: the command itself finds that, or there is no way any more.
 * way-back.test.ts holds every command to it.
 */
import type { VisitChange } from '../model/encounter.ts';
import type { RecordView } from '../model/record.ts';
import type { Id, Instant } from '../model/values.ts';
import { holdsEndedBy } from '../rules/bed-hold.ts';
import { placementConcerns } from '../rules/placement.ts';
import type { CommandInput, CommandName } from './registry.ts';

/** A command with its input. */
export type Gestured = { readonly [N in CommandName]: { readonly name: N; readonly input: CommandInput<N> } }[CommandName];
/** What takes back the gesture that was made at `doneAt` (its `issuedAt`), as the rows are now; null where it no longer can be. */
export type WayBack = (now: RecordView, doneAt: Instant) => Gestured | null;
type Ways = { readonly [N in CommandName]?: (before: RecordView, input: CommandInput<N>, undone: string) => WayBack | null };

const always =
  (gestured: Gestured): WayBack =>
  () =>
    gestured;
/** As long as the bed is as the gesture left it. */
const unlessChanged =
  (bedId: Id, gestured: Gestured): WayBack =>
  (now, doneAt) =>
    bedOf(now, bedId)?.since === doneAt ? gestured : null;
/** As long as nobody has changed one of these things about the visit since. */
const unlessSaidAnew =
  (encounterId: Id, things: readonly VisitChange['what'][], gestured: Gestured): WayBack =>
  (now, doneAt) =>
    now.get('encounter', encounterId)?.changes.some(({ what, at }) => at > doneAt && things.includes(what)) ? null : gestured;
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
    return (_, leftAt) => ({ name: 'unassignBed', input: { ...input, backTo: { bedId: from, leftAt } } });
  },
  swapBeds: (before, { bedId, encounterId, otherBedId, otherEncounterId }, undone) => {
    const [one, other] = [bedOf(before, bedId), bedOf(before, otherBedId)];
    if (!one || !other) return null;
    return (_, swappedAt) => ({
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
    });
  },
  releaseBed: (before, { bedId, encounterId }) => {
    const away = before.get('encounter', encounterId)?.away ?? null;
    return (_, releasedAt) => ({
      name: 'restoreToBed',
      input: { bedId, encounterId, releasedAt, ...(away ? { away } : {}) },
    });
  },
  cleanBed: (before, { bedId, stage }) => {
    const bed = bedOf(before, bedId);
    const back = stage === 'request' ? 'withdraw' : stage === 'start' ? 'stop' : stage === 'done' ? 'resume' : null;
    if (!bed || !back) return null;
    const { since, dirtySince, note, until, cleaner } = bed;
    const stood = { since, dirtySince, note, until, cleaner };
    const input = { bedId, stage: back, expectedMinutes: null, stood } as const;
    if (back === 'stop') return unlessChanged(bedId, { name: 'cleanBed', input });
    return (_, doneAt) => ({
      name: 'cleanBed',
      input: { ...input, ...(back === 'withdraw' ? { requestedAt: doneAt } : { endedAt: doneAt }) },
    });
  },
  openBed: (before, { bedId, open }) => {
    const bed = bedOf(before, bedId);
    if (!bed) return null;
    const { note: reason, until, since } = bed;
    return unlessChanged(bedId, {
      name: 'openBed',
      input: open ? { bedId, open: false, reason, until, since } : { bedId, open: true, reason: null, until: null, since },
    });
  },
  blockBed: (before, { bedId }) => {
    const since = bedOf(before, bedId)?.since;
    return since === undefined ? null : unlessChanged(bedId, { name: 'unblockBed', input: { bedId, since } });
  },
  unblockBed: (before, { bedId }) => {
    const bed = bedOf(before, bedId);
    if (!bed?.note) return null;
    return unlessChanged(bedId, { name: 'blockBed', input: { bedId, reason: bed.note, until: bed.until, since: bed.since } });
  },
  reserveBed: (before, { bedId }) => {
    const bed = bedOf(before, bedId);
    return bed ? unlessChanged(bedId, { name: 'endReservation', input: { bedId, stood: held(bed) } }) : null;
  },
  endReservation: (before, { bedId }) => {
    const bed = bedOf(before, bedId);
    const { until = null, reason = '', ...whom } = bed?.reservation ?? { encounterId: null, assignmentId: null };
    if (!bed || until === null || reason === '') return null;
    // Nobody is held a bed for who has left meanwhile.
    if (whom.encounterId !== null && before.get('encounter', whom.encounterId)?.departedAt !== null) return null;
    return unlessChanged(bedId, { name: 'reserveBed', input: { bedId, ...whom, until, reason, since: bed.since } });
  },
  setAway: (before, { encounterId }) => {
    const away = before.get('encounter', encounterId)?.away ?? null;
    return away?.to === ''
      ? null
      : unlessSaidAnew(encounterId, ['away', 'back'], { name: 'setAway', input: { encounterId, away } });
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
    return unlessSaidAnew(encounterId, ['admission', 'admissionWithdrawn'], {
      name: 'decideAdmission',
      input: { encounterId, admit: decidedAt !== null, admitTo, ...(decidedAt === null ? {} : { decidedAt }) },
    });
  },
  expectDeparture: (before, { encounterId }) => {
    const encounter = before.get('encounter', encounterId);
    if (!encounter) return null;
    const input = { encounterId, at: encounter.expectedDepartureAt };
    return unlessSaidAnew(encounterId, ['expectedDeparture'], { name: 'expectDeparture', input });
  },
  updateCare: (before, { encounterId, ...given }) => {
    const encounter = before.get('encounter', encounterId);
    if (!encounter) return null;
    // Flags, their texts and isolation hang together: one of them changes the others.
    const { flags, flagNotes } = encounter;
    const isOfFlags = 'flags' in given || 'flagNotes' in given || 'isolation' in given;
    const named = Object.keys(given).filter((field) => given[field as keyof typeof given] !== undefined);
    const stood = Object.fromEntries(named.map((field) => [field, encounter[field as keyof typeof given]]));
    const things = [...named, ...(isOfFlags ? ['flag', 'isolation'] : [])] as VisitChange['what'][];
    const input = { encounterId, ...stood, ...(isOfFlags ? { flags, flagNotes } : {}) };
    return unlessSaidAnew(encounterId, things, { name: 'updateCare', input });
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
