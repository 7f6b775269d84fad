/**
 * When things happen. Simulated time runs at the speed of the simulator; every time written into a record is real server
 * time. So at speed N a stay that takes three hours takes three hours divided by N, and the clocks on the boards, which
 * count server time, show just that. Nothing is planned ahead in records: for each thing in each state a length is drawn
 * when that state is first seen. A person who changes the state, or a restart, only causes a new draw.
 */
import type { Id } from '#domain/model/values.ts';

export type Schedule = {
  /** Whether the time drawn for this state of this thing is over; `minutes` draws it, in simulated minutes. */
  readonly isOver: (id: Id, state: string, minutes: () => number) => boolean;
  readonly forget: (id: Id) => void;
};

type Wait = { readonly state: string; readonly until: number };

/** A schedule over a simulated clock in milliseconds. */
export const createSchedule = (simulated: () => number): Schedule => {
  const waits = new Map<Id, Wait>();
  return {
    isOver: (id, state, minutes) => {
      let wait = waits.get(id);
      if (wait?.state !== state) {
        wait = { state, until: simulated() + minutes() * 60_000 };
        waits.set(id, wait);
      }
      return simulated() >= wait.until;
    },
    forget: (id) => void waits.delete(id),
  };
};

/** Share of the daily mean at each full hour, local time; between them it is interpolated. */
export type DailyCurve = readonly number[];

export const incidentCurve: DailyCurve = [
  0.75, 0.65, 0.6, 0.55, 0.55, 0.6, 0.75, 0.9, 1.05, 1.15, 1.2, 1.25, 1.25, 1.2, 1.15, 1.15, 1.15, 1.2, 1.25, 1.3, 1.3, 1.2, 1.05,
  0.9,
];
export const arrivalCurve: DailyCurve = [
  0.7, 0.6, 0.55, 0.55, 0.55, 0.6, 0.7, 0.85, 1.05, 1.25, 1.35, 1.35, 1.3, 1.2, 1.15, 1.15, 1.15, 1.2, 1.25, 1.25, 1.2, 1.1, 0.95,
  0.8,
];

/** A curve's value at an hour of the day, 0 to below 24. */
export const curveAt = (curve: DailyCurve, hour: number): number => {
  const before = Math.floor(hour) % 24;
  const share = hour - Math.floor(hour);
  return (curve[before] ?? 1) * (1 - share) + (curve[(before + 1) % 24] ?? 1) * share;
};
