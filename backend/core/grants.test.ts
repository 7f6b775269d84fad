import { expect, test } from 'vitest';
import { buildGrant } from '#domain/testing/builders.ts';
import { createGrantAuthority, newSigningKey } from './grants.ts';

test('a grant comes back as it was issued, and from nobody else', () => {
  const authority = createGrantAuthority(newSigningKey());
  const grant = buildGrant();
  const token = authority.issue(grant);
  expect(authority.verify(token)).toEqual(grant);
  expect(createGrantAuthority(newSigningKey()).verify(token)).toBeUndefined();
});

test('no changed byte passes', () => {
  const authority = createGrantAuthority(newSigningKey());
  const token = authority.issue(buildGrant());
  const changed = [...token].map(
    (character, index) => token.slice(0, index) + (character === 'A' ? 'B' : 'A') + token.slice(index + 1),
  );
  // The last character of a signature carries two bits that base64url does not use.
  expect(changed.slice(0, -1).filter((text) => authority.verify(text) !== undefined)).toEqual([]);
  expect(['', '.', 'a.b', `${token}.x`, token.slice(1)].map(authority.verify)).toEqual(Array(5).fill(undefined));
});

test('more roles cannot be written into a grant without the key', () => {
  const authority = createGrantAuthority(newSigningKey());
  const [signed = '', signature = ''] = authority.issue(buildGrant({ roles: ['display'] })).split('.');
  const more = { ...JSON.parse(Buffer.from(signed, 'base64url').toString()), roles: ['dispatcher'] };
  expect(authority.verify(`${Buffer.from(JSON.stringify(more)).toString('base64url')}.${signature}`)).toBeUndefined();
});
