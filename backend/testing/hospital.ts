import { randomUUID } from 'node:crypto';
import type { Envelope } from '#domain/commands/envelope.ts';
import type { Role } from '#domain/model/grant.ts';
import type { Instant } from '#domain/model/values.ts';
import { buildArea, buildBed, buildEncounter, buildFacility, buildPatient, testNow } from '#domain/testing/builders.ts';
import { type Changed, type Core, createCore } from '../core/core.ts';
import { createGrantAuthority, type GrantAuthority, newSigningKey } from '../core/grants.ts';
import type { Store } from '../core/store.ts';
import { developmentGrant } from '../server/sign-in.ts';
import { openStore } from '../store/sqlite/open.ts';

export type TestHospital = {
  readonly core: Core;
  readonly store: Store;
  readonly grants: GrantAuthority;
  readonly now: () => Instant;
  readonly pass: (ms: number) => void;
  /** A command made now by the demo person or by one role. */
  readonly envelope: (name: string, input: unknown, as?: 'demo' | Role) => Envelope;
};

export const facility = buildFacility();
export const area = buildArea();
export const bed = buildBed({ areaId: area.id });
export const patient = buildPatient();
export const encounter = buildEncounter({ patientId: patient.id, status: 'triaged', bedId: null, bedAssignedAt: null });

/** A core over a real store at a path, with a clock moved by hand; a new one holds one free bed and one waiting patient at rev 1. */
export const openHospital = (
  path = ':memory:',
  alsoKeep: (changes: readonly Changed[]) => void = () => undefined,
): TestHospital => {
  let now = testNow;
  const store = openStore(path);
  const key = store.meta('grantSigningKey') ?? newSigningKey();
  store.transact(() => store.setMeta('grantSigningKey', key));
  const grants = createGrantAuthority(key);
  const core = createCore({ store, clock: () => now, verifyGrant: grants.verify, alsoKeep });
  if (core.rev() === 0) core.commit([facility, area, bed, patient, encounter]);
  return {
    core,
    store,
    grants,
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
    envelope: (name, input, as = 'demo') => ({
      commandId: randomUUID(),
      name,
      input,
      issuedAt: now,
      issuedAtError: 5,
      grant: grants.issue(developmentGrant(as, facility.id, now)),
    }),
  };
};

/** Puts the waiting patient into the free bed. */
export const assignInput = { bedId: bed.id, encounterId: encounter.id };
