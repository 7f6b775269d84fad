/** Who may read: other systems by their tokens, as the site's file lists them. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const fileSchema = z.strictObject({
  readers: z
    .array(
      z.strictObject({
        /** stands in the audit trail */
        name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,31}$/, 'must be small letters, digits, points and dashes'),
        token: z.string().regex(/^[A-Za-z0-9._~+/=-]{32,512}$/, 'must be 32 to 512 letters and digits'),
      }),
    )
    .min(1)
    .max(100),
});

/** Says whose token a header shows; undefined for nobody's. */
export type Readers = (authorization: string | undefined) => string | undefined;

/** Why the list of readers cannot be used: one sentence that names the file, and never a token. */
export class ReadersError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ReadersError';
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Reads the list from its JSON text; throws ReadersError. How long a look takes does not tell how much of a token was right. */
export const parseReaders = (text: string, path: string): Readers => {
  const wrong = (what: string) => new ReadersError(`The list of readers in ${path} cannot be used: ${what}.`);
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's own sentence shows a piece of the text, which may be of a token.
    throw wrong('it is no JSON');
  }
  const parsed = fileSchema.safeParse(raw);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    throw wrong(`${first?.path.join('.') || 'it'}: ${first?.message ?? 'cannot be read'}`);
  }
  const { readers } = parsed.data;
  if (new Set(readers.map(({ name }) => name)).size < readers.length) throw wrong('a name is there twice');
  const known = readers.map(({ name, token }) => ({ name, digest: digest(`Bearer ${token}`) }));
  if (new Set(known.map((one) => one.digest.toString('hex'))).size < known.length) throw wrong('a token is there twice');
  return (authorization = '') => {
    const shown = digest(authorization.replace(/^bearer /i, 'Bearer '));
    let found: string | undefined;
    for (const one of known) if (timingSafeEqual(one.digest, shown)) found = one.name;
    return found;
  };
};

/** Reads the file; throws ReadersError, or what the disk throws. */
export const readReaders = (path: string): Readers => parseReaders(readFileSync(path, 'utf8'), path);
