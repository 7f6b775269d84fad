import type { Row } from '#contracts/wire/down.ts';
import { projectForDisplay } from '#domain/rules/projection.ts';
import type { Projection } from './device-tokens.ts';

/** The rows as a device of this projection may hold them. */
export const projectRows = (projection: Projection, rows: readonly Row[]): Row[] =>
  projection === 'desk' ? [...rows] : rows.map(({ rev, record }) => ({ rev, record: projectForDisplay(record) }));
