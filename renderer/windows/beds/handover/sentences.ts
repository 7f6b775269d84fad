import { type HandoverPoint, type HandoverReason, longestFacts } from '#domain/model/handover.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import type { HandoverItem } from '#domain/rules/handover-items.ts';
import { ageAndSex, longName } from '../../../ui/person.ts';
import { clockText, spanText } from '../../../ui/time.ts';
import { writtenText } from '../../../ui/written-text.ts';
import { h } from './strings.ts';

type Said = readonly (string | null | false)[];
const joined = (said: Said): string => said.filter((part) => typeof part === 'string' && part !== '').join(' · ');

const bedLabel = (view: RecordView, id: string | null): string => (id === null ? '–' : (view.get('bed', id)?.label ?? '–'));

const patientFacts = (view: RecordView, { id, stood, change }: HandoverItem, now: Instant, zone: string | null): Said => {
  const encounter = view.get('encounter', id);
  if (!encounter) return ['–'];
  const patient = view.get('patient', encounter.patientId);
  const who = `${longName(patient)} ${ageAndSex(patient)}`.trim();
  if (change === 'left') {
    const at = encounter.departedAt === null ? '–' : clockText(encounter.departedAt, zone);
    return [who, h(`left_${encounter.disposition ?? 'unknown'}`, { time: at })];
  }
  const { acuity, bedId, place, away, complaint, admitDecidedAt, admitTo, isolation, nextStep, nurse, waitingFor } = encounter;
  const others = encounter.flags.filter((flag) => flag !== 'ISO');
  return [
    bedId === null ? (place ?? h('noBed')) : bedLabel(view, bedId),
    who,
    // What must not be lost stands before what may be long.
    h('level', { level: acuity ?? '–' }),
    stood?.news2 != null && h('news2', { total: `${stood.news2AtLeast ? '≥' : ''}${stood.news2}` }),
    isolation !== null && h(`isolation_${isolation}`),
    others.join(' '),
    nurse !== null && h('nurse', { name: nurse }),
    complaint,
    admitDecidedAt !== null && (admitTo === null ? h('admitted') : h('admittedTo', { ward: admitTo })),
    away && h('away', { to: away.to === '' ? '–' : away.to }),
    nextStep !== null && h('next_step', { step: nextStep }),
    waitingFor.length > 0 && h('waits', { what: waitingFor.map((what) => h(`waits_${what}`)).join(', ') }),
    h('stay', { span: spanText(now - encounter.arrivedAt) }),
  ];
};

const departmentFacts = (view: RecordView, { what, id }: HandoverItem, zone: string | null): Said => {
  if (what === 'surge') {
    const surge = view.get('surge', id);
    return surge ? [h('surge', { name: surge.name }), surge.actions.at(-1)?.text ?? null] : ['–'];
  }
  if (what === 'interfaceLink') {
    const link = view.get('interfaceLink', id);
    if (!link) return ['–'];
    return [
      h(`link_${link.state}`, { name: link.name }),
      link.trouble,
      link.unresolved > 0 && h('unresolved', { count: link.unresolved }),
    ];
  }
  if (what === 'disagreement') {
    const one = view.get('disagreement', id);
    return one
      ? [h('disagreement', { source: one.source, theirs: writtenText(one.theirs.text), ours: writtenText(one.ours.text) })]
      : ['–'];
  }
  const bed = view.get('bed', id);
  if (!bed) return ['–'];
  const state =
    bed.space === 'capacity' && bed.status !== 'blocked' ? 'spaceOpen' : bed.status === 'blocked' ? 'bedBlocked' : 'bedClosed';
  return [
    h(state, { bed: bed.label }),
    bed.note === null ? null : writtenText(bed.note),
    bed.until !== null && h('until', { time: clockText(bed.until, zone) }),
  ];
};

const factsOf = (view: RecordView, item: HandoverItem, now: Instant, zone: string | null): Said => {
  switch (item.about) {
    case 'patient':
      return patientFacts(view, item, now, zone);
    case 'incident': {
      const incident = view.get('incident', item.id);
      if (!incident) return ['–'];
      const { number, category, priority, address, patientSummary, callReceivedAt } = incident;
      return [
        number,
        h('priority', { priority }),
        category,
        address,
        patientSummary,
        h('called', { time: clockText(callReceivedAt, zone) }),
      ];
    }
    case 'alarm': {
      const alarm = view.get('alarm', item.id);
      if (!alarm) return ['–'];
      const value = alarm.value === null ? '' : ` ${alarm.value}`;
      return [
        bedLabel(view, alarm.bedId),
        `${alarm.label}${value}`,
        h(`alarm_${alarm.state}`, { name: alarm.acknowledgedBy?.name ?? '–' }),
        h('sinceTime', { time: clockText(alarm.onsetAt, zone) }),
      ];
    }
    case 'task': {
      const task = view.get('task', item.id);
      if (!task) return ['–'];
      const visit = task.encounterId === null ? undefined : view.get('encounter', task.encounterId);
      return [
        task.text,
        visit ? longName(view.get('patient', visit.patientId)) : null,
        task.owner,
        task.dueAt !== null && h('due', { time: clockText(task.dueAt, zone) }),
      ];
    }
    case 'department':
      return departmentFacts(view, item, zone);
  }
};

/** The facts of an item in one line, in the language of this window; one that is too long for a record ends in "…". */
export const factsText = (view: RecordView, item: HandoverItem, now: Instant, zone: string | null): string => {
  const text = joined(factsOf(view, item, now, zone));
  return text.length <= longestFacts ? text : `${text.slice(0, longestFacts - 1)}…`;
};

/** What is said of a group: `7 changed, 3 new, 2 left, 21 as before`; kinds that do not occur are left out. */
export const countsText = (points: readonly Pick<HandoverPoint, 'change'>[]): string => {
  const of = (change: HandoverPoint['change']): number => points.filter((point) => point.change === change).length;
  return (['changed', 'new', 'left', 'same'] as const)
    .flatMap((change) => (of(change) === 0 ? [] : [h(`count_${change}`, { count: of(change) })]))
    .join(', ');
};

/** Why a point is new or changed: `NEWS2 higher, moved`; empty when the change says it all. */
export const reasonsText = ({
  change,
  reasons,
}: Pick<HandoverPoint, 'change'> & { readonly reasons: readonly HandoverReason[] }): string =>
  change === 'left' ? '' : reasons.map((reason) => h(`reason_${reason}`)).join(', ');
