import { describe, expect, test } from 'vitest';
import { type Address, addressAt, isHouseNumber, nearestAddress, readAddresses, writeAddresses } from './addresses.ts';
import { GeoDataError } from './sections.ts';
import { syntheticCity } from './synthetic.ts';

const some: Address[] = [
  { street: 'Ñandú', number: '12', position: [-56.2, -34.9] },
  { street: 'Avenida Italia', number: '2870', position: [-56.15, -34.89] },
  { street: 'Avenida Italia', number: '870 BIS', position: [-56.16, -34.88] },
  { street: 'Avenida Italia', number: '870 BIS', position: [-56.16, -34.88] },
  { street: 'Avenida Italia', number: '870', position: [-56.16, -34.88] },
];

describe('an address file', () => {
  test('gives addresses back by street and number, doubles once', () => {
    const addresses = readAddresses(writeAddresses(some));
    expect(Array.from({ length: addresses.count }, (_, i) => addressAt(addresses, i))).toEqual([
      some[4],
      some[2],
      some[1],
      some[0],
    ]);
    expect(addressAt(addresses, -1)).toBeUndefined();
    expect(addressAt(addresses, 4)).toBeUndefined();
    expect(addressAt(addresses, 0.5)).toBeUndefined();
  });

  test('does not depend on the order of what it was made of', () => {
    expect(writeAddresses([...some].reverse())).toEqual(writeAddresses(some));
  });

  test('finds the nearest address', () => {
    const addresses = readAddresses(writeAddresses(some));
    expect(nearestAddress(addresses, -56.2001, -34.9)?.index).toBe(3);
    expect(nearestAddress(addresses, -56.2001, -34.9)?.metres).toBeCloseTo(9.12, 1);
    expect(nearestAddress(addresses, 0, 0)?.index).toBe(2);
    expect(nearestAddress(readAddresses(writeAddresses([])), 0, 0)).toBeUndefined();
  });

  test('cut short anywhere is refused', () => {
    const { addresses: bytes } = syntheticCity(5);
    expect(readAddresses(bytes).count).toBeGreaterThan(500);
    for (let length = 0; length < bytes.length; length += 501) {
      expect(() => readAddresses(bytes.slice(0, length))).toThrow(GeoDataError);
    }
  });
});

test('what counts as a house number', () => {
  const given = ['12', '1234 BIS', '12A', '3 A', '', 'S/N', 'BIS', '1234567', '12 34 56'];
  expect(given.filter(isHouseNumber)).toEqual(['12', '1234 BIS', '12A', '3 A']);
});
