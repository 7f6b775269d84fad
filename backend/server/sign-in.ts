import { randomUUID } from 'node:crypto';
import type { Grant, Role } from '#domain/model/grant.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { idOfText } from '../core/id-of-text.ts';

const GRANT_HOURS = 12;

const people: Readonly<Record<'demo' | Role, { readonly name: string; readonly roles: readonly Role[] }>> = {
  demo: { name: 'Ines Okafor', roles: ['dispatcher', 'chargeNurse', 'triageNurse'] },
  dispatcher: { name: 'Tomas Lindqvist', roles: ['dispatcher'] },
  chargeNurse: { name: 'Amara Bianchi', roles: ['chargeNurse'] },
  triageNurse: { name: 'Noa Ferreira', roles: ['triageNurse'] },
  display: { name: 'Wall display', roles: ['display'] },
};

/** A development grant, good for 12 hours: nobody has proved who they are. */
export const developmentGrant = (as: 'demo' | Role, facilityId: Id, now: Instant): Grant => ({
  grantId: randomUUID(),
  personId: idOfText(`development person ${as}`),
  name: people[as].name,
  roles: [...people[as].roles],
  facilityId,
  expiresAt: now + GRANT_HOURS * 3_600_000,
});
