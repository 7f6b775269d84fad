import type { BoardSettings } from '../model/board-settings.ts';
import type { Acuity, Encounter } from '../model/encounter.ts';
import type { Facility } from '../model/facility.ts';
import type { Instant } from '../model/values.ts';
import { isPresent } from './encounter-status.ts';
import { beddedAt } from './visit.ts';

/** noTarget: not triaged, or a site that is not known yet, so nothing says how long is too long. */
export type WaitState = 'noTarget' | 'within' | 'near' | 'over';
export type Wait = {
  /** milliseconds since arrival, or from arrival to bed */
  readonly waitedMs: number;
  readonly targetMs: number | null;
  /** milliseconds past the target, 0 when within */
  readonly overMs: number;
  readonly state: WaitState;
};
export type Retriage = {
  /** milliseconds until it is due, negative when overdue */
  readonly dueInMs: number;
  readonly state: 'notDue' | 'near' | 'due';
};

/** From this share of the target on, a wait is `near`: how a clock is drawn, the same for every target, so that one underline means one thing. */
export const nearShare = 0.75;

type Targets = Pick<Facility, 'triageTargetMinutes'>;

/** The site's target for a level, milliseconds from arrival to clinician. */
export const targetOf = (facility: Targets, acuity: Acuity): number => (facility.triageTargetMinutes[acuity - 1] ?? 0) * 60_000;

/** The wait of a patient against the target of the level, null where the site is not known; it stops when a bed is given. */
export const waitOf = (encounter: Encounter, facility: Targets | null, now: Instant): Wait => {
  const end = encounter.bedId === null ? (encounter.departedAt ?? now) : (beddedAt(encounter) ?? now);
  const waitedMs = Math.max(0, end - encounter.arrivedAt);
  if (encounter.acuity === null || facility === null) return { waitedMs, targetMs: null, overMs: 0, state: 'noTarget' };
  const targetMs = targetOf(facility, encounter.acuity);
  const state = waitedMs > targetMs ? 'over' : waitedMs >= targetMs * nearShare ? 'near' : 'within';
  return { waitedMs, targetMs, overMs: Math.max(0, waitedMs - targetMs), state };
};

/** When a waiting patient must be seen by triage again; null when never triaged, in a bed, or gone. */
export const retriageOf = (
  encounter: Encounter,
  { retriageNoticeMinutes }: Pick<BoardSettings, 'retriageNoticeMinutes'>,
  now: Instant,
): Retriage | null => {
  if (encounter.retriageDueAt === null || !isWaiting(encounter)) return null;
  const dueInMs = encounter.retriageDueAt - now;
  return { dueInMs, state: dueInMs <= 0 ? 'due' : dueInMs <= retriageNoticeMinutes * 60_000 ? 'near' : 'notDue' };
};

/** Whether the patient is in the department without a bed. */
export const isWaiting = (encounter: Encounter): boolean => isPresent(encounter) && encounter.bedId === null;

/** Who comes first: whoever nobody has triaged yet, because nobody knows how ill they are; then the level; then the arrival. */
export const compareWaiting = (a: Encounter, b: Encounter): number =>
  (a.acuity ?? 0) - (b.acuity ?? 0) || a.arrivedAt - b.arrivedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The triage queue: everyone who waits, in order. */
export const triageQueue = (encounters: Iterable<Encounter>): readonly Encounter[] =>
  [...encounters].filter(isWaiting).sort(compareWaiting);
