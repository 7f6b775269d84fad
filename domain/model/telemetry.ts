import { z } from 'zod';
import { idSchema, instantSchema, positionSchema, shortTextSchema } from './values.ts';

/** A unit's position fix. Lossy and latest-wins: never in the log. */
export const unitFixSchema = z.strictObject({
  unitId: idSchema,
  position: positionSchema,
  /** degrees clockwise from north, null when standing */
  heading: z.number().min(0).max(360).nullable(),
  /** km/h */
  speed: z.number().min(0).nullable(),
  /** the source's own clock; the moment of its arrival at the hospital when that clock ran ahead */
  observedAt: instantSchema,
  /** what reported it, in the site's words: "vehicle", "crew phone", "replay"; absent when nobody said */
  source: shortTextSchema(40).optional(),
  /** milliseconds by which the source's clock ran ahead of the hospital's; absent when it did not */
  skewMs: z.int().positive().optional(),
  /** metres within which the unit is, as the source estimates; absent when it did not say */
  accuracy: z.number().min(0).optional(),
});
export type UnitFix = z.infer<typeof unitFixSchema>;

/** A monitor's numbers at one moment; null is "not measured", never zero. */
export const deviceReadingSchema = z.strictObject({
  deviceId: idSchema,
  observedAt: instantSchema,
  /** /min */ heartRate: z.number().nullable(),
  /** % */ spo2: z.number().nullable(),
  /** /min */ respiratoryRate: z.number().nullable(),
  /** mmHg */ systolic: z.number().nullable(),
  /** mmHg */ diastolic: z.number().nullable(),
  /** °C */ temperature: z.number().nullable(),
  /** when the cuff last measured */ pressureAt: instantSchema.nullable(),
});
export type DeviceReading = z.infer<typeof deviceReadingSchema>;
