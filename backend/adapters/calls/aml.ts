/**
 * Advanced Mobile Location over HTTPS: a telephone that rings an emergency number posts a form with where it is. Read are the
 * fields that this hospital uses; ETSI TS 103 625 gives the same facts for SMS.
 */
import { z } from 'zod';
import type { Call } from '#domain/model/call.ts';
import type { Instant } from '#domain/model/values.ts';

export type AmlReport = {
  readonly phone: string;
  readonly location: NonNullable<Call['location']>;
  readonly locatedAt: Instant;
};

const number = (least: number, most: number) =>
  z
    .string()
    .trim()
    .regex(/^-?\d{1,15}(\.\d{1,15})?$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));

const formSchema = z.object({
  device_number: z.string().trim().min(3).max(32),
  location_latitude: number(-90, 90),
  location_longitude: number(-180, 180),
  /** milliseconds since 1970 */
  location_time: number(0, 1e13),
  /** metres */
  location_accuracy: number(0, 1e7).optional(),
});

/** Reads a posted form; the sentence says which field is wrong. A clock that runs ahead of `now` counts as now. */
export const readAml = (form: URLSearchParams, now: Instant): AmlReport | { readonly problem: string } => {
  const parsed = formSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { problem: `The field ${parsed.error.issues[0]?.path.join('.') ?? ''} is missing or wrong.` };
  const { device_number, location_latitude, location_longitude, location_time, location_accuracy } = parsed.data;
  return {
    phone: device_number,
    locatedAt: Math.min(now, Math.round(location_time)),
    location: {
      position: [location_longitude, location_latitude],
      uncertaintyMetres: location_accuracy ?? null,
      source: 'aml',
    },
  };
};
