import { type Address, writeAddresses } from './addresses.ts';
import { type Position, STEPS_PER_DEGREE } from './coordinates.ts';
import type { CityPlaces } from './places.ts';
import type { RoadClass } from './road-graph.ts';
import { type DrawnRoad, writeRoadGraph } from './road-graph-writer.ts';

/** A small made-up city in the same forms as a real one. */
export type SyntheticCity = {
  readonly roads: readonly DrawnRoad[];
  readonly roadGraph: Uint8Array;
  readonly addresses: Uint8Array;
  readonly places: CityPlaces;
};

const WEST = -56.25;
const SOUTH = -34.95;
const BLOCK = 0.0012;

/**
 * A city of crooked blocks of about 110 m, the same for the same seed: avenues, one-way streets, missing blocks,
 * bends, a house every 25 m or so. `seed` is any whole number; columns and rows count crossings and are 2 or more.
 */
export function syntheticCity(seed: number, columns = 12, rows = 10): SyntheticCity {
  const random = seededRandom(seed);
  const crossings = Array.from(
    { length: columns * rows },
    (_, i): Position => [
      WEST + ((i % columns) + (random() - 0.5) * 0.5) * BLOCK,
      SOUTH + (Math.floor(i / columns) + (random() - 0.5) * 0.5) * BLOCK,
    ],
  );
  const roads: DrawnRoad[] = [];
  const addresses: Address[] = [];
  const draw = (name: string, roadClass: RoadClass, oneWay: boolean, from: number, to: number) => {
    // One block in eight is not there: dead ends, detours and cut-off corners come of it.
    if (random() < 0.125) return;
    const [a, b] = [crossings[from] as Position, crossings[to] as Position];
    const bend = (random() - 0.5) * BLOCK * 0.4;
    const middle: Position = [(a[0] + b[0]) / 2 + bend, (a[1] + b[1]) / 2 + bend];
    const points = [a, middle, b].flat().map((degrees) => Math.round(degrees * STEPS_PER_DEGREE));
    roads.push({ name, roadClass, oneWay, points });
    for (let house = 1; house <= 4; house++) {
      const share = house / 5;
      const number = `${100 * (from % columns) + 10 * house}${random() < 0.1 ? ' BIS' : ''}`;
      const position: Position = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
      addresses.push({ street: name, number, position });
    }
  };
  for (let row = 0; row < rows; row++) {
    const avenue = row % 4 === 0;
    const oneWay = !avenue && random() < 0.5;
    const eastward = random() < 0.5;
    for (let column = 0; column + 1 < columns; column++) {
      const here = row * columns + column;
      const [from, to] = eastward ? [here, here + 1] : [here + 1, here];
      draw(`Street ${row + 1}`, avenue ? 'primary' : 'street', oneWay, from, to);
    }
  }
  for (let column = 0; column < columns; column++) {
    const avenue = column % 5 === 0;
    const oneWay = !avenue && random() < 0.5;
    for (let row = 0; row + 1 < rows; row++) {
      const here = row * columns + column;
      draw(`Cross ${column + 1}`, avenue ? 'secondary' : 'street', oneWay, here, here + columns);
    }
  }
  const at = (column: number, row: number) => {
    const [lon, lat] = crossings[row * columns + column] as Position;
    return { lon, lat };
  };
  const [right, top] = [columns - 1, rows - 1];
  return {
    roads,
    roadGraph: writeRoadGraph(roads),
    addresses: writeAddresses(addresses),
    places: {
      name: 'Synthetic City',
      bounds: [WEST - BLOCK, SOUTH - BLOCK, WEST + columns * BLOCK, SOUTH + rows * BLOCK],
      centre: [WEST + (right * BLOCK) / 2, SOUTH + (top * BLOCK) / 2],
      attribution: 'A made-up city',
      hospitals: [
        { name: 'Hospital North', ...at(right >> 1, top) },
        { name: 'Hospital South', ...at(right >> 1, 0) },
      ],
      stations: [
        { name: 'Base West', kind: 'ambulance', ...at(0, top >> 1) },
        { name: 'Fire Station East', kind: 'fire', ...at(right, top >> 1) },
      ],
      neighbourhoods: [{ name: 'Middle', ...at(right >> 1, top >> 1) }],
    },
  };
}

/** Numbers from 0 to below 1, the same row of them for the same seed (a 32-bit Weyl sequence, mixed). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
