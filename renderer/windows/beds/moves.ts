/**
 * What it means to bring somebody to a bed, the same for a pointer, a touch and the keyboard: decided here before it is done, so that
 * a person sees what will happen. The command decides again.
 */
import type { CommandInput } from '#domain/commands/registry.ts';
import type { Bed } from '#domain/model/bed.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { holdIsOver, isHeldFor } from '#domain/rules/bed-hold.ts';
import { isPresent } from '#domain/rules/encounter-status.ts';
import { concernsAbout, type PlacementConcern } from '#domain/rules/placement.ts';

/** Somebody on the way to a bed: a visit, a visit for which the bed is only to be held, or the crew for whose patient it is. */
export type Moved = { readonly kind: 'visit' | 'held' | 'crew'; readonly id: Id };

/** What speaks against one patient in one bed. */
export type Concern = { readonly concern: PlacementConcern; readonly bed: Bed; readonly encounter: Encounter };

export type MovePlan =
  | {
      readonly kind: 'assign' | 'transfer';
      readonly bed: Bed;
      readonly encounter: Encounter;
      readonly from: Bed | undefined;
      readonly concerns: readonly Concern[];
    }
  | {
      readonly kind: 'swap';
      readonly bed: Bed;
      readonly encounter: Encounter;
      readonly from: Bed;
      readonly other: Encounter;
      readonly concerns: readonly Concern[];
    }
  | { readonly kind: 'hold'; readonly bed: Bed; readonly assignmentId: Id }
  | { readonly kind: 'holdFor'; readonly bed: Bed; readonly encounter: Encounter }
  | { readonly kind: 'none'; readonly bed: Bed | undefined; readonly why: 'unknown' | 'gone' | 'same' | 'notFree' | 'occupied' };

const concernsOf = (view: RecordView, bed: Bed, encounter: Encounter): readonly Concern[] =>
  concernsAbout(view, bed, encounter).map((concern) => ({ concern, bed, encounter }));

/** What bringing somebody to this bed would do at `now`. */
export const planMove = (view: RecordView, moved: Moved, bedId: Id, now: Instant): MovePlan => {
  const bed = view.get('bed', bedId);
  if (!bed || bed.retired) return { kind: 'none', bed, why: 'unknown' };
  const isFree = bed.status === 'available' || holdIsOver(bed, now);
  if (moved.kind === 'crew') {
    return isFree ? { kind: 'hold', bed, assignmentId: moved.id } : { kind: 'none', bed, why: 'notFree' };
  }
  const encounter = view.get('encounter', moved.id);
  if (!encounter) return { kind: 'none', bed, why: 'unknown' };
  if (!isPresent(encounter)) return { kind: 'none', bed, why: 'gone' };
  if (encounter.bedId === bedId) return { kind: 'none', bed, why: 'same' };
  if (moved.kind === 'held') return isFree ? { kind: 'holdFor', bed, encounter } : { kind: 'none', bed, why: 'notFree' };
  const from = encounter.bedId === null ? undefined : view.get('bed', encounter.bedId);
  if (bed.status === 'occupied') {
    const other = bed.encounterId === null ? undefined : view.get('encounter', bed.encounterId);
    if (!from || !other) return { kind: 'none', bed, why: 'occupied' };
    const concerns = [...concernsOf(view, bed, encounter), ...concernsOf(view, from, other)];
    return { kind: 'swap', bed, encounter, from, other, concerns };
  }
  if (!isFree && !isHeldFor(view, bed, encounter)) return { kind: 'none', bed, why: 'notFree' };
  return { kind: from ? 'transfer' : 'assign', bed, encounter, from, concerns: concernsOf(view, bed, encounter) };
};

/** The beds where nobody lies that somebody can be brought to at `now`, or that can be held for them: where a hand goes next. */
export const bedsOpenTo = (view: RecordView, moved: Moved, now: Instant): ReadonlySet<Id> => {
  const open = new Set<Id>();
  for (const bed of view.list('bed'))
    if (bed.status !== 'occupied' && planMove(view, moved, bed.id, now).kind !== 'none') open.add(bed.id);
  return open;
};

/** Whether a person is asked before it is done: where two patients move, and where a rule of the department speaks against it. */
export const isAsked = (plan: MovePlan): boolean => plan.kind === 'swap' || ('concerns' in plan && plan.concerns.length > 0);

/** The override of what speaks against a plan; nothing where nothing does. */
export const overrideOf = (
  plan: Extract<MovePlan, { concerns: unknown }>,
  reason: string,
): Pick<CommandInput<'assignBed'>, 'override'> =>
  plan.concerns.length === 0 ? {} : { override: { concerns: [...new Set(plan.concerns.map(({ concern }) => concern))], reason } };
