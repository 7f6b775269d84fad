/* The demo city itself, which `npm test` converts before the tests run. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createRandom } from '#domain/testing/random.ts';
import { type Address, addressAt, readAddresses } from '../addresses.ts';
import { readPlaces } from '../places.ts';
import { readRoadGraph } from '../road-graph.ts';
import { createAddressSearch } from './address-search.ts';
import { mistype } from './testing/mistype.ts';

const file = (name: string) => readFileSync(fileURLToPath(new URL(`../../resources/city/${name}`, import.meta.url)));
const addresses = readAddresses(file('addresses.bin'));
const { search } = createAddressSearch({
  addresses,
  graph: readRoadGraph(file('roads.bin')),
  places: readPlaces(file('places.json').toString()),
});

test('every 1000th address finds itself, first', () => {
  const wrong: string[] = [];
  for (let i = 0; i < addresses.count; i += 1000) {
    const { street, number } = addressAt(addresses, i) as Address;
    if (search(`${street} ${number}`)[0]?.text !== `${street} ${number}`) wrong.push(`${street} ${number}`);
  }
  expect(wrong).toEqual([]);
});

test.each([1, 2, 3])('one typing error in the street still finds it among the first five, 99 times of 100 (seed %i)', (seed) => {
  const random = createRandom(seed);
  const wrong: string[] = [];
  for (let i = 0; i < 300; i++) {
    const { street, number } = addressAt(addresses, random.int(0, addresses.count - 1)) as Address;
    const typed = mistype(street, random);
    const found = search(`${typed} ${number}`, { most: 5 }).map(({ text }) => text);
    if (!found.includes(`${street} ${number}`)) wrong.push(`${typed} for ${street}`);
  }
  // An error may make another street's name, or the whole of a name of one letter.
  expect(wrong.length, wrong.join('; ')).toBeLessThanOrEqual(3);
});

test('what dispatchers of this city type', () => {
  const first = (text: string) => search(text)[0]?.text;
  const lines: readonly (readonly [typed: string, found: string])[] = [
    ['18 de julio 1234', 'Avenida 18 de Julio 1234'],
    ['av italia 2877', 'Avenida Italia 2877'],
    ['ellauri 350', 'José Ellauri 350'],
    ['bv artigas y rivera', 'Bulevar General Artigas / Avenida General Rivera'],
    ['corner of rivera and soca', 'Avenida General Rivera / Avenida Doctor Francisco Soca'],
    ['batlle y ordonez y rivera', 'Bulevar José Batlle y Ordóñez / Avenida General Rivera'],
    ['esquina de colonia y yi', 'Colonia / Yi'],
    ['artigas', 'Bulevar General Artigas'],
    ['flores', 'Avenida General Flores'],
    ['da paz 1679', 'La Paz 1679'],
    ['hospital britanico', 'Hospital Británico'],
    ['clinicas', 'Hospital de Clínicas "Doctor Manuel Quintela"'],
  ];
  expect(lines.map(([typed]) => [typed, first(typed)])).toEqual(lines);
});
