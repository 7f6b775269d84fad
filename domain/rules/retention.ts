/**
 * What leaves the desks: visits and incidents that have been over for seven days, with what hangs on them. What stands in the
 * way of nobody stays: a person goes with the last of their visits, a merged record only together with the one that stands for
 * it, an incident not before the visits that name it.
 */
import type { Encounter } from '../model/encounter.ts';
import type { Incident } from '../model/incident.ts';
import type { RecordKind, RecordOf, RecordView } from '../model/record.ts';
import type { Id, Instant } from '../model/values.ts';
import { isOnBoard } from './alarm-order.ts';
import { isPresent } from './encounter-status.ts';
import { gathered } from './gathered.ts';
import { isUnderWay } from './incident-order.ts';
import { survivorOf } from './merged.ts';

export type LeavingKey = { readonly kind: RecordKind; readonly id: Id };

/** How long a visit or an incident that is over stays on the desks, milliseconds. */
export const KEPT_AFTER_END = 7 * 86_400_000;
/** How long counts of the department stay, milliseconds: a forecast sees each weekday four times. */
const SAMPLES_KEPT = 28 * 86_400_000;

/** Visits that a bed, a device or a standing alarm still names. */
const namedVisits = (view: RecordView): ReadonlySet<Id> => {
  const named = new Set<Id>();
  for (const { encounterId, reservation } of view.list('bed')) {
    if (encounterId !== null) named.add(encounterId);
    if (reservation?.encounterId) named.add(reservation.encounterId);
  }
  for (const { encounterId } of view.list('device')) if (encounterId !== null) named.add(encounterId);
  for (const { encounterId, ended } of view.list('disagreement'))
    if (encounterId !== null && ended === null) named.add(encounterId);
  for (const alarm of view.list('alarm')) if (alarm.encounterId !== null && isOnBoard(alarm)) named.add(alarm.encounterId);
  return named;
};

const visitsLeaving = (
  view: RecordView,
  before: Instant,
): { readonly groups: readonly (readonly LeavingKey[])[]; readonly visits: ReadonlySet<Id> } => {
  const named = namedVisits(view);
  const assessments = gathered(view.list('triageAssessment'), ({ encounterId }) => encounterId);
  const alarms = gathered(view.list('alarm'), ({ encounterId }) => encounterId);
  const notes = gathered(view.list('careNote'), ({ encounterId }) => encounterId);
  const tasks = gathered(view.list('task'), ({ encounterId }) => encounterId);
  const disagreements = gathered(view.list('disagreement'), ({ encounterId }) => encounterId);
  const patients = gathered(view.list('patient'), ({ id }) => survivorOf(view, 'patient', id));
  const isOver = (visit: Encounter): boolean =>
    !isPresent(visit) && visit.departedAt !== null && visit.departedAt <= before && !named.has(visit.id);
  const leaving = new Set<Id>();
  const groups: LeavingKey[][] = [];
  for (const [person, visits] of gathered(view.list('encounter'), ({ patientId }) => survivorOf(view, 'patient', patientId))) {
    const keys: LeavingKey[] = [];
    let stays = false;
    for (const merged of gathered(visits, ({ id }) => survivorOf(view, 'encounter', id)).values()) {
      if (!merged.every(isOver)) {
        stays = true;
        continue;
      }
      for (const { id } of merged) {
        leaving.add(id);
        keys.push({ kind: 'encounter', id });
        for (const assessment of assessments.get(id) ?? []) keys.push({ kind: 'triageAssessment', id: assessment.id });
        for (const alarm of alarms.get(id) ?? []) keys.push({ kind: 'alarm', id: alarm.id });
        for (const note of notes.get(id) ?? []) keys.push({ kind: 'careNote', id: note.id });
        for (const task of tasks.get(id) ?? []) keys.push({ kind: 'task', id: task.id });
        for (const disagreement of disagreements.get(id) ?? []) keys.push({ kind: 'disagreement', id: disagreement.id });
      }
    }
    if (!stays) for (const { id } of patients.get(person) ?? []) keys.push({ kind: 'patient', id });
    if (keys.length > 0) groups.push(keys);
  }
  return { groups, visits: leaving };
};

const incidentsLeaving = (view: RecordView, before: Instant, visits: ReadonlySet<Id>): readonly (readonly LeavingKey[])[] => {
  const assignments = gathered(view.list('assignment'), ({ incidentId }) => incidentId);
  const missions = new Set([...view.list('unit')].flatMap(({ assignmentId }) => assignmentId ?? []));
  const visited = new Set(
    [...view.list('encounter')].flatMap(({ id, incidentId }) => (visits.has(id) ? [] : (incidentId ?? []))),
  );
  const sentTo = ({ id }: Incident) => assignments.get(id) ?? [];
  return [...view.list('incident')]
    .filter(({ status, closedAt }) => status !== 'open' && closedAt !== null && closedAt <= before)
    .filter(({ id }) => !visited.has(id))
    .filter((incident) => sentTo(incident).every((sent) => !isUnderWay(sent) && !missions.has(sent.id)))
    .map((incident) => [
      { kind: 'incident', id: incident.id },
      ...sentTo(incident).map(({ id }): LeavingKey => ({ kind: 'assignment', id })),
    ]);
};

const lone = <K extends RecordKind>(
  view: RecordView,
  kind: K,
  isOver: (record: RecordOf<K>) => boolean,
): readonly (readonly LeavingKey[])[] =>
  [...view.list(kind)].filter(isOver).map(({ id }): readonly LeavingKey[] => [{ kind, id }]);

/** What is over and has nothing that hangs on it. */
const loneLeaving = (view: RecordView, before: Instant, samplesBefore: Instant): readonly (readonly LeavingKey[])[] => {
  const ended = (at: Instant | null | undefined): boolean => at != null && at <= before;
  return [
    ...lone(view, 'call', ({ endedAt }) => ended(endedAt)),
    ...lone(view, 'message', ({ sentAt }) => ended(sentAt)),
    ...lone(view, 'task', (task) => task.encounterId === null && ended(task.ended?.at)),
    ...lone(view, 'disagreement', (one) => one.encounterId === null && ended(one.ended?.at)),
    ...lone(view, 'surge', (surge) => ended(surge.ended?.at)),
    ...lone(view, 'handover', ({ writtenAt }) => ended(writtenAt)),
    ...lone(view, 'capacitySample', ({ at }) => at <= samplesBefore),
  ];
};

/** What may leave at a moment of server time, in groups that go together; a group leaves nothing behind that the groups before it did not take. */
export const recordsLeaving = (view: RecordView, now: Instant): readonly (readonly LeavingKey[])[] => {
  const before = now - KEPT_AFTER_END;
  const { groups, visits } = visitsLeaving(view, before);
  return [...groups, ...incidentsLeaving(view, before, visits), ...loneLeaving(view, before, now - SAMPLES_KEPT)];
};
