import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readStartOptions } from './options.ts';

test('reads what was given and leaves the rest out', () => {
  expect(readStartOptions([])).toEqual({ simulator: {}, verbose: false });
  expect(readStartOptions(['--check', '/tmp/out', '--outage', '20', '--speed', '10', '--seed=7', '--units', '300'])).toEqual({
    check: '/tmp/out',
    outage: 20,
    simulator: { speed: 10, seed: 7, units: 300 },
    verbose: false,
  });
});

test('what the backend is told after a restore is passed on as it was given', () => {
  expect(readStartOptions(['--recover', '--recover-for', '90'])).toEqual({
    afterRestore: ['--recover', '--recover-for', '90'],
    simulator: {},
    verbose: false,
  });
});

test('where positions come from is passed on, with whole paths', () => {
  const given = [
    '--track',
    'a.gpx=M03',
    '--tracks-to-city',
    '--track',
    '/b.csv',
    '--osmand-port',
    '5055',
    '--position-devices',
    'units.json',
  ];
  expect(readStartOptions(given).positions).toEqual([
    '--osmand-port',
    '5055',
    '--position-devices',
    resolve('units.json'),
    '--tracks-to-city',
    '--track',
    resolve('a.gpx=M03'),
    '--track',
    '/b.csv',
  ]);
});

test.each([
  ['--speed', '61'],
  ['--speed', ''],
  ['--beds', 'many'],
  ['--port', '70000'],
])('refuses %s "%s"', (name, value) => {
  expect(() => readStartOptions([name, value])).toThrow(`${name} must be a number from`);
});

test('refuses what it does not know', () => {
  expect(() => readStartOptions(['--spead', '10'])).toThrow("Unknown option '--spead'");
});
