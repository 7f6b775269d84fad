import { expect, test } from 'vitest';
import { readPlaces } from './places.ts';
import { GeoDataError } from './sections.ts';
import { syntheticCity } from './synthetic.ts';

const { places } = syntheticCity(1);

test('places come back from JSON as they were', () => {
  expect(readPlaces(JSON.stringify(places))).toEqual(places);
});

test('what is missing or wrong is named', () => {
  const wrong: [unknown, string][] = [
    [null, 'places is missing'],
    [{ ...places, bounds: [1, 2, 3] }, 'bounds'],
    [{ ...places, centre: [1, '2'] }, 'centre'],
    [{ ...places, attribution: undefined }, 'attribution'],
    [{ ...places, hospitals: [{ name: 'A', lon: 1 }] }, 'hospitals[0]'],
    [{ ...places, stations: [{ name: 'A', kind: 'bus', lon: 1, lat: 2 }] }, 'stations[0].kind'],
    [{ ...places, neighbourhoods: {} }, 'neighbourhoods'],
  ];
  for (const [value, message] of wrong) expect(() => readPlaces(JSON.stringify(value))).toThrow(message);
  expect(() => readPlaces('{"bounds":')).toThrow(GeoDataError);
});
