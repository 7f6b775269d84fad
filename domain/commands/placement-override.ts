import { z } from 'zod';
import type { Bed } from '../model/bed.ts';
import type { Encounter } from '../model/encounter.ts';
import type { RecordView } from '../model/record.ts';
import { lineSchema } from '../model/values.ts';
import { concernsAbout, placementConcerns } from '../rules/placement.ts';
import { type Refusal, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

/** What a person saw spoke against a bed, and why it is done all the same. */
export const overrideSchema = z
  .strictObject({ concerns: z.array(z.enum(placementConcerns)).max(placementConcerns.length), reason: lineSchema.min(1) })
  .optional();

/** The refusal where something speaks against the bed that nobody has overridden; undefined where nothing does. */
export const notOverridden = (
  view: RecordView,
  bed: Bed,
  encounter: Encounter,
  override: z.infer<typeof overrideSchema>,
): Refusal | undefined => {
  const concern = concernsAbout(view, bed, encounter).find((one) => !override?.concerns.includes(one));
  switch (concern) {
    case undefined:
      return undefined;
    case 'isolation':
      return refuse('conflict', 'needsIsolation', {
        bed: bed.label,
        kind: encounter.isolation === null ? '' : wordOf(`isolation.${encounter.isolation}`),
      });
    case 'sex':
      return refuse('conflict', 'areaOfOtherSex', {
        bed: bed.label,
        sex: wordOf(`sex.${view.get('area', bed.areaId)?.sex ?? 'any'}`),
      });
  }
};
