/**
 * A signed grant as text: `base64url(JSON of the grant) . base64url(Ed25519 signature over the first part's ASCII)`.
 * Only its shape stands here; signing and verifying need a runtime and are done on each side.
 */

/** The two parts of a grant token, both base64url; `signed` is the text that the signature covers. */
export type GrantTokenParts = { readonly signed: string; readonly signature: string };

const TOKEN = /^([A-Za-z0-9_-]{1,3900})\.([A-Za-z0-9_-]{86})$/;

/** Splits a grant token; undefined when it does not have the shape of one. */
export const splitGrantToken = (token: string): GrantTokenParts | undefined => {
  const match = TOKEN.exec(token);
  return match ? { signed: match[1] as string, signature: match[2] as string } : undefined;
};

/** Joins the two parts into a token. */
export const joinGrantToken = ({ signed, signature }: GrantTokenParts): string => `${signed}.${signature}`;
