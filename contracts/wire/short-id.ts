/**
 * A UUID in 22 characters instead of 36: its 128 bits in the alphabet of base64url, the last character holding two of them.
 * One that is not written in small letters stays as it is, so that what comes out is always what went in.
 */
import { z } from 'zod';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Map([...ALPHABET].map((letter, value) => [letter, value]));
const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A short id, or a whole one that has no short form. */
export const shortIdSchema = z.string().regex(/^([\w-]{21}[AQgw]|[0-9a-fA-F-]{36})$/);

/** The short form of an id; the id itself when it has none. */
export const shortenId = (id: string): string => {
  if (!CANONICAL.test(id)) return id;
  // 32 digits and one more are 33 of 4 bits: 22 groups of 6.
  const digits = `${id.replaceAll('-', '')}0`;
  let short = '';
  for (let at = 0; at < 33; at += 3) {
    const bits = Number.parseInt(digits.slice(at, at + 3), 16);
    short += (ALPHABET[bits >> 6] as string) + (ALPHABET[bits & 63] as string);
  }
  return short;
};

/** The id of a short form that `shortIdSchema` took. */
export const lengthenId = (short: string): string => {
  if (short.length !== 22) return short;
  let digits = '';
  for (let at = 0; at < 22; at += 2) {
    const bits = ((VALUES.get(short[at] as string) ?? 0) << 6) | (VALUES.get(short[at + 1] as string) ?? 0);
    digits += bits.toString(16).padStart(3, '0');
  }
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20, 32)].join('-');
};
