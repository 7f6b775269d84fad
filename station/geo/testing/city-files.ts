import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SyntheticCity, syntheticCity } from '#geo/synthetic.ts';
import type { CityPlace } from '../city-thread.ts';

/** The source of the city's thread. */
export const cityThreadSource = new URL('../worker.ts', import.meta.url);

/** The files of a made-up city in a new directory, which the caller removes. */
export const writeCityFiles = (seed = 1): { readonly city: SyntheticCity; readonly place: CityPlace } => {
  const city = syntheticCity(seed);
  const directory = mkdtempSync(join(tmpdir(), 'vigil-city-'));
  writeFileSync(join(directory, 'roads.bin'), city.roadGraph);
  writeFileSync(join(directory, 'addresses.bin'), city.addresses);
  writeFileSync(join(directory, 'places.json'), JSON.stringify(city.places));
  return { city, place: { thread: cityThreadSource, directory } };
};
