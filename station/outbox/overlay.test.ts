import { expect, test } from 'vitest';
import { buildBed, testNow } from '#domain/testing/builders.ts';
import { createFakeClock } from '#domain/testing/fake-clock.ts';
import { createConfirmedRows, holdRow } from '../sync/rows.ts';
import { createOutbox } from './outbox.ts';
import { createOverlay } from './overlay.ts';

test('a command whose decision breaks shows nothing and does not take the desk down', () => {
  const clock = createFakeClock(testNow);
  const grant = {
    grantId: '00000000-0000-4000-8000-000000000001',
    personId: '00000000-0000-4000-8000-000000000002',
    name: 'Ada Test',
    roles: ['chargeNurse'],
    facilityId: '00000000-0000-4000-8000-000000000003',
    expiresAt: testNow + 1000,
  };
  const token = `${Buffer.from(JSON.stringify(grant)).toString('base64url')}.${'A'.repeat(86)}`;
  const bed = buildBed({ status: 'available', encounterId: null, reservation: null });
  const outbox = createOutbox(
    [
      {
        sequence: 1,
        envelope: {
          commandId: '00000000-0000-4000-8000-000000000004',
          name: 'blockBed',
          input: { bedId: bed.id, reason: 'equipment', until: null },
          issuedAt: testNow,
          issuedAtError: 5,
          grant: token,
        },
        gesture: { bootId: 'boot', monotonicAt: testNow, wallAt: testNow },
        wanted: [],
      },
    ],
    {
      clock: { ...clock, wallNow: clock.now, monotonicNow: clock.now },
      bootId: 'boot',
      serverNow: clock.now,
      isSynchronised: () => true,
    },
  );
  const rows = createConfirmedRows([holdRow({ rev: 1, record: bed }, null)]);
  const broken = {
    ...rows,
    get: () => {
      throw new Error('a row of a form that this version does not expect');
    },
  };
  expect(createOverlay(rows, outbox).isPending('bed', bed.id)).toBe(true);
  expect(createOverlay(broken, outbox).isPending('bed', bed.id)).toBe(false);
  expect(outbox.list()).toHaveLength(1);
});
