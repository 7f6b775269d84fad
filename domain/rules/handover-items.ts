/**
 * What a handover must speak of: everyone present, open incidents, standing alarms, open tasks and what is not as it should be in
 * the department, each against the last handover that both have signed. Moments in the records tell what happened since; what a
 * record keeps no moment of (level, score, isolation, flags) is compared with what stood in that handover.
 */
import type { Alarm } from '../model/alarm.ts';
import type { Encounter } from '../model/encounter.ts';
import type { Handover, HandoverChange, HandoverPoint, HandoverReason } from '../model/handover.ts';
import type { Incident } from '../model/incident.ts';
import type { RecordView } from '../model/record.ts';
import type { Task } from '../model/task.ts';
import type { Id, Instant } from '../model/values.ts';
import { alarmsInOrder, isOnBoard } from './alarm-order.ts';
import { isPresent } from './encounter-status.ts';
import { gathered } from './gathered.ts';
import { openIncidents } from './incident-order.ts';
import { assessmentsByVisit, visitNews2 } from './news2-history.ts';
import { triageQueue } from './waiting.ts';

export type HandoverItem = {
  readonly about: HandoverPoint['about'];
  /** What kind of record `id` names. */
  readonly what: 'encounter' | 'incident' | 'alarm' | 'task' | 'surge' | 'bed' | 'disagreement' | 'interfaceLink';
  readonly id: Id;
  readonly change: HandoverChange;
  /** Why it is new or changed, in this order of weight. */
  readonly reasons: readonly HandoverReason[];
  readonly stood: HandoverPoint['stood'];
};

const changeOf = (isNew: boolean, reasons: readonly HandoverReason[]): HandoverChange =>
  isNew ? 'new' : reasons.length > 0 ? 'changed' : 'same';

type Since = { readonly last: Handover | undefined; readonly after: (at: Instant | null | undefined) => boolean };

/** Those in a bed by area and bed, then those who wait by the queue's order. */
const presentInOrder = (view: RecordView): readonly Encounter[] => {
  const present = [...view.list('encounter')].filter(isPresent);
  const place = ({ bedId }: Encounter): readonly [area: number, bed: number] => {
    const bed = bedId === null ? undefined : view.get('bed', bedId);
    return [(bed && view.get('area', bed.areaId)?.order) ?? 0, bed?.order ?? 0];
  };
  const lying = present
    .filter(({ bedId }) => bedId !== null)
    .sort((a, b) => {
      const [[areaA, bedA], [areaB, bedB]] = [place(a), place(b)];
      return areaA - areaB || bedA - bedB || (a.id < b.id ? -1 : 1);
    });
  return [...lying, ...triageQueue(present)];
};

const patientItems = (view: RecordView, { last, after }: Since): readonly HandoverItem[] => {
  const assessments = assessmentsByVisit(view.list('triageAssessment'));
  const notes = gathered(view.list('careNote'), ({ encounterId }) => encounterId);
  const tasks = gathered(view.list('task'), ({ encounterId }) => encounterId ?? '');
  const alarms = gathered(view.list('alarm'), ({ encounterId }) => encounterId ?? '');
  const before = new Map(last?.points.flatMap((point) => (point.about === 'patient' && point.id ? [[point.id, point]] : [])));
  const isTold = (alarm: Alarm): boolean => after(alarm.onsetAt) && (isOnBoard(alarm) || alarm.priority === 'high');
  const item = (encounter: Encounter): HandoverItem => {
    const { id, acuity, isolation, flags } = encounter;
    const score = visitNews2(view.get('patient', encounter.patientId), encounter, assessments.get(id) ?? []);
    const news2 = score.total;
    const told = before.get(id);
    const was = told?.stood;
    const isWorse = was && acuity !== null && (was.acuity === null || acuity < was.acuity);
    const happened: readonly (readonly [HandoverReason, boolean | null | undefined])[] = [
      ['level', isWorse],
      ['news2', was && news2 !== null && was.news2 !== null && news2 > was.news2],
      ['alarm', alarms.get(id)?.some(isTold)],
      ['isolation', was && isolation !== was.isolation],
      ['flag', was && flags.some((flag) => flag !== 'ISO' && !was.flags.includes(flag))],
      ['admitted', after(encounter.admitDecidedAt)],
      ['moved', encounter.moves.some(({ at }) => after(at)) || after(encounter.bedAssignedAt)],
      ['away', after(encounter.away?.since)],
      ['task', tasks.get(id)?.some(({ createdAt, ended }) => after(createdAt) || after(ended?.at))],
      ['note', notes.get(id)?.some(({ at }) => after(at))],
    ];
    const reasons = told ? happened.flatMap(([reason, isSo]) => (isSo ? [reason] : [])) : (['arrived'] as const);
    const bed = encounter.bedId === null ? null : (view.get('bed', encounter.bedId)?.label ?? null);
    const stood = {
      acuity,
      news2,
      news2AtLeast: news2 !== null && !score.complete,
      isolation,
      flags,
      bed,
      nurse: encounter.nurse,
    };
    return { about: 'patient', what: 'encounter', id, change: changeOf(!told, reasons), reasons, stood };
  };
  const left = [...before.keys()].flatMap((id): HandoverItem[] => {
    const encounter = view.get('encounter', id);
    if (!encounter || isPresent(encounter) || before.get(id)?.change === 'left') return [];
    return [{ about: 'patient', what: 'encounter', id, change: 'left', reasons: ['left'], stood: null }];
  });
  return [...presentInOrder(view).map(item), ...left];
};

const incidentItem = (incident: Incident, { after }: Since): HandoverItem => {
  const isNew = after(incident.callReceivedAt);
  const reasons: HandoverReason[] = isNew ? ['opened'] : [];
  if (!isNew && incident.events.some(({ at }) => after(at))) reasons.push('corrected');
  if (!isNew && incident.notes.some(({ at }) => after(at))) reasons.push('note');
  return { about: 'incident', what: 'incident', id: incident.id, change: changeOf(isNew, reasons), reasons, stood: null };
};

const alarmItem = ({ id, onsetAt }: Alarm, { after }: Since): HandoverItem => {
  const isNew = after(onsetAt);
  return { about: 'alarm', what: 'alarm', id, change: changeOf(isNew, []), reasons: isNew ? ['opened'] : [], stood: null };
};

const taskItem = ({ id, createdAt, dueAt }: Task, { after }: Since, now: Instant): HandoverItem => {
  const isNew = after(createdAt);
  // Due before the last handover it was overdue then already.
  const reasons: HandoverReason[] = dueAt !== null && dueAt < now && after(dueAt) ? ['overdue'] : [];
  if (isNew) reasons.push('opened');
  return { about: 'task', what: 'task', id, change: changeOf(isNew, reasons), reasons, stood: null };
};

const departmentItems = (view: RecordView, { after }: Since): readonly HandoverItem[] => {
  const item = (what: HandoverItem['what'], id: Id, since: Instant): HandoverItem => {
    const isNew = after(since);
    return { about: 'department', what, id, change: changeOf(isNew, []), reasons: isNew ? ['opened'] : [], stood: null };
  };
  const beds = [...view.list('bed')]
    .filter(({ retired, space, status }) => {
      if (retired) return false;
      // A capacity space is closed when all is well; what is told is that it is open.
      return space === 'capacity' ? status !== 'closed' : status === 'blocked' || status === 'closed';
    })
    .sort((a, b) => a.order - b.order || (a.label < b.label ? -1 : 1));
  return [
    ...[...view.list('surge')].flatMap(({ id, startedAt, ended }) => (ended ? [] : [item('surge', id, startedAt)])),
    ...[...view.list('interfaceLink')].flatMap(({ id, state, since, unresolved }) =>
      state === 'failed' || unresolved > 0 ? [item('interfaceLink', id, since)] : [],
    ),
    ...[...view.list('disagreement')].flatMap(({ id, at, ended }) => (ended ? [] : [item('disagreement', id, at)])),
    ...beds.map(({ id, since }) => item('bed', id, since)),
  ];
};

/**
 * What is to be spoken of at `now` against the last handover that both signed, in the order in which it is spoken; all is new
 * where there was none.
 */
export const handoverItems = (view: RecordView, last: Handover | undefined, now: Instant): readonly HandoverItem[] => {
  const since: Since = { last, after: (at) => at != null && (last === undefined || at > last.writtenAt) };
  const openTasks = [...view.list('task')]
    .filter(({ ended }) => ended === null)
    .sort((a, b) => (a.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.dueAt ?? Number.MAX_SAFE_INTEGER) || a.createdAt - b.createdAt);
  return [
    ...patientItems(view, since),
    ...openIncidents(view.list('incident')).map((incident) => incidentItem(incident, since)),
    ...alarmsInOrder(view.list('alarm')).map((alarm) => alarmItem(alarm, since)),
    ...openTasks.map((task) => taskItem(task, since, now)),
    ...departmentItems(view, since),
  ];
};
