import { expect, test } from 'vitest';
import { mapboxRefusal } from './mapbox-refusal.ts';

test('a refused token ends the online engine at any time, by status or by word', () => {
  expect(mapboxRefusal({ status: 401 }, true)).toEqual({ reason: 'token' });
  expect(mapboxRefusal({ status: 403 }, false)).toEqual({ reason: 'token' });
  expect(mapboxRefusal({ message: 'Unauthorized: you may have provided an invalid access token.' }, true)).toEqual({
    reason: 'token',
  });
});
test('any other failure ends it only before its first picture', () => {
  expect(mapboxRefusal({ message: 'Failed to fetch' }, false)).toEqual({ reason: 'unreachable' });
  expect(mapboxRefusal({ message: 'Failed to fetch' }, true)).toBeNull();
  expect(mapboxRefusal({ status: 500, message: 'tile' }, true)).toBeNull();
});
