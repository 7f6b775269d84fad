import type { Position } from '#domain/model/values.ts';
import type { ScreenPoint } from './engine/port.ts';

export type Camera = { readonly centre: Position; readonly zoom: number };
export type Size = { readonly width: number; readonly height: number };

const mercator = ([longitude, latitude]: Position): ScreenPoint => ({
  x: (longitude + 180) / 360,
  y: (180 - (180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360))) / 360,
});

/** How long a metre is on screen at the middle of the view, CSS pixels. */
export const pixelsPerMetre = ({ centre: [, latitude], zoom }: Camera): number =>
  (512 * 2 ** zoom) / (Math.cos((latitude * Math.PI) / 180) * 40_075_017);

/** Where positions stand on screen, CSS pixels from the top left: web Mercator, north up, flat, 512 px the world at zoom 0. */
export const projection = ({ centre, zoom }: Camera, { width, height }: Size): ((position: Position) => ScreenPoint) => {
  const world = 512 * 2 ** zoom;
  const middle = mercator(centre);
  return (position) => {
    const { x, y } = mercator(position);
    return { x: (x - middle.x) * world + width / 2, y: (y - middle.y) * world + height / 2 };
  };
};
