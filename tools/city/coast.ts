/*
 * The shore of the Río de la Plata. OpenStreetMap draws the coastline of the sea far outside, so the extract has no
 * water along the city; but its mappers marked each way of the shore with the same note ("Please don't tag as
 * coastline …"). These ways, end to end, run from the western to the eastern edge of the extract with the water on
 * their right, and with the southern rim they close to one area of water.
 */
import { fromDegrees, type GridPoint, type Source, toDegrees } from './source.ts';

const SHORE_NOTE = /don't tag as coastline/i;
/** How far the water is drawn beyond the extract, in degrees: what is seen at its rim when the map is small. */
const MARGIN_DEGREES = 1.2;

/** The area of open water with the islands as holes, in degrees; undefined when the shore is not in one piece. */
export function openWater({ features, box }: Source): [lon: number, lat: number][][] | undefined {
  const shore = joinEndToEnd(features.filter(({ tags }) => SHORE_NOTE.test(tags.note ?? '')).flatMap(({ parts }) => parts));
  const first = shore?.[0];
  const last = shore?.at(-1);
  if (!shore || !first || !last || first.x !== box.west || last.x !== box.east) return undefined;
  const [west, westShore] = toDegrees(first);
  const [east, eastShore] = toDegrees(last);
  const south = toDegrees({ x: box.west, y: box.south })[1] - MARGIN_DEGREES;
  // Beyond the extract the shore is unknown and only drawn on in its direction: a straight cut would look wrong.
  const rim = [
    fromDegrees(east + 0.25, eastShore + 0.08),
    fromDegrees(east + MARGIN_DEGREES, eastShore + 0.06),
    fromDegrees(east + MARGIN_DEGREES, south),
    fromDegrees(west - MARGIN_DEGREES, south),
    fromDegrees(west - MARGIN_DEGREES, westShore + 0.3),
    fromDegrees(west - 0.07, westShore + 0.08),
  ];
  const islands = features
    .filter(({ tags, shape }) => shape === 'area' && tags.place === 'islet')
    .flatMap(({ parts }) => parts.slice(0, 1))
    .filter((part) => part[0] !== undefined && isInside(part[0], [...shore, ...rim]));
  return [[...shore, ...rim, first], ...islands].map((ring) => ring.map(toDegrees));
}

/** One line out of pieces that continue each other; undefined when they leave a gap or branch. */
function joinEndToEnd(pieces: readonly GridPoint[][]): GridPoint[] | undefined {
  const key = (point: GridPoint | undefined) => `${point?.x} ${point?.y}`;
  const byStart = new Map(pieces.map((piece) => [key(piece[0]), piece]));
  const ends = new Set(pieces.map((piece) => key(piece.at(-1))));
  const heads = pieces.filter((piece) => !ends.has(key(piece[0])));
  if (heads.length !== 1 || byStart.size !== pieces.length) return undefined;
  const line: GridPoint[] = [];
  let used = 0;
  for (let piece = heads[0]; piece; piece = byStart.get(key(piece.at(-1)))) {
    line.push(...(line.length > 0 ? piece.slice(1) : piece));
    used++;
  }
  return used === pieces.length ? line : undefined;
}

function isInside({ x, y }: GridPoint, ring: readonly GridPoint[]): boolean {
  let inside = false;
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length] as GridPoint;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  });
  return inside;
}
