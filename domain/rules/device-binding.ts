/**
 * A monitor stands at a bed and goes on measuring while patients change. What it said before it was bound to a patient is of somebody
 * else, or of nobody, and never stands under this one: no number, no point of a trend, no cuff pressure.
 */
import type { Device } from '../model/device.ts';
import type { DeviceReading } from '../model/telemetry.ts';
import type { Instant } from '../model/values.ts';

/** How well a desk knows the hospital's time, milliseconds, on any network that is not late. */
const CLOCK_DOUBT_MS = 1_000;

type Received = DeviceReading & {
  readonly receivedAt: Instant;
  readonly trend: readonly (readonly [at: Instant, ...values: (number | null)[]])[];
};

/** What a monitor measured since it is bound as it is now; undefined when that is nothing yet. */
export const readingSinceBinding = <R extends Received>(
  { boundAt }: Pick<Device, 'boundAt'>,
  reading: R | undefined,
): R | undefined => {
  if (!reading || boundAt === null) return reading;
  // By the monitor's clock, and should that run ahead by the moment at which it came.
  if (reading.observedAt < boundAt || reading.receivedAt < boundAt - CLOCK_DOUBT_MS) return undefined;
  const isOldPressure = reading.pressureAt !== null && reading.pressureAt < boundAt;
  const [first] = reading.trend;
  if (!isOldPressure && (first === undefined || first[0] >= boundAt)) return reading;
  return {
    ...reading,
    ...(isOldPressure && { systolic: null, diastolic: null, pressureAt: null }),
    trend: reading.trend.filter(([at]) => at >= boundAt),
  };
};
