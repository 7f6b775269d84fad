import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Policy, policyFrom, readManaged } from './policy.ts';

const builtIn: Policy = {
  backendUrl: 'http://127.0.0.1:7410',
  deviceToken: 'vigil-development-desk',
  signInAs: 'demo',
  boards: ['map', 'beds', 'triage', 'alarms'],
  mapboxToken: null,
  dataDirectory: null,
  tilesFile: null,
  downtimeFolder: null,
  routing: null,
  wall: { diagonalInches: null, distanceMetres: null, displays: [] },
};
const managedFile = (content: string): string => {
  const directory = mkdtempSync(join(tmpdir(), 'vigil-policy-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, 'policy.json'), content);
  return join(directory, 'policy.json');
};

test('without anything the built-in stands', () => {
  expect(policyFrom(readManaged('/nowhere/policy.json'), [], {})).toEqual(builtIn);
});

test('the command line says what development needs', () => {
  const argv = [
    '--no-sandbox',
    '.',
    '--backend=http://hospital:1',
    '--vigil-data=/data',
    '--board=beds,alarms',
    '--board=beds',
    '--sign-in-as=display',
  ];
  expect(policyFrom({}, argv, {})).toEqual({
    ...builtIn,
    backendUrl: 'http://hospital:1',
    dataDirectory: '/data',
    boards: ['beds', 'alarms'],
    signInAs: 'display',
    deviceToken: 'vigil-development-display',
  });
});

test('the managed configuration beats the command line and the environment', () => {
  const managed = readManaged(managedFile('{"backendUrl":"https://managed","boards":["alarms"],"mapboxToken":null}'));
  const policy = policyFrom(managed, ['--backend=http://other', '--board=map'], { VIGIL_MAPBOX_TOKEN: 'pk.x' });
  expect(policy).toEqual({ ...builtIn, backendUrl: 'https://managed', boards: ['alarms'] });
});

test('a routing service stands in the managed configuration alone, whole and over HTTP', () => {
  const named = readManaged(managedFile('{"routing":{"kind":"osrm","url":"http://router.site:5000"}}'));
  expect(policyFrom(named, [], {}).routing).toEqual({ kind: 'osrm', url: 'http://router.site:5000' });
  expect(policyFrom({}, ['--routing=http://elsewhere'], { VIGIL_ROUTING: 'http://elsewhere' }).routing).toBeNull();
  expect(() => readManaged(managedFile('{"routing":{"kind":"osrm","url":"file:///etc"}}'))).toThrow(/routing/);
  expect(() => readManaged(managedFile('{"routing":{"url":"http://router.site"}}'))).toThrow(/kind/);
});

test('what cannot be understood stops the start with a sentence', () => {
  expect(() => readManaged(managedFile('{'))).toThrow(/managed configuration .* cannot be used/);
  expect(() => readManaged(managedFile('{"bakendUrl":"https://typo"}'))).toThrow(/bakendUrl/);
  expect(() => policyFrom({}, ['--backend=nowhere'], {})).toThrow(/--backend=nowhere is not valid/);
  expect(() => policyFrom({}, ['--board=bed'], {})).toThrow();
});

test('a display opens the wall alone, and the site says how it is read', () => {
  expect(policyFrom({}, ['--wall', '--wall-inches=86', '--wall-metres=7.5'], {})).toEqual({
    ...builtIn,
    signInAs: 'display',
    deviceToken: 'vigil-development-display',
    boards: ['wall'],
    wall: { diagonalInches: 86, distanceMetres: 7.5, displays: [] },
  });
  const managed = readManaged(managedFile('{"signInAs":"display","boards":["wall","alarms"],"wall":{"distanceMetres":9}}'));
  expect(policyFrom(managed, ['--wall-metres=2'], {})).toMatchObject({ boards: ['wall', 'alarms'], wall: { distanceMetres: 9 } });
  expect(() => policyFrom({}, ['--wall-inches=wide'], {})).toThrow('--wall-inches=NaN is not valid');
});
