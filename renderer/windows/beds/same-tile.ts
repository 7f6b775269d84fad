/** When a tile need not be reckoned, and need not be drawn, again. */
import type { BedFacts, BedTile, MonitorState, SimilarPatient } from './tile.ts';

const sameMonitor = (one: MonitorState | null, other: MonitorState | null): boolean =>
  one?.state === other?.state && (one?.state === 'live' || one?.state === 'late' || one?.ageMs === other?.ageMs);

const sameSimilar = (one: readonly SimilarPatient[], other: readonly SimilarPatient[]): boolean =>
  one === other ||
  (one.length === other.length &&
    one.every(({ place, name }, index) => place === other[index]?.place && name === other[index]?.name));

/** Whether a tile at one moment is the same by both: a change in one of them shows nowhere else. */
export const sameFacts = (one: BedFacts, other: BedFacts): boolean =>
  (Object.keys(one) as (keyof BedFacts)[]).every((key) => key === 'monitor' || key === 'similar' || one[key] === other[key]) &&
  sameMonitor(one.monitor, other.monitor) &&
  sameSimilar(one.similar, other.similar);

/** Whether two tiles show the same. */
export const sameTile = (one: BedTile, other: BedTile): boolean =>
  (Object.keys(one) as (keyof BedTile)[]).every((key) => one[key] === other[key]);
