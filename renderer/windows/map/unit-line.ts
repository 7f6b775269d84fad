/** The one line under a callsign. Pure. */
import type { Assignment } from '#domain/model/assignment.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Instant } from '#domain/model/values.ts';
import { clockAheadMs, type Freshness } from '#domain/rules/freshness.ts';
import { isFree } from '#domain/rules/unit-status.ts';
import type { ReceivedFix } from '../../state/store.ts';
import { spanText } from '../../ui/time.ts';
import type { Limits } from './situation.ts';
import { m } from './strings.ts';
import { statusName } from './words.ts';

/** A unit with what is known of where it is and what it does. */
export type PlacedUnit = {
  readonly unit: Unit;
  readonly fix: ReceivedFix;
  readonly fresh: Freshness;
  readonly assignment: Assignment | undefined;
  /** Of its status. */
  readonly limits: Limits | null;
};
export type Words = { readonly sub: string; readonly late: boolean };

/** What needs someone first, else how long or when. */
export const unitLine = ({ unit, fix, fresh, assignment, limits }: PlacedUnit, now: Instant, cutOff: boolean): Words => {
  if (unit.emergency) return { sub: m('emergency'), late: true };
  if (fresh.state === 'lost') return { sub: m('fixLost', { span: spanText(fresh.ageMs) }), late: !cutOff };
  if (fresh.state === 'stale' || cutOff)
    return { sub: m('fixAge', { span: spanText(fresh.ageMs) }), late: fresh.state === 'stale' && !cutOff };
  if (fresh.skewed) return { sub: m('clockSkew', { span: spanText(clockAheadMs(fix)) }), late: true };
  const inStatus = now - unit.statusSince;
  const late = unit.delayed || (limits !== null && inStatus > limits.alert);
  if (unit.status === 'offloading') return { sub: m('offloadFor', { span: spanText(inStatus) }), late };
  if (unit.status === 'transporting' && assignment?.etaAt) {
    const left = assignment.etaAt - now;
    return left >= 0 ? { sub: m('etaIn', { span: spanText(left) }), late: unit.delayed } : { sub: m('etaPassed'), late: true };
  }
  if (unit.status === 'outOfService') return { sub: unit.outOfServiceReason ?? statusName('outOfService'), late: false };
  if (isFree(unit.status))
    return {
      sub: unit.restingUntil !== null && unit.restingUntil > now ? m('resting', { span: spanText(unit.restingUntil - now) }) : '',
      late: false,
    };
  return { sub: unit.delayed ? `${m('delayed')} ${spanText(inStatus)}` : spanText(inStatus), late };
};
