import type { BoardSettings } from '#domain/model/board-settings.ts';
import type { RecordView, VigilRecord } from '#domain/model/record.ts';
import { boardSettingsOf } from '#domain/rules/board-defaults.ts';
import { projectForDisplay } from '#domain/rules/projection.ts';

/** What of each row a device may hold. */
export const projections = ['desk', 'display'] as const;
export type Projection = (typeof projections)[number];

/** What the displays of a site show of who a patient is. */
export type DisplaysShow = BoardSettings['wall']['displays'];
/** As the site of these records has it. */
export const displaysShow = (view: Pick<RecordView, 'list'>): DisplaysShow => boardSettingsOf(view).wall.displays;

/** A record as a device of this projection may hold it; undefined for one it may not hold at all. */
export const projectRecord = (projection: Projection, record: VigilRecord, shows: DisplaysShow): VigilRecord | undefined =>
  projection === 'desk' ? record : projectForDisplay(record, shows);
