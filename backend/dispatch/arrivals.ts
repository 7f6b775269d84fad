/**
 * Arrivals that the hospital notes by itself, where the site says so. It alone hears every position, so that an arrival is
 * one act of one side with the moment of the position, not the race of the desks that saw it.
 */
import type { UnitFix } from '#domain/model/telemetry.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { type Approach, approachAfter, arrivalNoted } from '#domain/rules/arrival-watch.ts';
import { dispatchSettingsOf } from '#domain/rules/dispatch-defaults.ts';
import type { Core } from '../core/core.ts';
import type { Timers } from '../server/timers.ts';

const EVERY_MS = 1_000;

export type ArrivalWatch = {
  /** Looks at positions that go to the desks now. */
  readonly see: (fixes: readonly UnitFix[]) => void;
  readonly stop: () => void;
};

/** Notes once a second who has arrived, each in the audit trail with its position and source. */
export const watchArrivals = (
  core: Pick<Core, 'view' | 'commit' | 'audit'>,
  clock: () => Instant,
  timers: Pick<Timers, 'every'>,
): ArrivalWatch => {
  const approaches = new Map<Id, Approach>();
  const note = (approach: Approach): void => {
    const puts = arrivalNoted(core.view, approach);
    if (puts.length === 0) return;
    core.commit(puts);
    core.audit.note({
      actor: 'hospital',
      stationId: null,
      action: 'arrivedByPosition',
      subjects: puts.map(({ id }) => id),
      outcome: 'done',
      payload: { puts, first: approach.first },
    });
  };
  const stop = timers.every(EVERY_MS, () => {
    for (const [unitId, approach] of approaches) {
      if (!approach.isCertain) continue;
      note(approach);
      approaches.delete(unitId);
    }
  });
  return {
    see: (fixes) => {
      const { mode, metres } = dispatchSettingsOf(core.view).geofence;
      if (mode !== 'automatic') {
        approaches.clear();
        return;
      }
      const now = clock();
      for (const fix of fixes) {
        const received = { ...fix, receivedAt: now };
        const approach = approachAfter(approaches.get(fix.unitId) ?? null, core.view, received, metres, now);
        if (approach) approaches.set(fix.unitId, approach);
        else approaches.delete(fix.unitId);
      }
    },
    stop,
  };
};
