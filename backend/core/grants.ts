import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { joinGrantToken, splitGrantToken } from '#contracts/wire/grant-token.ts';
import { type Grant, grantSchema } from '#domain/model/grant.ts';

export type GrantVerifier = (token: string) => Grant | undefined;

export type GrantAuthority = {
  /** Ed25519, SPKI, base64: what stations verify with. */
  readonly publicKey: string;
  readonly issue: (grant: Grant) => string;
  /** Ed25519 signature over a text that cannot be a grant's (it has a space), base64url. */
  readonly sign: (text: string) => string;
  /** The grant in a token that this authority signed; undefined for any other text. Expiry is decided elsewhere. */
  readonly verify: GrantVerifier;
};

const MOST_REMEMBERED = 1_000;

/** A fresh Ed25519 signing key, PKCS 8, base64. Secret: it belongs in the store and nowhere else. */
export const newSigningKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');

/** Signs and verifies persons' grants with one key (PKCS 8, base64); throws when it is not an Ed25519 key. */
export const createGrantAuthority = (signingKey: string): GrantAuthority => {
  const privateKey = createPrivateKey({ key: Buffer.from(signingKey, 'base64'), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  // A desk sends the same token with each of thousands of commands, and a signature is dear.
  const verified = new Map<string, Grant>();
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('The key that signs grants must be Ed25519.');
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    issue: (grant) => {
      const signed = Buffer.from(JSON.stringify(grant)).toString('base64url');
      return joinGrantToken({ signed, signature: sign(null, Buffer.from(signed), privateKey).toString('base64url') });
    },
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
    verify: (token) => {
      const known = verified.get(token);
      if (known) return known;
      const parts = splitGrantToken(token);
      if (!parts) return undefined;
      if (!verify(null, Buffer.from(parts.signed), publicKey, Buffer.from(parts.signature, 'base64url'))) return undefined;
      const parsed = grantSchema.safeParse(JSON.parse(Buffer.from(parts.signed, 'base64url').toString()));
      if (!parsed.success) return undefined;
      if (verified.size >= MOST_REMEMBERED) verified.clear();
      verified.set(token, parsed.data);
      return parsed.data;
    },
  };
};
