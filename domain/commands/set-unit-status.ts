import { z } from 'zod';
import { unitSchema } from '../model/unit.ts';
import { idSchema, lineSchema } from '../model/values.ts';
import { unitReported } from '../rules/unit-report.ts';
import { defineCommand } from './definition.ts';

/** Records what a unit reported, with the time of the report. A fact: it waits for ever, and a late one fills its time only. */
export const setUnitStatus = defineCommand({
  name: 'setUnitStatus',
  input: z.strictObject({
    unitId: idSchema,
    status: unitSchema.shape.status,
    /** Needed for out of service, read for nothing else. */
    reason: lineSchema.nullable(),
  }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, report, { issuedAt }) => unitReported(view, report, issuedAt),
});
