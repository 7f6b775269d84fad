import type { Addresses } from '../addresses.ts';
import { haversineMetres, type Position, STEPS_PER_DEGREE } from '../coordinates.ts';

/** A house that was found in a street: the index of its address, and whether it has the number that was asked for. */
export type House = { readonly address: number; readonly exact: boolean };

/** The same number at two places further apart than this is two houses, metres. */
const ANOTHER_HOUSE = 120;

const pointOf = (addresses: Addresses, address: number): Position => [
  (addresses.points[address * 2] as number) / STEPS_PER_DEGREE,
  (addresses.points[address * 2 + 1] as number) / STEPS_PER_DEGREE,
];

/** The first address of a street with this number or above; the end of the street when there is none. */
const firstFrom = (addresses: Addresses, street: number, number: number): number => {
  let low = addresses.firstOfStreet[street] as number;
  let high = addresses.firstOfStreet[street + 1] as number;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((addresses.houseNumbers[middle] as number) < number) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * The houses of a street (its index) with this number and suffix (folded, empty for none). Without such a house that with the
 * nearest number, on the same side of the street where two are as near. Several only where a number stands at distant places.
 */
export function findHouses(addresses: Addresses, street: number, number: number, suffix: string): House[] {
  const { houseNumbers, houseSuffixes, suffixes } = addresses;
  const begin = addresses.firstOfStreet[street] as number;
  const end = addresses.firstOfStreet[street + 1] as number;
  if (begin === end) return [];
  const first = firstFrom(addresses, street, number);
  if (houseNumbers[first] !== number || first === end) {
    // Of several at one number the plain one stands first.
    const below = first > begin ? firstFrom(addresses, street, houseNumbers[first - 1] as number) : first;
    const above = first < end ? first : below;
    const [down, up] = [number - (houseNumbers[below] as number), (houseNumbers[above] as number) - number];
    const evenDown = down % 2 === 0;
    const isBelow = below !== above && (Math.abs(down) < Math.abs(up) || (Math.abs(down) === Math.abs(up) && evenDown));
    return [{ address: isBelow ? below : above, exact: false }];
  }
  const same: number[] = [];
  for (let address = first; address < end && houseNumbers[address] === number; address++) same.push(address);
  const suffixOf = (address: number): string => (suffixes[houseSuffixes[address] as number] as string).toLowerCase();
  const wanted = same.filter((address) => suffixOf(address) === suffix);
  const houses: number[] = [];
  for (const address of wanted.length > 0 ? wanted : same) {
    const isOther = houses.every(
      (house) => haversineMetres(pointOf(addresses, house), pointOf(addresses, address)) > ANOTHER_HOUSE,
    );
    if (isOther) houses.push(address);
  }
  return houses.map((address) => ({ address, exact: wanted.length > 0 }));
}

/** The address of a street (its index) nearest to a position, or without one that in the middle of its numbers; undefined for a street without any. */
export function houseFor(addresses: Addresses, street: number, near: Position | undefined): number | undefined {
  const begin = addresses.firstOfStreet[street] as number;
  const end = addresses.firstOfStreet[street + 1] as number;
  if (begin === end) return undefined;
  let best = (begin + end) >> 1;
  if (!near) return best;
  let least = Number.POSITIVE_INFINITY;
  for (let address = begin; address < end; address++) {
    const metres = haversineMetres(near, pointOf(addresses, address));
    if (metres < least) [least, best] = [metres, address];
  }
  return best;
}
