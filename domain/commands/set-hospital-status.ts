import { z } from 'zod';
import { hospitalSchema } from '../model/hospital.ts';
import { idSchema, instantSchema, lineSchema } from '../model/values.ts';
import { defineCommand, minutes, refuse } from './definition.ts';

const { emsTrafficStatus, emsOffload, offloadDelayMinutes } = hospitalSchema.shape;

/** Says whether a hospital takes ambulances, and how long they wait there. Turning them away needs a reason and an end. */
export const setHospitalStatus = defineCommand({
  name: 'setHospitalStatus',
  input: z.strictObject({
    hospitalId: idSchema,
    emsTrafficStatus,
    emsOffload,
    offloadDelayMinutes,
    /** Needed for all but `normal`. */
    divert: z.strictObject({ reason: lineSchema.min(1), until: instantSchema }).nullable(),
  }),
  roles: ['dispatcher', 'chargeNurse'],
  offline: { whenOffline: 'queue', expiresAfter: minutes(30) },
  apply: (view, { hospitalId, divert, ...status }, { issuedAt, author }) => {
    const hospital = view.get('hospital', hospitalId);
    if (!hospital) return refuse('notFound', 'unknownHospital');
    const restricts = status.emsTrafficStatus === 'advisory' || status.emsTrafficStatus === 'closed';
    if (restricts && divert === null) return refuse('malformed', 'divertNeedsReason');
    if (divert && divert.until <= issuedAt) return refuse('malformed', 'endHasPassed');
    return [{ ...hospital, ...status, statusSince: issuedAt, divert: restricts && divert ? { ...divert, by: author } : null }];
  },
});
