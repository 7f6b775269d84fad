import { z } from 'zod';
import { idSchema, lineSchema } from '../model/values.ts';
import { defineCommand, refuse } from './definition.ts';

/** A crew needs help, or no longer does. It overrides every other state of the unit until a person ends it with a reason. */
export const setEmergency = defineCommand({
  name: 'setEmergency',
  input: z.strictObject({ unitId: idSchema, emergency: z.boolean(), reason: lineSchema.min(1) }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { unitId, emergency, reason }, { issuedAt }) => {
    const unit = view.get('unit', unitId);
    if (!unit) return refuse('notFound', 'unknownUnit');
    if (unit.emergency === emergency)
      return refuse('alreadyDone', emergency ? 'unitInEmergency' : 'unitInNoEmergency', { unit: unit.callsign });
    return [
      emergency
        ? { ...unit, emergency, emergencySince: issuedAt, emergencyReason: reason }
        : { ...unit, emergency, emergencySince: null, emergencyReason: null, rollCallAnsweredAt: issuedAt },
    ];
  },
});
