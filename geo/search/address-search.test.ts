import { describe, expect, test } from 'vitest';
import { createRandom } from '#domain/testing/random.ts';
import { type Address, addressAt, readAddresses, writeAddresses } from '../addresses.ts';
import type { Position } from '../coordinates.ts';
import type { CityPlaces } from '../places.ts';
import { nodePosition, readRoadGraph } from '../road-graph.ts';
import { writeRoadGraph } from '../road-graph-writer.ts';
import { syntheticCity } from '../synthetic.ts';
import { createAddressSearch } from './address-search.ts';

/** A square of four roads, 1 km a side, and one that ends 55 m before it would meet. */
const roads = writeRoadGraph([
  { name: 'Avenida 18 de Julio', roadClass: 'primary', oneWay: false, points: [0, 0, 50_000, 0, 100_000, 0] },
  { name: 'Pasaje Uno', roadClass: 'street', oneWay: false, points: [50_000, 0, 50_000, -10_000] },
  { name: 'Avenida General Rivera', roadClass: 'primary', oneWay: false, points: [0, 0, 0, 100_000] },
  { name: 'Batlle y Ordóñez', roadClass: 'street', oneWay: true, points: [100_000, 0, 100_000, 100_000] },
  { name: 'José Ellauri', roadClass: 'street', oneWay: false, points: [0, 100_000, 100_000, 100_000] },
  { name: 'Camino Ferrés', roadClass: 'street', oneWay: false, points: [50_000, 5_000, 50_000, 100_000] },
  { name: '', roadClass: 'service', oneWay: false, points: [0, 0, -10_000, 0] },
]);
const houses: readonly Address[] = [
  { street: 'Avenida 18 de Julio', number: '1200', position: [0.002, 0.0001] },
  { street: 'Avenida 18 de Julio', number: '1234', position: [0.003, 0.0001] },
  { street: 'Avenida 18 de Julio', number: '1234 BIS', position: [0.003, 0.0002] },
  { street: 'Avenida 18 de Julio', number: '1250', position: [0.004, 0.0001] },
  { street: 'Avenida General Rivera', number: '2531', position: [0.0001, 0.001] },
  { street: 'Doctor Luis Piera', number: '12', position: [0.02, 0.02] },
  { street: 'Doctor Luis Piera', number: '12', position: [0.05, 0.02] },
  { street: 'Rivera', number: '7', position: [0.03, 0.03] },
];
const places: CityPlaces = {
  name: 'Square City',
  bounds: [-0.1, -0.1, 0.1, 0.1],
  centre: [0, 0],
  attribution: 'A made-up city',
  hospitals: [{ name: 'Hospital Británico', lon: 0.01, lat: 0.005 }],
  stations: [{ name: 'Base Norte', lon: 0, lat: 0.01, kind: 'ambulance' }],
  neighbourhoods: [{ name: 'Pocitos', lon: 0.01, lat: 0 }],
};
const square = createAddressSearch({
  addresses: readAddresses(writeAddresses(houses)),
  graph: readRoadGraph(roads),
  places,
});
const best = (text: string, near?: Position) => {
  const [first] = square.search(text, near ? { near } : {});
  return first && [first.kind, first.text, ...first.notes];
};

describe('a line with a house number', () => {
  test.each([
    ['18 de julio 1234', ['address', 'Avenida 18 de Julio 1234']],
    ['1234 18 de Julio', ['address', 'Avenida 18 de Julio 1234']],
    ['julio 18 avda 1234', ['address', 'Avenida 18 de Julio 1234']],
    ['Av. 18 de Julio Nº 1234', ['address', 'Avenida 18 de Julio 1234']],
    ['avenida 18 de julio 1234 apto 302', ['address', 'Avenida 18 de Julio 1234']],
    ['18 de julio 1234, Square City', ['address', 'Avenida 18 de Julio 1234']],
    ['18 de julio 1234 bis', ['address', 'Avenida 18 de Julio 1234 BIS']],
    ['18 de jlio 1234', ['address', 'Avenida 18 de Julio 1234', 'spelling']],
    ['18 de julio 1233', ['address', 'Avenida 18 de Julio 1234', 'nearestNumber']],
    ['18 de julio 1242', ['address', 'Avenida 18 de Julio 1234', 'nearestNumber']],
    ['18 de julio 1100', ['address', 'Avenida 18 de Julio 1200', 'nearestNumber']],
    ['18 de julio 9999', ['address', 'Avenida 18 de Julio 1250', 'nearestNumber']],
    ['gral rivera 2531', ['address', 'Avenida General Rivera 2531']],
    ['ferres 300', ['street', 'Camino Ferrés', 'noNumbers']],
  ])('%s', (text, expected) => {
    expect(best(text)).toEqual(expected);
  });

  test('says which number was asked for, where it stands and which part of the name was meant', () => {
    expect(square.search('julio 1233', { most: 1 })).toEqual([
      {
        kind: 'address',
        text: 'Avenida 18 de Julio 1234',
        position: [0.003, 0.0001],
        marks: [[14, 19]],
        notes: ['nearestNumber'],
        askedNumber: '1233',
        placeKind: null,
        metres: null,
        score: expect.any(Number),
      },
    ]);
  });

  test('a number that stands at two distant places is two answers, the nearer first', () => {
    const found = square.search('piera 12', { near: [0.049, 0.02] });
    expect(found.slice(0, 2).map(({ position, metres }) => [position[0], metres])).toEqual([
      [0.05, 111],
      [0.02, 3225],
    ]);
  });
});

describe('a corner', () => {
  test.each([
    ['18 de julio y batlle y ordoñez', ['corner', 'Avenida 18 de Julio / Batlle y Ordóñez']],
    ['batlle y ordoñez y ellauri', ['corner', 'Batlle y Ordóñez / José Ellauri']],
    ['corner of rivera and 18 de julio', ['corner', 'Avenida General Rivera / Avenida 18 de Julio']],
    ['esquina de gral rivera y ellauri', ['corner', 'Avenida General Rivera / José Ellauri']],
    ['rivera esq. ellauri', ['corner', 'Avenida General Rivera / José Ellauri']],
    ['rivera esquina con ellauri', ['corner', 'Avenida General Rivera / José Ellauri']],
    ['rivera / elauri', ['corner', 'Avenida General Rivera / José Ellauri', 'spelling']],
    ['ferres y 18 de julio', ['corner', 'Camino Ferrés / Avenida 18 de Julio', 'nearMeeting']],
    ['18 de julio esq nowhere', ['street', 'Avenida 18 de Julio']],
    ['ellauri y xyzzyx', ['street', 'José Ellauri']],
    ['batlle y ordoñez', ['street', 'Batlle y Ordóñez']],
  ])('%s', (text, expected) => {
    expect(best(text)).toEqual(expected);
  });

  test('both ends of a block are found for a street between two others', () => {
    for (const line of ['18 de julio entre rivera y batlle y ordoñez', '18 de julio between rivera and batlle y ordoñez']) {
      const ends = square.search(line, { most: 2 }).map(({ text }) => text);
      expect(ends.sort()).toEqual(['Avenida 18 de Julio / Avenida General Rivera', 'Avenida 18 de Julio / Batlle y Ordóñez']);
    }
  });

  test('lies where the two roads meet, and a house beside it comes before it', () => {
    expect(square.search('rivera y 18 de julio')[0]?.position).toEqual([0, 0]);
    expect(square.search('rivera 2531 esq 18 de julio', { most: 2 }).map(({ text }) => text)).toEqual([
      'Avenida General Rivera 2531',
      'Avenida General Rivera / Avenida 18 de Julio',
    ]);
  });
});

describe('other lines', () => {
  test('places by name, with what they are', () => {
    const kinds = ['britanico', 'base norte', 'pocitos'].map((text) => {
      const [found] = square.search(text);
      return [found?.kind, found?.text, found?.placeKind];
    });
    expect(kinds).toEqual([
      ['place', 'Hospital Británico', 'hospital'],
      ['place', 'Base Norte', 'ambulance'],
      ['place', 'Pocitos', 'neighbourhood'],
    ]);
  });

  test('coordinates come with the nearest address, and say when they lie outside', () => {
    expect(square.search('0.0002, 0.0031').map(({ kind, text, metres }) => [kind, text, metres])).toEqual([
      ['coordinates', '0.00020, 0.00310', null],
      ['address', 'Avenida 18 de Julio 1234 BIS', 11],
    ]);
    expect(square.search('45.5, 9.2')).toMatchObject([{ kind: 'coordinates', notes: ['outside'] }]);
  });

  test('nothing is found for nothing, for signs and for what stands nowhere', () => {
    for (const text of ['', '   ', '/', 'esq', 'zzzz qqqq', '999999999', '& & &', '🚑']) expect(square.search(text)).toEqual([]);
  });

  test('of two streets with one name the one nearby comes first', () => {
    expect(best('rivera', [0.03, 0.03])).toEqual(['street', 'Rivera']);
  });
});

describe.each([1, 2, 3, 4])('in the synthetic city of seed %i', (seed) => {
  const city = syntheticCity(seed);
  const addresses = readAddresses(city.addresses);
  const graph = readRoadGraph(city.roadGraph);
  const { search, nearest } = createAddressSearch({ addresses, graph, places: city.places });

  test('every address finds itself, its number before or behind', () => {
    for (let i = 0; i < addresses.count; i += 3) {
      const { street, number, position } = addressAt(addresses, i) as Address;
      for (const text of [`${street} ${number}`, `${number} ${street}`.toUpperCase()]) {
        expect(
          search(text)
            .slice(0, 3)
            .map((each) => each.text),
          text,
        ).toContain(`${street} ${number}`);
      }
      expect(nearest(position, 1)?.metres).toBe(0);
    }
  });

  test('every corner that the graph has is found', () => {
    const namesAt = Array.from({ length: graph.nodeCount }, () => new Set<string>());
    for (let node = 0; node < graph.nodeCount; node++) {
      for (let edge = graph.firstEdge[node] as number; edge < (graph.firstEdge[node + 1] as number); edge++) {
        const name = graph.names[graph.pieceName[graph.edgePiece[edge] as number] as number] as string;
        namesAt[node]?.add(name);
        namesAt[graph.edgeTarget[edge] as number]?.add(name);
      }
    }
    namesAt.forEach((names, node) => {
      const [one, other] = [...names];
      if (one === undefined || other === undefined || node % 5 !== 0) return;
      const [found] = search(`${one} esq ${other}`);
      expect(found?.kind).toBe('corner');
      expect([`${one} / ${other}`, `${other} / ${one}`]).toContain(found?.text);
      expect(found?.position.map((degrees) => degrees.toFixed(3))).toEqual(
        nodePosition(graph, node).map((degrees) => degrees.toFixed(3)),
      );
    });
  });

  test('any line at all is answered', () => {
    const random = createRandom(seed);
    const pieces = [
      'Street',
      'cross',
      '4',
      '12',
      '/',
      'y',
      'esq',
      '"',
      '°',
      '-',
      ',',
      '.',
      'ñ',
      '💥',
      'de',
      '(',
      '\\',
      'no',
      'apto',
    ];
    for (let i = 0; i < 400; i++) {
      const line = Array.from({ length: random.int(0, 12) }, () => random.pick(pieces)).join(random.pick([' ', '', '  ']));
      for (const { score, position } of search(line)) {
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(position.every(Number.isFinite)).toBe(true);
      }
    }
  });
});
