import type { Position } from '#domain/model/values.ts';

const earthRadius = 6_371_000;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in metres (haversine, mean earth radius). */
export const straightLineMetres = ([fromLongitude, fromLatitude]: Position, [toLongitude, toLatitude]: Position): number => {
  const halfLatitude = Math.sin(radians(toLatitude - fromLatitude) / 2);
  const halfLongitude = Math.sin(radians(toLongitude - fromLongitude) / 2);
  const chord = halfLatitude ** 2 + Math.cos(radians(fromLatitude)) * Math.cos(radians(toLatitude)) * halfLongitude ** 2;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(chord)));
};

/** `840 m`, `2.1 km`, `18 km`. */
export const distanceText = (metres: number): string => {
  if (metres < 1000) return `${Math.round(metres / 10) * 10} m`;
  const kilometres = metres / 1000;
  return `${kilometres < 10 ? kilometres.toFixed(1) : Math.round(kilometres)} km`;
};

/** A round length for the scale bar that fits into `pixels`, and how many of them it takes. */
export const scaleBar = (metresPerPixel: number, pixels: number): { readonly metres: number; readonly pixels: number } => {
  const most = metresPerPixel * pixels;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power;
  return { metres, pixels: metres / metresPerPixel };
};
