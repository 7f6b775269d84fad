/**
 * The days before the first day of a simulated hospital, counted as a hospital counts itself: arrivals follow the hours of the day,
 * each patient stays some hours, and no two days are alike. Without them nothing could be said of a usual day for three days.
 */
import type { CapacitySample } from '#domain/model/capacity-sample.ts';
import { SAMPLE_EVERY } from '#domain/rules/capacity-history.ts';
import { nedocs } from '#domain/rules/nedocs.ts';
import { arrivalCurve, curveAt } from './schedule.ts';
import type { World } from './world.ts';

const DAYS = 8;
const STEPS_AN_HOUR = 3_600_000 / SAMPLE_EVERY;
/** Patients leave at this rate an hour: a mean stay of four hours. */
const LEAVING = 1 / 4;

/** Writes the counts of eight past days, ending with what is there now; `usually` are present where nobody is yet. */
export const startPast = (world: World, usually: number): void => {
  const random = world.random.fork('past');
  const { view, put, now } = world;
  const [hospital] = view.list('facility');
  const allBeds = [...view.list('bed')].length;
  const beds = [...view.list('bed')].filter(({ status }) => status !== 'blocked' && status !== 'closed').length;
  const mean = Math.max(1, [...view.list('encounter')].length || usually);
  const last = Math.floor(now() / SAMPLE_EVERY) - 1;
  let present = mean;
  let busy = 1;
  for (let step = last - DAYS * 24 * STEPS_AN_HOUR; step <= last; step += 1) {
    const hour = ((step / STEPS_AN_HOUR) % 24) - 3;
    if (step % (24 * STEPS_AN_HOUR) === 0) busy = 0.85 + random.next() * 0.3;
    const coming = (mean * LEAVING * curveAt(arrivalCurve, (hour + 24) % 24) * busy) / STEPS_AN_HOUR;
    const arrivals = Math.floor(coming) + (random.next() < coming % 1 ? 1 : 0) + random.pick([0, 0, 0, 1, -1]);
    const leaving = (present * LEAVING) / STEPS_AN_HOUR;
    const departures = Math.min(present, Math.floor(leaving) + (random.next() < leaving % 1 ? 1 : 0));
    present += Math.max(0, arrivals) - departures;
    const occupied = Math.min(beds, Math.round(present * 0.7));
    const boarders = Math.round(occupied * 0.12);
    const waiting = present - occupied;
    const score = nedocs({
      patients: present,
      edBeds: allBeds,
      boarders,
      hospitalBeds: hospital?.hospitalBeds ?? null,
      ventilated: 1,
      longestAdmitHours: boarders,
      lastBedHours: waiting / 8,
    });
    const sample: CapacitySample = {
      kind: 'capacitySample',
      id: random.id(),
      at: step * SAMPLE_EVERY,
      staffed: beds,
      occupied,
      present,
      waiting,
      boarders,
      inbound: random.int(0, 3),
      nedocs: score.status === 'complete' ? score.value : null,
      arrivals: Math.max(0, arrivals),
      departures,
    };
    put(sample);
  }
};
