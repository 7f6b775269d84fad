import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

test('readers of the board: on this machine by itself, and as the options say', () => {
  expect(readOptions([]).fhir).toBeNull();
  expect(readOptions(['--fhir-port', '0']).fhir).toEqual({ port: 0, host: '127.0.0.1', readers: null, url: null });
  const given = [
    '--fhir-port',
    '8090',
    '--fhir-host',
    '::1',
    '--fhir-readers',
    'r.json',
    '--fhir-url',
    'https://a.example/fhir/',
  ];
  expect(readOptions(given).fhir).toEqual({ port: 8090, host: '::1', readers: 'r.json', url: 'https://a.example/fhir' });
});

test.each([
  [['--fhir-host', '::1'], '--fhir-host needs --fhir-port.'],
  [['--fhir-readers', 'r.json'], '--fhir-readers needs --fhir-port.'],
  [['--fhir-port', 'x'], '--fhir-port must be a whole number from 0 to 65535, not "x".'],
  [
    ['--fhir-port', '1', '--fhir-url', 'ftp://a'],
    '--fhir-url must be an address such as https://hospital.example/fhir, not "ftp://a".',
  ],
])('%j cannot be followed', (args, why) => {
  expect(() => readOptions(args)).toThrow(why);
});
