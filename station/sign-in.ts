/**
 * Who is signed in at this desk. Only a grant that the hospital has signed counts, from wherever it comes; the newest one of each
 * sign-in is kept in the file, and without an answer of the hospital it counts until it expires. Of two sign-ins at the same
 * time the later one stands, whichever is answered first; one that fails leaves the person who was signed in before. Each is a
 * row of the audit, given, taken from the file or refused; only a renewal that falls back on the file's grant is none.
 */
import type { Role } from '#domain/model/grant.ts';
import type { Instant } from '#domain/model/values.ts';
import { signInEvent } from './audit/sign-in-event.ts';
import type { AuditTrail } from './audit/trail.ts';
import type { DiskGuard } from './disk-guard.ts';
import { CallRefused } from './feeds/port-server.ts';
import { type SignedGrant, verifyGrant } from './grants.ts';
import type { Database } from './store/database.ts';
import { readMeta, writeMeta } from './store/queries/meta.ts';
import type { Troubles } from './troubles.ts';

export type SignIn = {
  /** The grant that what is done now is done under; null for nobody's. It may have expired: whoever uses it decides. */
  readonly current: () => SignedGrant | null;
  /** Resolves to the name of who is signed in from now on; rejects with CallRefused `notAllowed`. */
  readonly signIn: (as: 'demo' | Role) => Promise<string>;
  /**
   * The grant of a person who signs in beside the present one, for one act: the hospital must answer now, because a grant that is
   * kept here says nothing of who stands here. Nobody else is signed in by it. Rejects with CallRefused `notAllowed`.
   */
  readonly beside: (as: 'demo' | Role) => Promise<SignedGrant>;
  /** Asks for the present person's grant anew; that it is not given is a trouble. */
  readonly renew: () => void;
  /** The same, when it expires within ten minutes. */
  readonly renewWhenDue: () => void;
  /** Nobody is signed in: the device may hold other rows than when this grant was given. */
  readonly forget: () => void;
};

const RENEW_BEFORE = 600_000;

/** Signs in with the grant that the file keeps, if it keeps one. */
export const createSignIn = (options: {
  readonly as: 'demo' | Role;
  readonly database: Database;
  readonly audit: AuditTrail;
  readonly disk: DiskGuard;
  readonly troubles: Troubles;
  readonly serverNow: () => Instant;
  /** What the hospital signs with; null while it has not said so. */
  readonly grantKey: () => string | null;
  /** Resolves to the token of a new grant; rejects with the reason in words. */
  readonly ask: (as: 'demo' | Role) => Promise<string>;
  /** Somebody has signed in. */
  readonly moved: () => void;
}): SignIn => {
  const { database, audit, disk, troubles, serverNow } = options;
  const accept = (token: string | undefined): SignedGrant | null => {
    const grantKey = options.grantKey();
    const grant = token !== undefined && grantKey !== null ? verifyGrant(token, grantKey) : undefined;
    return token !== undefined && grant ? { token, grant } : null;
  };
  const keptFor = (as: 'demo' | Role): SignedGrant | null => accept(readMeta(database.read, 'grants')?.[as]);
  /** Who is asked for last, and whose grant counts; they differ while the hospital has not answered. */
  let askedFor = options.as;
  let present = options.as;
  let current = keptFor(present);
  const become = (as: 'demo' | Role, grant: SignedGrant): void => {
    // A later sign-in may have overtaken this one.
    if (askedFor !== as) return;
    present = as;
    current = grant;
  };

  const signIn = async (as: 'demo' | Role, by: 'person' | 'renewal'): Promise<string> => {
    askedFor = as;
    const kept = keptFor(as);
    try {
      const token = await options.ask(as);
      const accepted = accept(token);
      if (!accepted) throw new Error('The hospital did not sign this sign-in.');
      become(as, accepted);
      disk.write(() =>
        database.transaction((handle) => {
          writeMeta(handle, 'grants', { ...readMeta(handle, 'grants'), [as]: token });
          audit.write(handle, signInEvent(as, by === 'person' ? 'signedIn' : 'renewed', accepted));
        }),
      );
      troubles.clear('signInRefused');
      options.moved();
      return accepted.grant.name;
    } catch (error) {
      if (kept && kept.grant.expiresAt > serverNow()) {
        become(as, kept);
        if (by === 'person') disk.write(() => audit.note(signInEvent(as, 'offline', kept)));
        options.moved();
        return kept.grant.name;
      }
      if (askedFor === as) askedFor = present;
      disk.write(() => audit.note(signInEvent(as, 'refused', null)));
      throw new CallRefused('notAllowed', error instanceof Error ? error.message : 'Signing in failed.');
    }
  };
  const renew = (): void => {
    signIn(askedFor, 'renewal').catch((error: unknown) =>
      troubles.raise('signInRefused', 'degraded', error instanceof Error ? error.message : 'Signing in failed.'),
    );
  };
  return {
    current: () => current,
    signIn: (as) => signIn(as, 'person'),
    beside: async (as) => {
      try {
        const given = accept(await options.ask(as));
        if (!given) throw new Error('The hospital did not sign this sign-in.');
        disk.write(() => audit.note(signInEvent(as, 'beside', given)));
        return given;
      } catch (error) {
        disk.write(() => audit.note(signInEvent(as, 'refused', null)));
        throw new CallRefused('notAllowed', error instanceof Error ? error.message : 'Signing in failed.');
      }
    },
    renew,
    renewWhenDue: () => {
      if (current && current.grant.expiresAt - serverNow() < RENEW_BEFORE) renew();
    },
    forget: () => {
      current = null;
    },
  };
};
