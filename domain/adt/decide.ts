/** What a message of the hospital's patient administration does to the records: pure, for a view and a moment. */
import { mergePatients } from '../commands/merge-patients.ts';
import type { Disagreement } from '../model/disagreement.ts';
import type { Encounter } from '../model/encounter.ts';
import type { Patient } from '../model/patient.ts';
import type { RecordView, VigilRecord } from '../model/record.ts';
import type { Id } from '../model/values.ts';
import { isPresent } from '../rules/encounter-status.ts';
import { survivorOf } from '../rules/merged.ts';
import { dirtySinceAs } from '../rules/turnaround.ts';
import { withChanges } from '../rules/visit-changes.ts';
import { writtenTexts } from '../rules/written-texts.ts';
import { type AdtContext, type AdtDecision, agree, disagree, lineOf, withoutEffect } from './decision.ts';
import type { AdtEvent, BedStatusEvent, MergeEvent } from './event.ts';
import { isHousekeeping, placeOf, shown, table0116 } from './locations.ts';
import { stateOf } from './placement.ts';
import { compareEvents } from './standing.ts';
import { decideVisit, patientWith } from './visit.ts';
import { workOver } from './working-view.ts';

const decideBedStatus = (context: AdtContext, event: BedStatusEvent): AdtDecision => {
  const { view, site, now } = context;
  const place = placeOf(view, site, event.location);
  const name = shown(event.location);
  if (place.kind === 'notOurs') return withoutEffect('noted', 'The bed is not in this department.');
  if (place.kind === 'unknown')
    return withoutEffect('waiting', `The bed ${name} ${place.why}. Map it, and this is done again.`, {
      location: event.location,
    });
  if (place.kind === 'place') return withoutEffect('refused', `${name} is no bed here.`);
  const { bed } = place;
  const status = site.bedStatuses.get(event.status) ?? table0116.get(event.status);
  if (status === undefined) return withoutEffect('refused', `The bed status ${event.status || '""'} is not known (table 0116).`);
  const work = workOver(view);
  const concernsStatus = (one: { readonly about: string; readonly bedId: string | null }) =>
    one.about === 'bedStatus' && one.bedId === bed.id;
  if (bed.status === status || (status === 'available' && bed.status === 'reserved')) {
    agree(work, now, concernsStatus);
    return withoutEffect('confirmed', `${bed.label} is ${bed.status} already.`, { puts: work.puts() });
  }
  const differs = (reason: string): AdtDecision => {
    disagree(work, context, event, {
      about: 'bedStatus',
      encounterId: bed.encounterId,
      bedId: bed.id,
      theirs: { bedId: bed.id, text: status },
      ours: { bedId: bed.id, text: stateOf(bed) },
    });
    return withoutEffect('noted', reason, { puts: work.puts() });
  };
  if (event.occurredAt < bed.since) return withoutEffect('noted', `It is older than what stands: ${bed.label} is ${bed.status}.`);
  if (bed.status === 'occupied' || status === 'occupied')
    return differs(`${bed.label} is ${bed.status} here: a bed status moves no patient.`);
  if (site.housekeeping === 'vigil' || bed.status === 'reserved' || !isHousekeeping(status))
    return differs(`${bed.label} is ${bed.status} here, and Vigil leads on that.`);
  agree(work, now, concernsStatus);
  const note =
    event.status === 'I' ? writtenTexts.isolated : status === 'blocked' || status === 'closed' ? lineOf(site.name) : null;
  const since = Math.min(event.occurredAt, now);
  const dirtySince = dirtySinceAs(bed, status);
  work.put({ ...bed, status, since, dirtySince, reservation: null, note, until: null, cleaner: null });
  return withoutEffect('applied', `${bed.label} is ${status}.`, { puts: work.puts() });
};

/** Who a merge leaves as the message says, but for what newer messages under the number that stays said before it was heard. */
const describedBy = (context: AdtContext, event: MergeEvent, patient: Patient): Patient => {
  const newer = context.history
    .filter((one) => one.patient.mrn === event.patient.mrn && one.occurredAt > event.occurredAt)
    .toSorted(compareEvents)
    .at(-1);
  const merged = patientWith(patient, event, context);
  return newer ? patientWith(merged, newer, context) : merged;
};

const visitUnderWay = (view: RecordView, patientId: Id): Encounter | undefined => {
  for (const encounter of view.list('encounter')) if (encounter.patientId === patientId && isPresent(encounter)) return encounter;
  return undefined;
};

const decideMerge = (context: AdtContext, event: MergeEvent): AdtDecision => {
  const { view, site, now, patientNumbered } = context;
  const { mrn } = event.patient;
  if (mrn === null) return withoutEffect('refused', 'It does not say which patient stays (PID-3).');
  if (mrn === event.mergedMrn) return withoutEffect('refused', 'It merges a patient with itself.');
  const [merged, stays] = [patientNumbered(event.mergedMrn), patientNumbered(mrn)];
  if (!merged) return withoutEffect('noted', `The patient ${event.mergedMrn} is not known here.`);
  if (merged.mergedInto !== null) return withoutEffect('confirmed', 'These records were merged already.');
  // Who stays is not known here under that number: the one who is gets it.
  const done = (puts: readonly VigilRecord[], survivorId: Id, reason: string): AdtDecision => {
    const work = workOver(view);
    for (const put of puts) work.put(put.kind === 'patient' && put.id === survivorId ? describedBy(context, event, put) : put);
    // That a visit's messages named another patient was the merge that had not been heard.
    const isSolved = ({ about, encounterId, theirs }: Disagreement): boolean =>
      about === 'identity' &&
      theirs.text === lineOf(`Patient ${mrn}`) &&
      encounterId !== null &&
      work.view.get('encounter', encounterId)?.patientId === survivorId;
    agree(work, now, isSolved);
    return withoutEffect('applied', reason, { puts: work.puts() });
  };
  if (!stays) return done([merged], merged.id, `The patient has the number ${mrn} now.`);
  const survivorId = survivorOf(view, 'patient', stays.id);
  if (survivorId === merged.id) return withoutEffect('confirmed', 'These records were merged already, the other way round.');
  const [one, other] = [visitUnderWay(view, survivorId), visitUnderWay(view, merged.id)];
  const numbers = [one?.visitNumber, other?.visitNumber];
  // A merge is of persons (HL7 v2.8 3.3.40), not of visits: of two that have numbers of their own, one has ended, or was none.
  if (numbers.every(Boolean) && numbers[0] !== numbers[1])
    return withoutEffect(
      'waiting',
      `Both have a visit under way, ${numbers.join(' and ')}. This is done when one of them ends, or when the two are merged at a desk.`,
    );
  const personId = context.idOf('author');
  const name = lineOf(site.name);
  const outcome = mergePatients.apply(
    view,
    { survivorId, mergedId: merged.id, allergies: null, acuity: null },
    {
      commandId: personId,
      issuedAt: Math.min(event.occurredAt, now),
      author: { personId, name },
      grant: {
        grantId: personId,
        personId,
        name,
        roles: [...mergePatients.roles],
        facilityId: personId,
        expiresAt: now,
      },
      newId: (index) => context.idOf(`merge ${event.controlId} ${index}`),
    },
  );
  // What protects a patient is chosen by a person: merged at a desk, this message confirms it.
  if ('code' in outcome) return withoutEffect('waiting', `${outcome.message} Merge the two at a desk, and this is done again.`);
  return done(outcome, survivorId, `The records ${event.mergedMrn} and ${mrn} are one.`);
};

const decideOne = (context: AdtContext, event: AdtEvent): AdtDecision => {
  switch (event.trigger) {
    case 'A20':
      return decideBedStatus(context, event);
    case 'A40':
      return decideMerge(context, event);
    default:
      return decideVisit(context, event);
  }
};

/** Decides a message: what will stand, and what is answered. */
export const decideAdt = (context: AdtContext, event: AdtEvent): AdtDecision => {
  const { view, now, site } = context;
  const decision = decideOne(context, event);
  const stamp = { at: Math.min(event.occurredAt, now), by: lineOf(site.name) };
  return { ...decision, puts: withChanges(view, decision.puts, stamp) };
};
