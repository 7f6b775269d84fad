import { describe, expect, test } from 'vitest';
import { parseSenders, SendersError } from './site.ts';

const parse = (given: unknown) => parseSenders(JSON.stringify(given), 'adt.json', 'Europe/London');
const one = { name: 'PAS', application: 'A', locations: { ED: { bedsByLabel: true } } };

describe('the list of senders', () => {
  test('finds who sends, and takes nobody else unless it says so', () => {
    const list = parse({ senders: [one, { name: 'Lab', application: 'L', facility: 'F' }] });
    expect([list.find('A', 'any')?.site.name, list.find('L', 'F')?.site.name, list.find('L', 'G'), list.peers]).toEqual([
      'PAS',
      'Lab',
      undefined,
      null,
    ]);
    expect(list.keep).toEqual({ bytesDays: 30, messageDays: 90, mostMegabytes: 2_048 });
    expect(parse({ senders: [one], unlisted: 'accept' }).find('X', '')?.site.name).toBe('ADT');
  });

  test('says whose names the receiver uses', () => {
    const list = parse({
      senders: [one, { name: 'Lab' }],
      receiver: { application: 'R', facility: 'S', names: 'Lab' },
      peers: ['10.0.0.1'],
    });
    expect([list.receiver.site.name, list.receiver.application, list.peers]).toEqual(['Lab', 'R', ['10.0.0.1']]);
  });

  test.each([
    ['{', 'JSON'],
    ['{"senders":[]}', 'senders'],
    ['{"senders":[{"name":"P"}],"keep":{"bytesDays":99}}', 'bytes are kept no longer than their message'],
    ['{"senders":[{"name":"P","timeZone":"Mars/One"}]}', 'the time zone "Mars/One" of P is not known'],
    ['{"senders":[{"name":"P","locations":{"ED":{"room":1}}}]}', 'senders.0.locations.ED'],
    ['{"senders":[{"name":"P"}],"receiver":{"application":"","facility":"","names":"Q"}}', 'no sender is called "Q"'],
  ])('that cannot be used names the file and what is wrong: %s', (text, part) => {
    expect(() => parseSenders(text, 'adt.json', 'UTC')).toThrow(SendersError);
    expect(() => parseSenders(text, 'adt.json', 'UTC')).toThrow(part);
  });
});
