import type { Role } from '#domain/model/grant.ts';
import type { SignedGrant } from '../grants.ts';
import type { AuditEvent } from './trail.ts';

/** What became of a sign-in; `given` is the grant that counts from now on, or for one act of a person beside the one signed in; null for none. */
export const signInEvent = (
  as: 'demo' | Role,
  outcome: 'signedIn' | 'beside' | 'renewed' | 'offline' | 'refused',
  given: SignedGrant | null,
): AuditEvent => ({
  action: 'signIn',
  subjects: given ? [given.grant.grantId] : [],
  outcome,
  payload: { as, grant: given?.grant ?? null },
  ...(given && { actor: given.grant.personId }),
});
