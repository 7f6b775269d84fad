import type { Bed } from '../model/bed.ts';
import type { Encounter } from '../model/encounter.ts';
import type { Instant } from '../model/values.ts';
import { isPresent } from './encounter-status.ts';
import { isWaiting } from './waiting.ts';

/**
 * The capacity strip. Durations are milliseconds; null where nobody waits. Retired beds are counted nowhere; corridor and capacity
 * spaces count from when they are opened, and until then stand in reserve: they are no bed that is out of use.
 */
export type Capacity = {
  readonly beds: number;
  /** closed spaces that may be opened when the department is full */
  readonly inReserve: number;
  /** beds that can hold a patient now or after cleaning: neither blocked nor closed */
  readonly staffed: number;
  readonly occupied: number;
  readonly available: number;
  readonly reserved: number;
  readonly notReady: { readonly total: number; readonly contaminated: number; readonly cleaning: number };
  readonly outOfUse: { readonly total: number; readonly blocked: number; readonly closed: number };
  readonly boarders: number;
  readonly longestBoardingMs: number | null;
  readonly waiting: number;
  readonly longestWaitMs: number | null;
  /** units that bring a patient here */
  readonly inbound: number;
  /** patients in a bed who should leave within `departureHorizon`, those overdue included */
  readonly expectedDepartures: number;
};

/** Whether a space exists only because the department is full: no bed that it has on a usual day. */
export const isSurgeSpace = ({ space }: Pick<Bed, 'space'>): boolean => space === 'corridor' || space === 'capacity';

const isReserve = (bed: Bed): boolean => isSurgeSpace(bed) && bed.status === 'closed';

/** How far ahead departures are counted, milliseconds: as far as the forecast looks (occupancy-forecast.ts), beside which they stand. */
export const departureHorizon = 4 * 3_600_000;

/** Counts of a department at `now`, from its whole set of records. */
export const capacity = (
  department: {
    readonly beds: Iterable<Bed>;
    readonly encounters: Iterable<Encounter>;
    /** crews on the way here (inbound.ts) */
    readonly inbound: number;
  },
  now: Instant,
): Capacity => {
  const spaces = [...department.beds].filter(({ retired }) => !retired);
  const beds = spaces.filter((bed) => !isReserve(bed));
  const count = (status: Bed['status']): number => beds.filter((bed) => bed.status === status).length;
  const present = [...department.encounters].filter(isPresent);
  const boarding = present.flatMap(({ admitDecidedAt }) => (admitDecidedAt === null ? [] : [now - admitDecidedAt]));
  const waits = present.filter(isWaiting).map(({ arrivedAt }) => now - arrivedAt);
  const longest = (spans: readonly number[]): number | null =>
    spans.length === 0 ? null : spans.reduce((a, b) => Math.max(a, b), 0);
  const [contaminated, cleaning, blocked, closed] = [count('contaminated'), count('cleaning'), count('blocked'), count('closed')];
  return {
    beds: beds.length,
    inReserve: spaces.length - beds.length,
    staffed: beds.length - blocked - closed,
    occupied: count('occupied'),
    available: count('available'),
    reserved: count('reserved'),
    notReady: { total: contaminated + cleaning, contaminated, cleaning },
    outOfUse: { total: blocked + closed, blocked, closed },
    boarders: boarding.length,
    longestBoardingMs: longest(boarding),
    waiting: waits.length,
    longestWaitMs: longest(waits),
    inbound: department.inbound,
    expectedDepartures: present.filter(
      ({ bedId, expectedDepartureAt }) =>
        bedId !== null && expectedDepartureAt !== null && expectedDepartureAt <= now + departureHorizon,
    ).length,
  };
};
