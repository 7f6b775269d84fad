/** Everything that is known to have happened in one visit, from the call to the departure, with who did it. */
import type { Alarm } from '../model/alarm.ts';
import type { Acuity, Disposition, Encounter, VisitChange } from '../model/encounter.ts';
import type { RecordView } from '../model/record.ts';
import type { Id, Instant } from '../model/values.ts';
import { type CallToBedStep, callToBed } from './call-to-bed.ts';
import { type VisitNews2, visitNews2 } from './news2-history.ts';

/** A change of what is agreed on the care of a patient. */
export type CareChange = Extract<VisitChange, { what: (typeof careChanges)[number] }>;
const careChanges = ['nurse', 'doctor', 'nextStep', 'waitingFor', 'ventilated', 'isolation', 'flag'] as const;

type Told =
  | { readonly what: 'mission'; readonly moment: CallToBedStep['moment']; readonly unitId: Id | null; readonly isBreak: boolean }
  | { readonly what: 'arrived'; readonly mode: Encounter['arrivalMode'] }
  | { readonly what: 'triage'; readonly acuity: Acuity; readonly news: VisitNews2; readonly note: string | null }
  | { readonly what: 'moved'; readonly bedId: Id | null; readonly place: string | null; readonly note: string | null }
  | { readonly what: 'away'; readonly to: string; readonly since: Instant; readonly expectedBackAt: Instant | null }
  | { readonly what: 'back'; readonly to: string; readonly since: Instant }
  | { readonly what: 'admission'; readonly to: string | null; readonly since: Instant }
  | { readonly what: 'admissionWithdrawn' | 'returned' }
  | { readonly what: 'expectedDeparture'; readonly expectedAt: Instant | null }
  /** What one person changed at one moment. */
  | { readonly what: 'care'; readonly changes: readonly CareChange[] }
  | { readonly what: 'alarm' | 'alarmAnswered'; readonly alarm: Alarm }
  | { readonly what: 'note' | 'taskAsked' | 'taskDone' | 'taskCancelled'; readonly text: string }
  | { readonly what: 'disagreement'; readonly theirs: string; readonly ours: string; readonly isOpen: boolean }
  | { readonly what: 'left'; readonly disposition: Disposition | null };
/** `by` null: nobody did it, or it is not known who did. */
export type VisitEvent = Told & { readonly key: string; readonly at: Instant; readonly by: string | null };

/** Steps that the visit itself tells with more. */
const toldByVisit: ReadonlySet<CallToBedStep['moment']> = new Set(['registered', 'triaged', 'bed']);

const eventsOfCall = (view: RecordView, encounter: Encounter): readonly VisitEvent[] => {
  const incident = encounter.incidentId === null ? undefined : view.get('incident', encounter.incidentId);
  return callToBed(encounter, incident, view.list('assignment'))
    .filter(({ moment }) => !toldByVisit.has(moment))
    .map(({ moment, at, unitId, isBreak }) => ({
      what: 'mission',
      key: `mission ${moment}`,
      at,
      by: null,
      moment,
      unitId,
      isBreak,
    }));
};

const eventsOfCare = (view: RecordView, encounter: Encounter): readonly VisitEvent[] => {
  const { id } = encounter;
  const patient = view.get('patient', encounter.patientId);
  const assessments = [...view.list('triageAssessment')]
    .filter(({ encounterId }) => encounterId === id)
    .toSorted((a, b) => b.at - a.at);
  return [
    ...assessments.map(({ id: key, at, by, acuity, note }, index): VisitEvent => {
      const news = visitNews2(patient, encounter, assessments.slice(index));
      return { what: 'triage', key, at, by: by.name, acuity, news, note };
    }),
    ...[...view.list('careNote')].flatMap(({ id: key, encounterId, at, by, text }): VisitEvent[] =>
      encounterId === id ? [{ what: 'note', key, at, by: by.name, text }] : [],
    ),
    ...[...view.list('task')].flatMap(({ id: key, encounterId, createdAt, by, text, ended }): VisitEvent[] => {
      if (encounterId !== id) return [];
      const asked: VisitEvent = { what: 'taskAsked', key, at: createdAt, by: by.name, text };
      const what = ended?.outcome === 'done' ? 'taskDone' : 'taskCancelled';
      return ended ? [asked, { what, key: `${key} end`, at: ended.at, by: ended.by.name, text }] : [asked];
    }),
    ...[...view.list('alarm')].flatMap((alarm): VisitEvent[] => {
      if (alarm.encounterId !== id) return [];
      const sounded: VisitEvent = { what: 'alarm', key: alarm.id, at: alarm.onsetAt, by: null, alarm };
      const { acknowledgedAt, acknowledgedBy } = alarm;
      return acknowledgedAt === null
        ? [sounded]
        : [
            sounded,
            { what: 'alarmAnswered', key: `${alarm.id} answer`, at: acknowledgedAt, by: acknowledgedBy?.name ?? null, alarm },
          ];
    }),
    ...[...view.list('disagreement')].flatMap(({ id: key, encounterId, at, source, theirs, ours, ended }): VisitEvent[] =>
      encounterId === id
        ? [{ what: 'disagreement', key, at, by: source, theirs: theirs.text, ours: ours.text, isOpen: ended === null }]
        : [],
    ),
  ];
};

const isCare = (change: VisitChange): change is CareChange => careChanges.some((what) => what === change.what);

/** The log of the visit; the arrival is told with the stay, and what was changed in one breath is one event. */
const eventsOfChanges = ({ changes }: Encounter): readonly VisitEvent[] => {
  const events: VisitEvent[] = [];
  changes.forEach((change, index) => {
    const { at, by } = change;
    const key = `change ${index}`;
    const last = events.at(-1);
    if (change.what === 'arrived') return;
    if (!isCare(change)) events.push(change.what === 'left' ? { ...change, key, at: change.leftAt } : { ...change, key });
    else if (last?.what === 'care' && last.at === at && last.by === by)
      events[events.length - 1] = { ...last, changes: [...last.changes, change] };
    else events.push({ what: 'care', key, at, by, changes: [change] });
  });
  return events;
};

const eventsOfStay = (encounter: Encounter): readonly VisitEvent[] => {
  const { arrivedAt, arrivalMode, moves, bedId, bedAssignedAt, changes } = encounter;
  const by = changes.find(({ what }) => what === 'arrived')?.by ?? null;
  const events: VisitEvent[] = [{ what: 'arrived', key: 'arrived', at: arrivedAt, by, mode: arrivalMode }];
  // A visit of an older version knows only its present bed.
  if (moves.length === 0 && bedId !== null && bedAssignedAt !== null)
    events.push({ what: 'moved', key: 'bed', at: bedAssignedAt, by: null, bedId, place: null, note: null });
  moves.forEach(({ at, by: mover, bedId: to, place, note }, index) => {
    if (to !== null || place !== null)
      events.push({ what: 'moved', key: `move ${index}`, at, by: mover, bedId: to, place, note });
  });
  return events;
};

/** What stands and is in no log: of a visit that began in an older version, or whose log is full. */
const eventsUnlogged = ({ moves, changes, ...encounter }: Encounter): readonly VisitEvent[] => {
  const { away, admitDecidedAt, admitTo, departedAt, disposition } = encounter;
  const events: VisitEvent[] = [];
  if (away && !changes.some((change) => change.what === 'away' && change.since === away.since))
    events.push({ what: 'away', key: 'away', at: away.since, by: null, ...away });
  if (admitDecidedAt !== null && !changes.some((change) => change.what === 'admission' && change.since === admitDecidedAt))
    events.push({ what: 'admission', key: 'admission', at: admitDecidedAt, by: null, to: admitTo, since: admitDecidedAt });
  if (departedAt !== null && !changes.some((change) => change.what === 'left' && change.leftAt === departedAt)) {
    const by = moves.findLast((move) => move.bedId === null && move.place === null)?.by ?? null;
    events.push({ what: 'left', key: 'left', at: departedAt, by, disposition });
  }
  return events;
};

/** The events of a visit, oldest first; of those of one moment in the order in which they must happen. */
export const visitTimeline = (view: RecordView, encounter: Encounter): readonly VisitEvent[] =>
  [
    ...eventsOfCall(view, encounter),
    ...eventsOfStay(encounter),
    ...eventsOfCare(view, encounter),
    ...eventsOfChanges(encounter),
    ...eventsUnlogged(encounter),
  ].toSorted((a, b) => a.at - b.at);
