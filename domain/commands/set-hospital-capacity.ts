import { z } from 'zod';
import { bedCategories } from '../model/hospital.ts';
import { idSchema } from '../model/values.ts';
import { defineCommand, minutes, refuse } from './definition.ts';

/** Says how many beds of a category a hospital has free; null is "not told". */
export const setHospitalCapacity = defineCommand({
  name: 'setHospitalCapacity',
  input: z.strictObject({
    hospitalId: idSchema,
    category: z.enum(bedCategories),
    available: z.int().min(0).max(10_000).nullable(),
  }),
  roles: ['dispatcher', 'chargeNurse'],
  offline: { whenOffline: 'queue', expiresAfter: minutes(30) },
  apply: (view, { hospitalId, category, available }, { issuedAt }) => {
    const hospital = view.get('hospital', hospitalId);
    if (!hospital) return refuse('notFound', 'unknownHospital');
    const before = hospital.capacity.find((entry) => entry.category === category);
    const now = { category, available, baseline: before?.baseline ?? null, at: issuedAt };
    return [
      {
        ...hospital,
        capacity: before ? hospital.capacity.map((entry) => (entry === before ? now : entry)) : [...hospital.capacity, now],
      },
    ];
  },
});
