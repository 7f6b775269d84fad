import type { Id } from '#domain/model/values.ts';
import { recordsOf } from '../../state/store.ts';
import type { InboundRow } from '../../ui/inbound/rows.ts';
import { shortName } from '../../ui/person.ts';
import { t } from '../../ui/translate.ts';
import type { Department } from './department.ts';
import type { Concern, Moved, MovePlan } from './moves.ts';
import { b } from './strings.ts';
import { similarText } from './tile.ts';
import type { GhostText } from './use-drag.tsx';

/** The name of the patient of a visit, `–` for one this desk does not know. */
export const nameOfVisit = ({ tables }: Pick<Department, 'tables'>, encounterId: Id): string => {
  const visit = tables.encounter.get(encounterId)?.record;
  return shortName(visit && tables.patient.get(visit.patientId)?.record);
};

/** What speaks against a patient in a bed, as a sentence. */
export const concernText = (department: Department, { concern, bed, encounter }: Concern): string =>
  concern === 'isolation'
    ? b('concern.isolation', {
        name: nameOfVisit(department, encounter.id),
        kind: encounter.isolation === null ? b('isolationUnknown') : b(`isolation.${encounter.isolation}`),
        bed: bed.label,
      })
    : b('concern.sex', {
        bed: bed.label,
        sex: b(
          recordsOf(department.tables, 'area').find(({ id }) => id === bed.areaId)?.sex === 'male' ? 'sex.male' : 'sex.female',
        ),
      });

/** Why nothing is done. */
export const obstacleText = (plan: Extract<MovePlan, { kind: 'none' }>): string => {
  const bed = plan.bed?.label ?? '–';
  return plan.why === 'notFree' && plan.bed
    ? t('beds.notFree', { bed, status: t(`beds.status.${plan.bed.status}`).toLowerCase() })
    : b(`obstacle.${plan.why}`, { bed });
};

/** `B12 ← Moreau, L`: what a plan does. */
export const planText = (
  department: Department,
  plan: Exclude<MovePlan, { kind: 'none' }>,
  inbound: readonly InboundRow[],
): string => {
  if (plan.kind === 'hold') {
    const callsign = inbound.find((row) => row.inbound.assignment.id === plan.assignmentId)?.inbound.unit.callsign ?? '–';
    return b('plan.hold', { bed: plan.bed.label, callsign });
  }
  const name = nameOfVisit(department, plan.encounter.id);
  if (plan.kind === 'holdFor') return b('plan.holdFor', { bed: plan.bed.label, name });
  if (plan.kind === 'swap') {
    return b('plan.swap', { bed: plan.bed.label, from: plan.from.label, name, other: nameOfVisit(department, plan.other.id) });
  }
  return t('beds.did.assigned', { bed: plan.bed.label, name });
};

/** What must be known before a plan is done: what speaks against it, who has a similar name, what becomes of the bed that is left. */
export const planWarnings = (department: Department, plan: Exclude<MovePlan, { kind: 'none' }>): readonly string[] => {
  if (plan.kind === 'hold') return [];
  const visits = plan.kind === 'swap' ? [plan.encounter, plan.other] : [plan.encounter];
  const concerns = plan.kind === 'holdFor' ? [] : plan.concerns;
  return [
    ...concerns.map((concern) => concernText(department, concern)),
    ...visits.map(({ id }) => similarText(department.similar.get(id) ?? [])).filter((text) => text !== ''),
  ];
};

/** What the ghost of a drag says. */
export const ghostText = (
  department: Department,
  moved: Moved,
  plan: MovePlan | null,
  inbound: readonly InboundRow[],
): GhostText => {
  if (!plan || (plan.kind === 'none' && plan.why === 'same')) {
    const callsign = inbound.find((row) => row.inbound.assignment.id === moved.id)?.inbound.unit.callsign;
    return { text: callsign ?? nameOfVisit(department, moved.id), detail: b('ghost.drop'), tone: 'done' };
  }
  if (plan.kind === 'none') return { text: nameOfVisit(department, moved.id), detail: obstacleText(plan), tone: 'no' };
  const warnings = planWarnings(department, plan);
  const left = plan.kind === 'transfer' && plan.from ? [b('plan.left', { bed: plan.from.label })] : [];
  return {
    text: planText(department, plan, inbound),
    detail: [...warnings, ...left].join(' · '),
    tone: warnings.length > 0 ? 'asked' : 'done',
  };
};
