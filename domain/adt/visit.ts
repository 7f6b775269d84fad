/**
 * What a message about a visit does here. The visit's messages are read together (standing.ts), before and with this one: only
 * where the two differ does it move anybody. So a message that comes late, twice or out of order ends in the same department.
 * A person's own gesture that is newer than what the messages say is not undone: the two sides stand in a disagreement.
 */
import { hasLeft } from '../model/disagreement.ts';
import type { Encounter } from '../model/encounter.ts';
import type { Patient } from '../model/patient.ts';
import type { Id } from '../model/values.ts';
import { ageInYears } from '../rules/age.ts';
import { isPresent } from '../rules/encounter-status.ts';
import { initialsOf } from '../rules/initials.ts';
import { survivorOf } from '../rules/merged.ts';
import { isSame } from '../rules/same.ts';
import { newVisit } from '../rules/visit.ts';
import { writtenOf, writtenTexts } from '../rules/written-texts.ts';
import { allergiesWith } from './allergies.ts';
import { type AdtContext, type AdtDecision, agree, clockTime, disagree, leads, lineOf, withoutEffect } from './decision.ts';
import { type LocationName, type VisitEvent, type VisitTrigger, visitKey } from './event.ts';
import { takeFacts } from './facts.ts';
import { dispositionOf, type Place, placeOf, shown } from './locations.ts';
import { correctMoment, isConcern, leaveBed, putIntoBed, putIntoPlace, sendAway } from './placement.ts';
import { compareEvents, nothingKnown, type Standing, type StandingRules, standingOf, unbelieved } from './standing.ts';
import { type WorkingView, workOver } from './working-view.ts';

/** What may put a patient somewhere. */
const placing: readonly VisitTrigger[] = ['A01', 'A02', 'A04', 'A06', 'A07', 'A12', 'A13'];
/** What a message calls the moment of our own move may have lost its fraction of a second. */
const SAME_MOMENT = 1_000;

/** What stands as the place of a patient whose place nobody mapped. */
const notMapped = (location: LocationName): string => writtenOf('notMapped', shown(location));

const idOfNumber = ({ idOf }: AdtContext, mrn: string): Id => idOf(`patient ${mrn}`);

/** Who a message is about, where somebody is known under that number, or was before a merge gave them another. */
const patientOf = (context: AdtContext, { patient: { mrn } }: VisitEvent): Patient | undefined => {
  const { view, patientNumbered } = context;
  const patient = mrn === null ? undefined : (patientNumbered(mrn) ?? view.get('patient', idOfNumber(context, mrn)));
  return patient && view.get('patient', survivorOf(view, 'patient', patient.id));
};

/** The visit here that a message means, by what its messages were known by, or one that a desk registered before the message came. */
const encounterOf = (
  work: WorkingView,
  context: AdtContext,
  key: string,
  stay: number,
  event: VisitEvent,
): Encounter | undefined => {
  const get = (id: Id): Encounter | undefined => work.view.get('encounter', survivorOf(work.view, 'encounter', id));
  const own = get(context.idOf(`${key}#${stay}`));
  if (own) return own;
  if (stay > 0) return undefined;
  const theirs = context.knownEncounterId === null ? undefined : get(context.knownEncounterId);
  if (theirs) return theirs;
  const patient = patientOf(context, event);
  if (!patient) return undefined;
  for (const encounter of work.view.list('encounter')) {
    const isTheirs = encounter.patientId === patient.id && encounter.mergedInto === undefined;
    const { number } = event.visit;
    const isSameVisit = number === null || encounter.visitNumber === null || encounter.visitNumber === number;
    if (isTheirs && isPresent(encounter) && isSameVisit) return encounter;
  }
  return undefined;
};

/** A person with what a message says of them. */
export const patientWith = (
  patient: Patient,
  { patient: said }: Pick<VisitEvent, 'patient'>,
  { now, site }: Pick<AdtContext, 'now' | 'site'>,
): Patient => {
  const birthDate = said.birthDate ?? patient.birthDate;
  const years = birthDate === null ? null : ageInYears(birthDate, now);
  const name = said.name ?? patient.name;
  return {
    ...patient,
    allergies: allergiesWith(patient.allergies, said.allergies, site.name),
    mrn: said.mrn ?? patient.mrn,
    name,
    initials: said.name === null ? patient.initials : initialsOf(name),
    birthDate,
    ageYears: said.birthDate === null || years === null || years > 130 ? patient.ageYears : years,
    ageEstimated: said.birthDate === null ? patient.ageEstimated : false,
    sex: said.sex ?? patient.sex,
  };
};

const newPatient = (id: Id): Patient => ({
  kind: 'patient',
  id,
  mrn: null,
  name: null,
  initials: '?',
  birthDate: null,
  ageYears: null,
  ageEstimated: false,
  sex: 'unknown',
  allergies: null,
  mergedInto: null,
});

/** Whether a record says what it said. */
const isUnchanged = <T extends object>(now: T, before: T): boolean =>
  Object.entries(now).every(([field, value]) => isSame(value, before[field as keyof T]));

/** Registers the visit, and the person where nobody knows them. */
const begin = (work: WorkingView, context: AdtContext, key: string, standing: Standing, event: VisitEvent): Encounter => {
  const known = patientOf(context, event);
  const patient = known ?? newPatient(idOfNumber(context, event.patient.mrn ?? `${key}#${standing.stay}`));
  const now = known ? patient : patientWith(patient, event, context);
  if (!known) work.put(now);
  const encounter = newVisit({
    id: context.idOf(`${key}#${standing.stay}`),
    patientId: patient.id,
    arrivalMode: 'walkIn',
    arrivedAt: Math.min(standing.arrivedAt, context.now),
    visitNumber: event.visit.number?.slice(0, 32) ?? null,
    flags: [
      ...((now.allergies ?? []).length > 0 ? (['ALG'] as const) : []),
      ...(now.ageYears !== null && now.ageYears < 16 ? (['CHILD'] as const) : []),
    ],
  });
  work.put(encounter);
  return encounter;
};

/** The flag of an allergy goes with the list, and stays where a person wrote beside it what it means. */
const flagsWith = (
  { flags, flagNotes }: Encounter,
  before: readonly string[],
  allergies: readonly string[],
): Encounter['flags'] => {
  if (allergies.length > 0) return flags.includes('ALG') ? flags : ['ALG', ...flags];
  const isEnded = before.length > 0 && !flagNotes.some(({ flag }) => flag === 'ALG');
  return isEnded ? flags.filter((flag) => flag !== 'ALG') : flags;
};

/** How the number of a message stands to that of the patient whose visit it is. */
const numberSaid = (context: AdtContext, patient: Patient | undefined, event: VisitEvent): 'present' | 'former' | 'anothers' => {
  if (!patient?.mrn || event.patient.mrn === null || patient.mrn === event.patient.mrn) return 'present';
  return patientOf(context, event)?.id === patient.id ? 'former' : 'anothers';
};

const patientHere = ({ view }: Pick<WorkingView, 'view'>, { patientId }: Encounter): Patient | undefined =>
  view.get('patient', survivorOf(view, 'patient', patientId));

const disagreeOnIdentity = (work: WorkingView, context: AdtContext, encounter: Encounter, event: VisitEvent): void =>
  disagree(work, context, event, {
    about: 'identity',
    encounterId: encounter.id,
    bedId: null,
    theirs: { bedId: null, text: lineOf(`Patient ${event.patient.mrn}`) },
    ours: { bedId: null, text: `Patient ${patientHere(work, encounter)?.mrn}` },
  });

/** What the newest message says of the person and the visit, without moving anybody. */
const describeVisit = (work: WorkingView, context: AdtContext, encounter: Encounter, told: VisitEvent): void => {
  const patient = patientHere(work, encounter);
  const number = numberSaid(context, patient, told);
  if (number === 'anothers') {
    disagreeOnIdentity(work, context, encounter, told);
    return;
  }
  // Under a number that a merge has ended nothing new is said of who somebody is.
  const { allergies: said = null } = told.patient;
  const event =
    number === 'present' ? told : { ...told, patient: { mrn: null, name: null, birthDate: null, sex: null, allergies: said } };
  const before = patient?.allergies ?? [];
  let allergies = before;
  if (patient) {
    const described = patientWith(patient, event, context);
    if (!isUnchanged(described, patient)) work.put(described);
    allergies = described.allergies ?? [];
  }
  const present = work.view.get('encounter', encounter.id) ?? encounter;
  const described: Encounter = {
    ...present,
    flags: flagsWith(present, before, allergies),
    complaint: present.complaint ?? event.visit.reason?.slice(0, 200) ?? null,
    visitNumber: present.visitNumber ?? event.visit.number?.slice(0, 32) ?? null,
  };
  if (!isUnchanged(described, present)) work.put(described);
};

const placementOf = ({ phase, location, since, departedAt, stay }: Standing): unknown => [
  phase,
  location,
  since,
  departedAt,
  stay,
];

/** When a person, not the interface, last moved this patient; 0 when nobody did. */
const movedByPerson = (encounter: Encounter, name: string): number => {
  const last = encounter.moves.at(-1);
  return last && last.by !== name ? last.at : 0;
};

type Moved = { readonly moved: boolean; readonly kept: string | null };

/** Where the messages' place is and where Vigil's is differ; Vigil's stands. */
const keepOurs = (
  work: WorkingView,
  context: AdtContext,
  event: VisitEvent,
  encounter: Encounter,
  theirs: Place | 'departed',
): void => {
  const ourBed = encounter.bedId === null ? undefined : work.view.get('bed', encounter.bedId);
  const text =
    theirs === 'departed' || theirs.kind === 'notOurs'
      ? hasLeft
      : theirs.kind === 'bed'
        ? theirs.bed.label
        : theirs.kind === 'place'
          ? theirs.name
          : shown(theirs.location);
  disagree(work, context, event, {
    about: theirs === 'departed' || !isPresent(encounter) ? 'departure' : 'placement',
    encounterId: encounter.id,
    bedId: ourBed?.id ?? null,
    theirs: { bedId: theirs !== 'departed' && theirs.kind === 'bed' ? theirs.bed.id : null, text: lineOf(text) },
    ours: {
      bedId: ourBed?.id ?? null,
      text: isPresent(encounter) ? (ourBed?.label ?? encounter.place ?? writtenTexts.noBed) : hasLeft,
    },
  });
};

const move = (
  work: WorkingView,
  context: AdtContext,
  event: VisitEvent,
  encounter: Encounter,
  { before, standing }: { readonly before: Standing; readonly standing: Standing },
): Moved => {
  const doing = { work, context, event };
  const { now, site } = context;
  const at = (moment: number): number => Math.min(moment, now);
  const place = standing.location === null ? null : placeOf(work.view, site, standing.location);
  const placeBefore = before.location === null ? null : placeOf(work.view, site, before.location);
  const goes = standing.phase === 'departed' || standing.phase === 'cancelled' || place?.kind === 'notOurs';
  const stands = (): boolean => {
    if (goes) return !isPresent(encounter);
    if (!isPresent(encounter)) return false;
    if (place?.kind === 'bed') return encounter.bedId === place.bed.id && place.bed.encounterId === encounter.id;
    // Nobody says where: only a bed that was taken back is left.
    if (place === null) return placeBefore?.kind !== 'bed' || encounter.bedId !== placeBefore.bed.id;
    return encounter.bedId === null && encounter.place === (place.kind === 'place' ? place.name : notMapped(place.location));
  };
  if (stands()) {
    agree(
      work,
      now,
      (one) => one.encounterId === encounter.id && (one.about === 'placement' || one.about === 'departure') && !isConcern(one),
    );
    if (isPresent(encounter)) correctMoment(doing, encounter, at(standing.since));
    return { moved: false, kept: null };
  }
  const placeBedId = place?.kind === 'bed' ? place.bed.id : null;
  // Our own move, told to us: the patient has gone on since, or waits where the sender has no name for it.
  const isEcho = encounter.moves.some(
    (one) =>
      one.by !== site.name &&
      place !== null &&
      place.kind !== 'notOurs' &&
      (placeBedId !== null || one.place !== null) &&
      one.bedId === placeBedId &&
      Math.abs(one.at - event.occurredAt) < SAME_MOMENT,
  );
  if (isEcho) return { moved: false, kept: 'it tells of a move that was made here' };
  const byPerson = movedByPerson(encounter, site.name);
  if (byPerson > standing.decidedAt || (leads(context) === 'vigil' && !goes && encounter.bedId !== null)) {
    keepOurs(work, context, event, encounter, goes ? 'departed' : (place as Place));
    return {
      moved: false,
      kept:
        byPerson > standing.decidedAt
          ? `a person moved the patient later, at ${clockTime(byPerson)}`
          : 'Vigil leads on where patients are',
    };
  }
  agree(work, now, (one) => one.encounterId === encounter.id && (one.about === 'placement' || one.about === 'departure'));
  if (goes) {
    const departure = standing.departedAt ?? (standing.phase === 'cancelled' ? standing.decidedAt : standing.since);
    const said = standing.dispositionCode === null ? undefined : dispositionOf(site, standing.dispositionCode, encounter);
    sendAway(doing, encounter, at(departure), said ?? (place?.kind === 'notOurs' ? 'admitted' : 'discharged'));
  } else if (place?.kind === 'bed') {
    leaveBed(doing, encounter, at(standing.since));
    putIntoBed(doing, work.view.get('encounter', encounter.id) ?? encounter, place.bed.id, at(standing.since));
  } else {
    const named = place?.kind === 'place' ? place.name : place?.kind === 'unknown' ? notMapped(place.location) : encounter.place;
    putIntoPlace(doing, encounter, named, at(standing.since));
  }
  return { moved: true, kept: null };
};

const concernsUs = (place: Place | null, event: VisitEvent): boolean => {
  if (place?.kind === 'bed' || place?.kind === 'place') return true;
  return place?.kind !== 'notOurs' && event.visit.patientClass === 'E';
};

const rulesFor = (work: WorkingView, context: AdtContext, key: string, event: VisitEvent): StandingRules => {
  const here = encounterOf(work, context, key, 0, event);
  const registered = here?.id === context.idOf(`${key}#0`) ? undefined : here;
  return {
    admission: context.site.admission,
    isElsewhere: (location) => placeOf(work.view, context.site, location).kind === 'notOurs',
    isHereAt: (at) =>
      registered !== undefined && registered.arrivedAt <= at && (registered.departedAt === null || registered.departedAt >= at),
  };
};

/** Decides a message about a visit. */
export const decideVisit = (context: AdtContext, event: VisitEvent): AdtDecision => {
  const key = visitKey(event);
  if (key === undefined) return withoutEffect('refused', 'It names neither a visit (PV1-19) nor a patient (PID-3).');
  const { history } = context;
  const work = workOver(context.view);
  const rules = rulesFor(work, context, key, event);
  const [before, standing] = [standingOf(history, rules), standingOf([...history, event], rules)];
  const place = standing.location === null ? null : placeOf(work.view, context.site, standing.location);
  const newer = history.find((other) => compareEvents(other, event) > 0 && other.trigger !== 'A08');
  const known = encounterOf(work, context, key, standing.stay, event);
  const noted = (reason: string, more: Partial<AdtDecision> = {}) =>
    withoutEffect('noted', reason, { belongsToVisit: true, ...more });

  const isHere =
    standing.phase === 'present' &&
    (place === null ? event.visit.patientClass === 'E' || event.trigger === 'A04' : concernsUs(place, event));
  if (!known && !isHere) {
    if (standing.phase === 'present' && place?.kind === 'unknown' && placing.includes(event.trigger))
      return withoutEffect('waiting', `The place ${shown(place.location)} ${place.why}. Map it, and this is done again.`, {
        location: place.location,
        belongsToVisit: true,
      });
    if (standing.phase === 'expected') return noted('The patient is expected; nothing stands on the board before the arrival.');
    return noted(
      place?.kind === 'notOurs' ? 'The patient is not in this department.' : 'This visit is not known in this department.',
    );
  }

  // Two senders may count their visits alike: nobody is moved by what is said of somebody else.
  const isOther = history.length > 0 && history.every(({ sender }) => sender !== event.sender);
  if (known && isOther && numberSaid(context, patientHere(work, known), event) === 'anothers') {
    disagreeOnIdentity(work, context, known, event);
    const reason = `Another sender has this visit of another patient, ${patientHere(work, known)?.mrn}: nothing was changed.`;
    return withoutEffect('refused', reason, { puts: work.puts(), encounterId: known.id });
  }

  const encounter = known ?? begin(work, context, key, standing, event);
  if (history.every((other) => compareEvents(other, event) < 0) || !known) describeVisit(work, context, encounter, event);
  const present = work.view.get('encounter', encounter.id) ?? encounter;
  // What nobody had mapped is a bed by now: said again, it counts.
  const isMappedNow =
    placing.includes(event.trigger) &&
    place !== null &&
    place.kind !== 'unknown' &&
    present.place === notMapped(standing.location ?? '');
  const changes = context.again || isMappedNow || !isSame(placementOf(before), placementOf(standing));
  const tells = standing.phase !== 'unknown' && standing.phase !== 'expected';
  const { moved, kept } =
    changes && tells ? move(work, context, event, present, { before, standing }) : { moved: false, kept: null };
  const isBegun = known !== undefined && before.stay === standing.stay;
  const facts = takeFacts({ work, context, event }, encounter.id, { before: isBegun ? before : nothingKnown, now: standing });

  const puts = work.puts();
  const decided = (outcome: AdtDecision['outcome'], reason: string, location: AdtDecision['location'] = null): AdtDecision => ({
    outcome,
    reason: [reason, ...(facts.beside === null ? [] : [facts.beside]), ...unbelieved(event, standing)].join(' '),
    location,
    puts,
    encounterId: encounter.id,
    belongsToVisit: true,
  });
  if (kept !== null) return decided('noted', `It was kept and moved nobody: ${kept}.`);
  if (place?.kind === 'unknown' && standing.phase === 'present' && changes && placing.includes(event.trigger))
    return decided(
      'waiting',
      `The place ${shown(place.location)} ${place.why}: the patient stands without a bed. Map it, and this is done again.`,
      place.location,
    );
  if (facts.kept !== null) return decided('noted', facts.kept);
  if (puts.length > 0) return decided('applied', moved ? 'The patient was moved.' : (facts.done ?? 'It was taken.'));
  if (newer) return decided('noted', `It is older than the ${newer.trigger} of ${clockTime(newer.occurredAt)} and moved nobody.`);
  return decided('confirmed', 'This stands already.');
};
