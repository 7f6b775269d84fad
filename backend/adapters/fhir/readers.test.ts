import { describe, expect, test } from 'vitest';
import { parseReaders } from './readers.ts';

const one = 'a'.repeat(40);
const two = 'b'.repeat(40);
const file = (readers: unknown) => JSON.stringify({ readers });

describe('the list of readers', () => {
  const readers = parseReaders(
    file([
      { name: 'bed-office', token: one },
      { name: 'city', token: two },
    ]),
    'readers.json',
  );

  test('knows each by its token and nobody by anything else', () => {
    const shown = [`Bearer ${one}`, `bearer ${two}`, one, `Bearer ${one}x`, 'Bearer ', `Basic ${one}`, undefined];
    expect(shown.map(readers)).toEqual(['bed-office', 'city', undefined, undefined, undefined, undefined, undefined]);
  });

  test.each([
    ['nonsense secret', 'it is no JSON'],
    ['{}', 'readers: '],
    [file([]), 'readers: '],
    [file([{ name: 'Bed office', token: one }]), 'readers.0.name: must be small letters, digits, points and dashes'],
    [file([{ name: 'a', token: 'secret' }]), 'readers.0.token: must be 32 to 512 letters and digits'],
    [
      file([
        { name: 'a', token: one },
        { name: 'a', token: two },
      ]),
      'a name is there twice',
    ],
    [
      file([
        { name: 'a', token: one },
        { name: 'b', token: one },
      ]),
      'a token is there twice',
    ],
  ])('%s cannot be used', (text, why) => {
    let said = '';
    try {
      parseReaders(text, 'readers.json');
    } catch (error) {
      said = (error as Error).message;
    }
    expect(said).toContain(`The list of readers in readers.json cannot be used: ${why}`);
    expect(said).not.toMatch(/secret|aaaa|bbbb/);
  });
});
