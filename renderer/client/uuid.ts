import type { Id } from '#domain/model/values.ts';

/** A UUIDv7 of a moment (milliseconds since 1970) and ten random bytes. */
export const uuid7 = (now: number, random: Uint8Array): Id => {
  const time = Math.floor(now).toString(16).padStart(12, '0').slice(-12);
  const rest = [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = ((random[2] ?? 0) & 0x3f) | 0x80;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(1, 4)}-${variant.toString(16)}${rest.slice(6, 8)}-${rest.slice(8, 20)}`;
};

/** A new id for something born in this window. */
export const newId = (): Id => uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
