/**
 * A patient goes into a bed, out of it, or away, as a message says. Of two who are said to lie in one bed, the one who was put there
 * later has it; the other stays in sight without a bed, with a disagreement, and gets the bed back when it becomes free. Nobody's
 * monitor shows under anybody else: a bed and its monitors change hands in one breath.
 */
import { bindMonitors } from '../commands/bed-occupancy.ts';
import type { Bed } from '../model/bed.ts';
import type { Disagreement } from '../model/disagreement.ts';
import type { Disposition, Encounter } from '../model/encounter.ts';
import type { Id, Instant } from '../model/values.ts';
import { holdIsOver, holdsEndedBy, isHeldFor } from '../rules/bed-hold.ts';
import { isPresent, waitingStatus } from '../rules/encounter-status.ts';
import { concernSentence, concernsAbout } from '../rules/placement.ts';
import { departed, movedTo } from '../rules/visit.ts';
import { writtenOf } from '../rules/written-texts.ts';
import { type AdtContext, agree, disagree, lineOf } from './decision.ts';
import type { AdtEvent } from './event.ts';
import { isHousekeeping } from './locations.ts';
import type { WorkingView } from './working-view.ts';

/** One message at work on the records. */
export type Doing = { readonly work: WorkingView; readonly context: AdtContext; readonly event: AdtEvent };

const bind = ({ work, context }: Doing, bedId: Id, encounterId: Id | null): void => {
  for (const device of bindMonitors(work.view, bedId, encounterId, context.now)) work.put(device);
};

/** The patient stands in sight without a bed, and why. */
const leaveWithoutBed = (doing: Doing, encounter: Encounter, bed: Bed, why: string): void => {
  const { work, context, event } = doing;
  const at = context.now;
  work.put({
    ...movedTo(encounter, { bedId: null, place: lineOf(writtenOf('bedTaken', bed.label)), at, by: context.site.name }),
    status: waitingStatus(encounter),
    departedAt: null,
  });
  disagree(work, context, event, {
    about: 'placement',
    encounterId: encounter.id,
    bedId: bed.id,
    theirs: { bedId: bed.id, text: bed.label },
    ours: { bedId: null, text: lineOf(why) },
  });
};

/** How a bed stands here, in one line. */
export const stateOf = (bed: Bed): string => lineOf([bed.status, bed.reservation?.reason ?? bed.note].filter(Boolean).join(': '));

/** Puts a patient into a bed since a moment; false when somebody else has it, who was put there later. */
export const putIntoBed = (doing: Doing, given: Encounter, bedId: Id, since: Instant): boolean => {
  const { work, context, event } = doing;
  const bed = work.view.get('bed', bedId);
  if (!bed) return false;
  const encounter = work.view.get('encounter', given.id) ?? given;
  statusIsPast(doing, bedId, since);
  const holder =
    bed.encounterId === null || bed.encounterId === encounter.id ? undefined : work.view.get('encounter', bed.encounterId);
  if (holder) {
    const held = holder.bedAssignedAt ?? bed.since;
    if (held > since || (held === since && holder.id < encounter.id)) {
      work.put({ ...encounter, bedAssignedAt: since });
      leaveWithoutBed(doing, { ...encounter, bedAssignedAt: since }, bed, `${bed.label} was given to another patient later`);
      return false;
    }
    leaveWithoutBed(doing, holder, bed, `${context.site.name} says that another patient has ${bed.label} by now`);
  } else if (
    bed.status !== 'available' &&
    bed.encounterId === null &&
    // Who is believed on cleaning may put a patient into a bed that is not clean.
    !(context.site.housekeeping === 'adt' && (bed.status === 'contaminated' || bed.status === 'cleaning')) &&
    !isHeldFor(work.view, bed, encounter) &&
    !holdIsOver(bed, context.now)
  ) {
    disagree(work, context, event, {
      about: 'bedStatus',
      encounterId: encounter.id,
      bedId,
      theirs: { bedId, text: 'occupied' },
      ours: { bedId, text: stateOf(bed) },
    });
  }
  work.put({
    ...bed,
    status: 'occupied',
    since,
    encounterId: encounter.id,
    reservation: null,
    note: null,
    until: null,
    cleaner: null,
    dirtySince: null,
  });
  bind(doing, bedId, encounter.id);
  for (const held of holdsEndedBy(work.view, encounter, bedId))
    work.put({ ...held, status: 'available', since: Math.max(held.since, since), reservation: null });
  work.put({
    ...movedTo(encounter, { bedId, place: null, at: since, by: context.site.name }),
    ...wayBack(encounter, since),
    status: 'inProgress',
    bedAssignedAt: since,
  });
  warn(doing, bed, encounter);
  return true;
};

/** Somebody who was out and is in another place by now is not out any more. */
const wayBack = ({ away }: Encounter, at: Instant) => ({
  departedAt: null,
  disposition: null,
  away: away && away.since < at ? null : away,
});

/** The patient stands there already, but came there at another moment than the messages had told by then. */
export const correctMoment = ({ work, context }: Doing, encounter: Encounter, since: Instant): void => {
  const last = encounter.moves.at(-1);
  if (!last || last.by !== context.site.name || last.at === since) return;
  const moves = [...encounter.moves.slice(0, -1), { ...last, at: since }];
  const bed = last.bedId === null ? undefined : work.view.get('bed', last.bedId);
  work.put({ ...encounter, moves, bedAssignedAt: bed ? since : encounter.bedAssignedAt });
  if (bed) work.put({ ...bed, since });
};

/** What is said of a bed that is the same on both sides, is a rule of the department that speaks against it. */
export const isConcern = ({ about, theirs, ours }: Disagreement): boolean =>
  about === 'placement' && theirs.bedId !== null && theirs.bedId === ours.bedId;

/** Where ADT says that a patient is there they are; what speaks against it is put before a person. */
const warn = ({ work, context, event }: Doing, bed: Bed, encounter: Encounter): void => {
  const concerns = concernsAbout(work.view, bed, encounter);
  if (concerns.length === 0) return;
  const text = lineOf(concerns.map((concern) => concernSentence(work.view, bed, encounter, concern)).join(' '));
  disagree(work, context, event, {
    about: 'placement',
    encounterId: encounter.id,
    bedId: bed.id,
    theirs: { bedId: bed.id, text: bed.label },
    ours: { bedId: bed.id, text },
  });
};

/** What was said of a bed before somebody came or went is no question any more. */
const statusIsPast = ({ work, context }: Pick<Doing, 'work' | 'context'>, bedId: Id, at: Instant): void =>
  agree(work, context.now, (one) => one.about === 'bedStatus' && one.bedId === bedId && (one.happenedAt ?? 0) < at);

/** What was said of a bed for a moment after its patient left, and could not be done while the patient seemed to lie in it. */
const statusSaidAfter = ({ work, context }: Doing, bedId: Id, at: Instant): Pick<Bed, 'status' | 'since'> | undefined => {
  statusIsPast({ work, context }, bedId, at);
  if (context.site.housekeeping !== 'adt') return undefined;
  for (const { id, ended, about, bedId: of, happenedAt, theirs } of work.view.list('disagreement')) {
    if (ended !== null || about !== 'bedStatus' || of !== bedId || happenedAt === null || !isHousekeeping(theirs.text)) continue;
    agree(work, context.now, (one) => one.id === id, 'theirs');
    return { status: theirs.text, since: happenedAt };
  }
  return undefined;
};

/** Frees the bed of a patient, contaminated, with its monitors; who was said to lie in it too gets it back. */
export const leaveBed = (doing: Doing, encounter: Encounter, at: Instant): void => {
  const { work, context } = doing;
  if (encounter.bedId === null) return;
  const bed = work.view.get('bed', encounter.bedId);
  if (!bed || bed.encounterId !== encounter.id) return;
  const since = Math.max(bed.since, at);
  const left = { ...bed, encounterId: null, reservation: null, note: null, until: null };
  work.put({ ...left, status: 'contaminated', since, ...statusSaidAfter(doing, bed.id, at) });
  bind(doing, bed.id, null);
  const claims = [...work.view.list('disagreement')].filter(
    ({ ended, about, bedId, ours }) => ended === null && about === 'placement' && bedId === bed.id && ours.bedId === null,
  );
  for (const claim of claims) {
    const claimant = claim.encounterId === null ? undefined : work.view.get('encounter', claim.encounterId);
    if (!claimant || claimant.id === encounter.id || claimant.bedId !== null || !isPresent(claimant)) continue;
    agree(work, context.now, ({ id }) => id === claim.id);
    work.put({ ...bed, status: 'available', encounterId: null, reservation: null, note: null, until: null });
    putIntoBed(doing, claimant, bed.id, claimant.bedAssignedAt ?? since);
    return;
  }
};

/** The patient waits, or is, in a part of the department without a bed; null when nobody said where. */
export const putIntoPlace = (doing: Doing, encounter: Encounter, place: string | null, at: Instant): void => {
  leaveBed(doing, encounter, at);
  const { work, context } = doing;
  work.put({
    ...movedTo(encounter, { bedId: null, place: place === null ? null : lineOf(place), at, by: context.site.name }),
    ...wayBack(encounter, at),
    status: waitingStatus(encounter),
  });
};

/** The patient has left the department, not before having come. */
export const sendAway = (doing: Doing, encounter: Encounter, said: Instant, disposition: Disposition): void => {
  const at = Math.max(said, encounter.arrivedAt);
  leaveBed(doing, encounter, at);
  const { work, context } = doing;
  work.put({
    ...movedTo(encounter, { bedId: null, place: null, at, by: context.site.name }),
    ...departed(encounter, disposition, at),
  });
};
