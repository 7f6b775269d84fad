export const speedUnits = ['km/h', 'm/s', 'knots'] as const;
export type SpeedUnit = (typeof speedUnits)[number];

const kilometresPerHour: Readonly<Record<SpeedUnit, number>> = { 'km/h': 1, 'm/s': 3.6, knots: 1.852 };

/** A speed in km/h; null for what says "unknown" by being negative or no number. */
export const kmhOf = (speed: number | null, unit: SpeedUnit): number | null =>
  speed === null || !Number.isFinite(speed) || speed < 0 ? null : Math.round(speed * kilometresPerHour[unit] * 10) / 10;

/** A course in degrees from north, 0 to below 360; null for what says "unknown" by being negative or no number. */
export const courseOf = (degrees: number | null): number | null =>
  degrees === null || !Number.isFinite(degrees) || degrees < 0 ? null : degrees % 360;

/** An estimate in metres; null for what says "unknown" by being zero, negative or no number. */
export const accuracyOf = (metres: number | null): number | null =>
  metres === null || !Number.isFinite(metres) || metres <= 0 ? null : metres;
