/**
 * What the messages of a visit say besides where the patient's place is: out of it for a while, admitted and by whom, expected to
 * leave, and how the visit ended. Only what differs between the messages without and with this one is written, so that what a person
 * noted here stays until the interface says something else of the same thing.
 */
import { isBack } from '../model/disagreement.ts';
import type { Encounter } from '../model/encounter.ts';
import type { Id, Instant } from '../model/values.ts';
import { endedStatus, isPresent } from '../rules/encounter-status.ts';
import { isSame } from '../rules/same.ts';
import { writtenTexts } from '../rules/written-texts.ts';
import { clockTime, disagree, leads, lineOf } from './decision.ts';
import type { VisitEvent } from './event.ts';
import { dispositionOf, placeOf, shown } from './locations.ts';
import type { Doing } from './placement.ts';
import type { Standing } from './standing.ts';

type Telling = Doing & { readonly event: VisitEvent };
type Change = { readonly before: Standing; readonly now: Standing };
/** What is answered: that something was done, why it was not, and what is said beside it; null where there is nothing of its own to say. */
type Taken = { readonly done: string | null; readonly kept: string | null; readonly beside: string | null };

const nameOf = ({ context }: Telling, location: string | null): string => {
  if (location === null) return writtenTexts.elsewhere;
  const place = placeOf(context.view, context.site, location);
  return lineOf(place.kind === 'place' ? place.name : place.kind === 'bed' ? place.bed.label : shown(location));
};

/** Back, where the messages had the patient out, or a person here had: then both sides stand where Vigil leads. */
const back = (telling: Telling, encounter: Encounter, { before, now }: Change): Encounter | string => {
  const { work, context, event } = telling;
  if (encounter.away === null) return encounter;
  const { to, since } = encounter.away;
  if (since > now.decidedAt) return `It was kept: a person noted at ${clockTime(since)} that the patient is out (${to}).`;
  if (before.away !== null || leads(context) === 'adt') return { ...encounter, away: null };
  const { bedId } = encounter;
  disagree(work, context, event, {
    about: 'placement',
    encounterId: encounter.id,
    bedId,
    theirs: { bedId, text: isBack },
    ours: { bedId, text: lineOf(`Out: ${to}`) },
  });
  return `It was kept: Vigil leads on where patients are, and the patient is out (${to}) since ${clockTime(since)}.`;
};

const awayAfter = (telling: Telling, encounter: Encounter, change: Change): Encounter | string => {
  const { context, event } = telling;
  const { before, now } = change;
  const isToldBack = event.trigger === 'A10' && now.away === null && event.occurredAt >= now.decidedAt;
  if (isSame(before.away, now.away) && !isToldBack) return encounter;
  if (now.away === null) return back(telling, encounter, change);
  const since = Math.min(now.away.since, context.now);
  const expectedBackAt = encounter.away?.expectedBackAt ?? null;
  return { ...encounter, away: { to: nameOf(telling, now.away.to), since, expectedBackAt } };
};

/** The decision to admit is the earlier of a person's and the interface's; taken back there, it is taken back here. */
const admissionAfter = (encounter: Encounter, { before, now }: Change, until: Instant): Encounter => {
  if (isSame(before.admission, now.admission)) return encounter;
  const { admitDecidedAt, admitTo } = encounter;
  if (now.admission === null)
    return admitDecidedAt !== null && admitDecidedAt > now.decidedAt
      ? encounter
      : { ...encounter, admitDecidedAt: null, admitTo: null };
  const said = Math.min(now.admission.at, until);
  const wasSaid = before.admission !== null && admitDecidedAt === Math.min(before.admission.at, until);
  const wasNamed = admitTo === null || admitTo === before.admission?.to;
  return {
    ...encounter,
    admitDecidedAt: admitDecidedAt === null || wasSaid ? said : Math.min(admitDecidedAt, said),
    admitTo: wasNamed ? (now.admission.to === null ? admitTo : lineOf(now.admission.to)) : admitTo,
  };
};

/** How the visit ended, where a later word on the same departure says more. */
const endedAs = ({ context: { site } }: Telling, encounter: Encounter, { before, now }: Change): Encounter => {
  const isTheirs = before.phase === 'departed' && now.phase === 'departed' && encounter.moves.at(-1)?.by === site.name;
  if (!isTheirs || isPresent(encounter) || now.dispositionCode === null || before.dispositionCode === now.dispositionCode)
    return encounter;
  const disposition = dispositionOf(site, now.dispositionCode, encounter) ?? encounter.disposition;
  return { ...encounter, disposition, status: endedStatus(disposition) };
};

/** A registration that comes after what followed it says when the visit really began. */
const arrivedAs = (encounter: Encounter, { before, now }: Change, until: Instant): Encounter =>
  before.phase !== 'unknown' && before.arrivedAt !== now.arrivedAt && encounter.arrivedAt === Math.min(before.arrivedAt, until)
    ? { ...encounter, arrivedAt: Math.min(now.arrivedAt, until) }
    : encounter;

/** Writes what the messages say of a visit beside its place. */
export const takeFacts = (telling: Telling, id: Id, change: Change): Taken => {
  const { work, context, event } = telling;
  const encounter = work.view.get('encounter', id);
  if (!encounter) return { done: null, kept: null, beside: null };
  const { before, now } = change;
  let kept: string | null = null;
  let changed = admissionAfter(arrivedAs(encounter, change, context.now), change, context.now);
  changed = endedAs(telling, changed, change);
  if (isPresent(encounter)) {
    const after = awayAfter(telling, changed, change);
    if (typeof after === 'string') kept = after;
    else changed = after;
    if (before.expectedDepartureAt !== now.expectedDepartureAt)
      changed = { ...changed, expectedDepartureAt: now.expectedDepartureAt };
  }
  const isNowAdmitted = changed.admitDecidedAt !== null && encounter.admitDecidedAt === null && isPresent(changed);
  if (!isSame(changed, encounter)) work.put(changed);
  if (event.trigger === 'A16' && event.visit.expectedDischargeAt === null)
    kept = 'It names no expected departure (PV2-9): nothing was changed.';
  const code = event.trigger === 'A03' ? (event.visit.dispositionCode ?? null) : null;
  const isUnknown = code !== null && dispositionOf(context.site, code, encounter) === undefined;
  return {
    done: isNowAdmitted ? 'The patient is admitted, and stays here until a transfer.' : null,
    kept,
    beside: isUnknown ? `PV1-36 ${code} is not mapped.` : null,
  };
};
