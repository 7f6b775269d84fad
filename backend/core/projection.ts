import type { VigilRecord } from '#domain/model/record.ts';
import { projectForDisplay } from '#domain/rules/projection.ts';

/** What of each row a device may hold. */
export const projections = ['desk', 'display'] as const;
export type Projection = (typeof projections)[number];

/** A record as a device of this projection may hold it; undefined for one it may not hold at all. */
export const projectRecord = (projection: Projection, record: VigilRecord): VigilRecord | undefined =>
  projection === 'desk' ? record : projectForDisplay(record);
