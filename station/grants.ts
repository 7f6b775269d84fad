import { createPublicKey, verify } from 'node:crypto';
import { splitGrantToken } from '#contracts/wire/grant-token.ts';
import { type Grant, grantSchema } from '#domain/model/grant.ts';

/** A person's grant with the signed token it came in. */
export type SignedGrant = { readonly token: string; readonly grant: Grant };

/** The grant in a token without looking at its signature: for showing who made a command that the backend will judge. */
export const readGrant = (token: string): Grant | undefined => {
  const parts = splitGrantToken(token);
  if (!parts) return undefined;
  try {
    const parsed = grantSchema.safeParse(JSON.parse(Buffer.from(parts.signed, 'base64url').toString()));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};

/** The grant in a token signed by `grantKey` (Ed25519, SPKI, base64); undefined for any other text. Expiry is decided elsewhere. */
export const verifyGrant = (token: string, grantKey: string): Grant | undefined => {
  const parts = splitGrantToken(token);
  if (!parts) return undefined;
  try {
    const key = createPublicKey({ key: Buffer.from(grantKey, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ed25519') return undefined;
    return verify(null, Buffer.from(parts.signed), key, Buffer.from(parts.signature, 'base64url')) ? readGrant(token) : undefined;
  } catch {
    return undefined;
  }
};
