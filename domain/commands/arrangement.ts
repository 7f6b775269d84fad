import { z } from 'zod';
import { areaSchema } from '../model/area.ts';
import { bedSchema } from '../model/bed.ts';
import type { RecordView } from '../model/record.ts';
import { type Id, idSchema } from '../model/values.ts';
import type { AreaPlan } from '../rules/bed-arrangement.ts';
import { type Refusal, refuse } from './definition.ts';

/** A label or a name without blanks around it: ` B1` and `B1` must not be two beds. */
const trimmed = <S extends z.ZodString>(schema: S) => schema.regex(/^\S(.*\S)?$/);

export const areaPlanSchema = z.strictObject({
  name: trimmed(areaSchema.shape.name),
  code: trimmed(areaSchema.shape.code),
  layout: z.enum(['grid', 'free']),
  sex: z.enum(['any', 'female', 'male']),
});

/** A bed that does not exist yet. */
export const newBedSchema = z.strictObject({
  label: trimmed(bedSchema.shape.label),
  order: z.int(),
  cell: bedSchema.shape.cell.unwrap(),
  space: bedSchema.shape.space.unwrap(),
  single: z.boolean(),
});

export const plannedBedSchema = newBedSchema.extend({ bedId: idSchema, areaId: idSchema, retired: z.boolean() });

/** How many beds one arrangement may concern. */
export const mostBeds = 200;

/** A new bed as its area gets it: free, and clean. */
export const newBed = (id: Id, areaId: Id, plan: z.infer<typeof newBedSchema>, since: number) =>
  bedSchema.parse({
    kind: 'bed',
    id,
    areaId,
    ...plan,
    // A capacity space is there for the crowd: it is opened when it is wanted.
    status: plan.space === 'capacity' ? 'closed' : 'available',
    since,
    encounterId: null,
    reservation: null,
    note: null,
    until: null,
    equipment: [],
  });

/** The refusal where another area in use bears this name or code; undefined where none does. */
export const areaTwice = (view: RecordView, plan: Pick<AreaPlan, 'name' | 'code'>, areaId: Id | null): Refusal | undefined => {
  const inUse = new Set([...view.list('bed')].filter(({ retired }) => !retired).map((bed) => bed.areaId));
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  const other = [...view.list('area')].find(
    (area) => area.id !== areaId && inUse.has(area.id) && (same(area.name, plan.name) || same(area.code, plan.code)),
  );
  return other && refuse('conflict', 'areaTaken', { name: other.name, code: other.code });
};
