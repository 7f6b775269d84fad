import type { RecordView, VigilRecord } from '../model/record.ts';
import type { Instant } from '../model/values.ts';
import { dispatchSettingsOf } from './dispatch-defaults.ts';
import { isEmergency, rollCallOf } from './roll-call.ts';

/** What the passing of time alone does at a hospital, and why, as the audit trail says it. */
export type Due = { readonly put: VigilRecord; readonly action: 'rollCallsMissed' | 'divertEnded' };

/** What has become due by `now`: an emergency of a crew that missed its roll-calls, the end of a time-limited divert. */
export const dueByTime = (view: RecordView, now: Instant): readonly Due[] => {
  const { rollCall } = dispatchSettingsOf(view);
  const due: Due[] = [];
  for (const unit of view.list('unit')) {
    if (unit.emergency || !isEmergency(rollCallOf(unit, rollCall, now))) continue;
    const emergencyReason = 'The crew has not answered two roll-calls.';
    due.push({ action: 'rollCallsMissed', put: { ...unit, emergency: true, emergencySince: now, emergencyReason } });
  }
  for (const hospital of view.list('hospital')) {
    if (hospital.divert === null || hospital.divert.until > now) continue;
    due.push({ action: 'divertEnded', put: { ...hospital, emsTrafficStatus: 'normal', divert: null, statusSince: now } });
  }
  return due;
};
