import { expect, test } from 'vitest';
import { idSchema } from '#domain/model/values.ts';
import { newId, uuid7 } from './uuid.ts';

test('a UUIDv7 holds its moment, its version and its chance', () => {
  expect(uuid7(0x0123456789ab, new Uint8Array([0xff, 0x12, 0xff, 0x34, 1, 2, 3, 4, 5, 6]))).toBe(
    '01234567-89ab-7f12-bf34-010203040506',
  );
});

test('a new id is a valid one, and another each time', () => {
  const ids = Array.from({ length: 1000 }, newId);
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(idSchema.safeParse(id).success).toBe(true);
});
