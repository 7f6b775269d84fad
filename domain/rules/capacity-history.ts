import type { CapacitySample } from '../model/capacity-sample.ts';
import type { RecordView } from '../model/record.ts';
import type { Id, Instant } from '../model/values.ts';
import { capacity } from './bed-board.ts';
import { isPresent } from './encounter-status.ts';
import { inboundTo, isOurs } from './inbound.ts';
import { nedocs, nedocsInputs } from './nedocs.ts';

/** How often the department is counted, milliseconds: at every full quarter of an hour. */
export const SAMPLE_EVERY = 15 * 60_000;

/** The newest count; undefined before the first. */
export const newestSample = (view: Pick<RecordView, 'list'>): CapacitySample | undefined => {
  let newest: CapacitySample | undefined;
  for (const sample of view.list('capacitySample')) if (!newest || sample.at > newest.at) newest = sample;
  return newest;
};

/** The department counted at `now`, with who came and went since the count before it, unless that was too long ago to say. */
export const sampleAt = (view: RecordView, now: Instant, id: Id, before: CapacitySample | undefined): CapacitySample => {
  const encounters = [...view.list('encounter')];
  const inbound = inboundTo(view, isOurs).length;
  const counts = capacity({ beds: view.list('bed'), encounters, inbound }, now);
  const [facility] = view.list('facility');
  const score = nedocs(nedocsInputs(facility, view.list('bed'), encounters, now));
  const since = before && now - before.at <= 2 * SAMPLE_EVERY ? before.at : null;
  const within = (at: Instant | null): boolean => since !== null && at !== null && at > since && at <= now;
  return {
    kind: 'capacitySample',
    id,
    at: now,
    staffed: counts.staffed,
    occupied: counts.occupied,
    present: encounters.filter(isPresent).length,
    waiting: counts.waiting,
    boarders: counts.boarders,
    inbound,
    nedocs: score.status === 'complete' ? score.value : null,
    arrivals: since === null ? null : encounters.filter(({ arrivedAt }) => within(arrivedAt)).length,
    departures: since === null ? null : encounters.filter(({ departedAt }) => within(departedAt)).length,
  };
};
