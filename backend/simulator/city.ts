import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Position } from '#domain/model/values.ts';
import type { Random } from '#domain/testing/random.ts';
import { addressAt, readAddresses } from '#geo/addresses.ts';
import { type CityPlaces, type Place, readPlaces } from '#geo/places.ts';
import { readRoadGraph } from '#geo/road-graph.ts';
import { createRouter, type Route } from '#geo/routing.ts';

/** A city to drive in: real streets, real doors. */
export type City = {
  readonly name: string;
  readonly centre: Position;
  readonly hospitals: readonly Place[];
  readonly stations: readonly Place[];
  readonly drawAddress: (random: Random) => { readonly text: string; readonly position: Position };
  /** The quickest way by road; undefined where the streets do not meet. */
  readonly route: (from: Position, to: Position) => Route | undefined;
};

/** A city from its files' bytes; throws GeoDataError when they are damaged. */
export const createCity = (files: {
  readonly roads: Uint8Array;
  readonly addresses: Uint8Array;
  readonly places: CityPlaces;
}): City => {
  const { name, centre, hospitals, stations } = files.places;
  const addresses = readAddresses(files.addresses);
  const router = createRouter(readRoadGraph(files.roads));
  if (addresses.count === 0 || hospitals.length === 0) throw new Error(`The city ${name} has no addresses or no hospital.`);
  return {
    name,
    centre,
    hospitals,
    stations: stations.length > 0 ? stations : hospitals,
    drawAddress: (random) => {
      const address = addressAt(addresses, random.int(0, addresses.count - 1));
      if (!address) throw new Error('An address is missing.');
      return { text: `${address.street} ${address.number}`, position: address.position };
    },
    route: router.route,
  };
};

/** Reads `roads.bin`, `addresses.bin` and `places.json` of a directory. */
export const readCity = (directory: string): City =>
  createCity({
    roads: readFileSync(join(directory, 'roads.bin')),
    addresses: readFileSync(join(directory, 'addresses.bin')),
    places: readPlaces(readFileSync(join(directory, 'places.json'), 'utf8')),
  });
