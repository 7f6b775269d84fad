import { describe, expect, test } from 'vitest';
import { unitStatuses, unitTypes } from '#domain/model/unit.ts';
import { solidities, unitSymbol } from './unit-symbol.ts';

describe('a unit symbol', () => {
  test('says type by shape, status by ring, freedom by tone', () => {
    expect(unitSymbol({ type: 'als', status: 'availableMobile' }, 'solid', false)).toEqual({
      shape: 'als',
      ring: 'none',
      tone: 'free',
      solidity: 'solid',
      selected: false,
    });
    expect(unitSymbol({ type: 'bls', status: 'offloading' }, 'hollow', true)).toEqual({
      shape: 'bls',
      ring: 'squareDashed',
      tone: 'busy',
      solidity: 'hollow',
      selected: true,
    });
    expect(unitSymbol({ type: 'car', status: 'outOfService' }, 'solid', false)).toEqual({
      shape: 'car',
      ring: 'slash',
      tone: 'out',
      solidity: 'solid',
      selected: false,
    });
  });
  test('equal looks are one object, and there are few enough to draw once', () => {
    const looks = new Set(
      unitTypes.flatMap((type) =>
        unitStatuses.flatMap((status) =>
          solidities.flatMap((solidity) => [true, false].map((selected) => unitSymbol({ type, status }, solidity, selected))),
        ),
      ),
    );
    expect(looks.size).toBe(new Set([...looks].map((look) => JSON.stringify(look))).size);
    expect(looks.size).toBe(6 * 8 * 5 * 2);
  });
});
