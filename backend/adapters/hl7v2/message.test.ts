import { describe, expect, test } from 'vitest';
import { adtText } from '../../testing/adt-messages.ts';
import { headerOf, readAdt } from './adt-message.ts';
import { answersTo, answerText } from './answer.ts';
import { decodeMessage, encodeAnswer } from './charset.ts';
import { MessageError, readMessage } from './message.ts';
import { readDate, readTimestamp, zoneClock } from './timestamp.ts';

const utc = zoneClock('UTC');
const at = Date.UTC(2026, 10, 20, 12);
const told = { trigger: 'A01', controlId: 'C1', at, visit: 'V1', mrn: 'M1', location: 'ED^R1^B12' };
const event = (text: string) => readAdt(readMessage(text), utc, at + 60_000);

describe('a message', () => {
  test.each(['\r', '\n', '\r\n'])('is read with every line end %j, version and set of separators', (lineEnd) => {
    for (const version of ['2.3', '2.3.1', '2.4', '2.5', '2.5.1', '2.6', '2.7', '2.8'])
      for (const encoding of ['|^~\\&', '|^~\\&#', '#$%@*', '!:;/,']) {
        expect(event(adtText({ ...told, lineEnd, version, encoding }))).toEqual({
          trigger: 'A01',
          sender: 'PAS|GH',
          controlId: 'C1',
          occurredAt: at,
          recordedAt: at,
          patient: {
            mrn: 'M1',
            name: { family: 'Moreau', given: 'Lea' },
            birthDate: '1980-05-04',
            sex: 'female',
            allergies: null,
          },
          visit: {
            number: 'V1',
            patientClass: 'E',
            location: 'ED^R1^B12',
            priorLocation: null,
            temporaryLocation: null,
            priorTemporaryLocation: null,
            admittedAt: null,
            dischargedAt: null,
            expectedDischargeAt: null,
            reason: null,
            pendingLocation: null,
            service: null,
            dispositionCode: null,
          },
        });
      }
  });

  test('keeps a field that was broken into lines, and what is escaped', () => {
    const text = adtText({ ...told, name: ['O\\T\\Neil\r\nBr\\X4F\\wn', 'A\\S\\B\\R\\C\\E\\D\\F\\E \\H\\x\\N\\ C:\\y'] });
    expect(event(text)).toMatchObject({ patient: { name: { family: 'O&Neil BrOwn', given: 'A^B~C\\D|E x C:\\y' } } });
  });

  test('takes the medical record number among other numbers, and a deletion for nothing', () => {
    const text = adtText(told).replace('M1^^^GH&1.2&ISO^MR', '77^^^SS^SS~M9^^^GH^MR').replace('|F', '|""');
    expect(event(text)).toMatchObject({ patient: { mrn: 'M9', sex: null } });
  });

  test.each([
    ['M3^^^OTHER^MR~M9^^^GH&1.2&ISO^MR', 'M9'],
    ['M3^^^OTHER^MR~M9^^^^MR^GH', 'M9'],
    ['M3^^^OTHER^MR~M9^^^GH^PI', 'M3'],
    ['^^^GH^MR~M3^^^OTHER^MR~M4^^^NEXT^MR', 'M3'],
    ['^^^GH^MR~7^^^SS^SS', '7'],
  ])('of %s takes the number that the sending facility has given', (identifiers, mrn) => {
    expect(event(adtText(told).replace('M1^^^GH&1.2&ISO^MR', identifiers))).toMatchObject({ patient: { mrn } });
  });

  test('has no character in its texts that is not seen, or that turns others round', () => {
    const text = adtText({ ...told, name: ['\u202EMo\u0000reau\u0007', 'Le\ta\\X0A\\B'] });
    expect(event(text)).toMatchObject({ patient: { name: { family: 'Mo reau', given: 'Le a B' } } });
  });

  test('says what the patient does not tolerate, or that there is nothing', () => {
    const allergies = (...lines: readonly string[]) => {
      const told_ = event(adtText(told) + lines.map((line) => `${line}\r`).join(''));
      return 'patient' in told_ ? told_.patient.allergies : undefined;
    };
    expect([
      allergies('AL1|1|DA|70618^Penicillin^RxNorm|SV|Ana\\T\\phylaxis', 'AL1|2|FA|^Peanut|U', 'AL1|3|MA|LATEX|MI'),
      allergies('AL1|1|DA|716186003^No known allergy^SCT'),
      allergies('AL1|1|DA|""'),
      allergies('AL1|1|DA|NKDA'),
      allergies(),
    ]).toEqual([['Penicillin: severe, Ana&phylaxis', 'Peanut', 'LATEX: mild'], [], [], [], null]);
  });

  test('happened at EVN-6, else EVN-2, else MSH-7, else when it came; never in the future', () => {
    const line = (evn: string, msh = '20261120120000') => adtText(told).replace(/EVN.*/, evn).replace('20261120120000+0000', msh);
    const occurred = (text: string) => readAdt(readMessage(text), utc, at + 60_000).occurredAt;
    expect([
      occurred(line('EVN|A01|20261120100000||||202611200900')),
      occurred(line('EVN|A01|20261120100000')),
      occurred(line('EVN|A01|nonsense')),
      occurred(line('EVN|A01', '')),
      occurred(line('EVN|A01|20261120100000||||20290801')),
    ]).toEqual([Date.UTC(2026, 10, 20, 9), Date.UTC(2026, 10, 20, 10), at, at + 60_000, Date.UTC(2026, 10, 20, 10)]);
  });

  test.each([
    ['', 100],
    ['nonsense', 100],
    ['MSH', 101],
    [adtText(told) + adtText(told), 100],
    ['MSH|^^~\\|', 101],
    [adtText({ ...told, trigger: 'A99' }), 201],
    [adtText(told).replace('ADT^A01', 'ORU^R01'), 200],
    [adtText({ ...told, version: '3.0' }), 203],
    [adtText(told).replace('|C1|', '||'), 101],
    [adtText({ ...told, trigger: 'A20' }).replace(/NPU.*/, ''), 101],
    [adtText(told).replace(/PID.*/, ''), 100],
    [adtText({ ...told, trigger: 'A03' }).replace(/PV1.*/, ''), 100],
    [adtText({ ...told, trigger: 'A40' }).replace(/MRG.*/, ''), 101],
  ])('that cannot be taken says why: %j', (text, code) => {
    expect(() => event(text)).toThrow(expect.objectContaining({ name: 'MessageError', code }));
  });
});

describe('bytes', () => {
  const name = (bytes: Buffer, assumed: string | null = null) => {
    const { text, encoding, doubt } = decodeMessage(bytes, assumed);
    return [readMessage(text).text('PID', 5), encoding, doubt];
  };
  const text = (charset: string) => adtText({ ...told, charset, name: ['Muñoz', 'Zoë'] });
  const bom = '\uFEFF';
  test.each<[string, Buffer, string | null, unknown]>([
    ['UTF-8 that says so', Buffer.from(text('UNICODE UTF-8')), null, ['Muñoz', 'utf8', null]],
    ['UTF-8 with a mark that says nothing', Buffer.from(bom + text('')), null, ['Muñoz', 'utf8', null]],
    ['UTF-8 with a mark that calls itself Latin 1', Buffer.from(bom + text('8859/1')), null, ['Muñoz', 'utf8', null]],
    [
      'Latin 1 behind a mark',
      Buffer.concat([Buffer.from(bom), Buffer.from(text('8859/1'), 'latin1')]),
      null,
      ['Muñoz', 'latin1', null],
    ],
    ['Latin 1', Buffer.from(text('8859/1'), 'latin1'), null, ['Muñoz', 'latin1', null]],
    ['Latin 1 of a sender of whom that is known', Buffer.from(text(''), 'latin1'), '8859/1', ['Muñoz', 'latin1', null]],
    [
      'Latin 1 that calls itself ASCII',
      Buffer.from(text('ASCII'), 'latin1'),
      null,
      ['Muñoz', 'latin1', 'Some bytes are not UTF-8: read as Windows-1252.'],
    ],
    ['UTF-16 with a mark', Buffer.from(bom + text('UNICODE UTF-16'), 'utf16le'), null, ['Muñoz', 'utf16le', null]],
    ['a set that nobody knows', Buffer.from(text('EBCDIC')), null, ['Muñoz', 'utf8', 'The character set EBCDIC is not known.']],
  ])('of %s', (_name, bytes, assumed, expected) => {
    expect(name(bytes, assumed)).toEqual(expected);
  });
  test('of an answer are in the encoding of the message', () => {
    expect([encodeAnswer('ñ–', 'latin1'), encodeAnswer('ñ', 'utf8')]).toEqual([Buffer.from('\xf1?', 'latin1'), Buffer.from('ñ')]);
  });
});

describe('a moment', () => {
  const montevideo = zoneClock('America/Montevideo');
  const london = zoneClock('Europe/London');
  test.each([
    ['2026', Date.UTC(2026, 0, 1, 3)],
    ['202611', Date.UTC(2026, 10, 1, 3)],
    ['20261120', Date.UTC(2026, 10, 20, 3)],
    ['2026112009', Date.UTC(2026, 10, 20, 12)],
    ['202611200905', Date.UTC(2026, 10, 20, 12, 5)],
    ['20261120090507.25', Date.UTC(2026, 10, 20, 12, 5, 7, 250)],
    ['20261120090507.1234+0530', Date.UTC(2026, 10, 20, 3, 35, 7, 123)],
    ['202611200905-0215', Date.UTC(2026, 10, 20, 11, 20)],
    ['20260231', undefined],
    ['2026112025', undefined],
    ['20261120 0905', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(readTimestamp(text, montevideo)).toBe(expected);
  });
  test('of an hour that comes twice or never is one of the two sides of it', () => {
    expect([
      readTimestamp('20261025013000', london),
      readTimestamp('20260329013000', london),
      readTimestamp('20260701120000', london),
    ]).toEqual([Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 2, 29, 1, 30), Date.UTC(2026, 6, 1, 11)]);
  });
  test('of birth is a day whatever the zone', () => {
    expect([readDate('19800504'), readDate('198005041126+0215'), readDate('1980')]).toEqual([
      '1980-05-04',
      '1980-05-04',
      undefined,
    ]);
  });
});

test.each([
  ['', '', 'AA', 'AE', 'AR'],
  ['AL', 'AL', 'CA AA', 'CA AE', 'CR'],
  ['NE', 'NE', '', '', ''],
  ['ER', 'ER', '', 'AE', 'CR'],
  ['SU', '', 'CA', 'CA', ''],
  ['', 'al', 'AA', 'AE', 'AR'],
  ['NE', 'SU', 'AA', '', ''],
  ['XX', 'NE', 'AA', 'AE', 'AR'],
] as const)(
  'asked for %j and %j, what is good, wrong and rejected is answered with %j, %j, %j',
  (accept, application, ...expected) => {
    const header = headerOf(readMessage(adtText({ ...told, wants: [accept, application] })));
    const codes = (code: 'AA' | 'AE' | 'AR', isAccepted: boolean) =>
      answersTo(header, { code, reason: '', error: null }, isAccepted)
        .map((one) => one.code)
        .join(' ');
    expect([codes('AA', true), codes('AE', true), codes('AR', false)]).toEqual(expected);
  },
);

test('an answer can be read by who gets it, and shows where the error is', () => {
  const header = headerOf(readMessage(adtText(told)));
  const verdict = { code: 'AE' as const, reason: 'No bed A|B^C.', error: { code: 204, segment: 'PV1', field: 3 } };
  const read = (version: string) => readMessage(answerText({ ...header, version }, verdict, 'V1', at));
  const answer = read('2.5');
  expect([
    answer.text('MSH', 5),
    answer.text('MSH', 9, 2),
    answer.text('MSA', 2),
    answer.text('MSA', 3),
    answer.text('ERR', 2),
    answer.text('ERR', 3),
    answer.text('ERR', 4),
  ]).toEqual(['PAS', 'A01', 'C1', 'No bed A|B^C.', 'PV1', '204', 'E']);
  expect(read('2.3').text('ERR', 1, 1)).toBe('PV1');
  expect(readMessage(answerText(null, { ...verdict, error: null }, 'V2', at)).text('MSA', 1)).toBe('AE');
  expect(new MessageError(100, 'x').segment).toBe('MSH');
});
