import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DevicesError, openDevices, parseDevices, readDevices } from './devices.ts';

const directory = mkdtempSync(join(tmpdir(), 'vigil-devices-'));
afterAll(() => rmSync(directory, { recursive: true }));

const sources = { vehicle: { priority: 10 }, phone: { priority: 20, speed: 'm/s' } };
const of = (devices: unknown, given: unknown = sources) =>
  parseDevices(JSON.stringify({ sources: given, devices }), 'units.json');

test('each device has its unit and its source', () => {
  const path = join(directory, 'units.json');
  const devices = [
    { device: '356938035643809', callsign: 'M21', source: 'vehicle' },
    { device: 'crew/m21', callsign: 'M21', source: 'phone' },
  ];
  // An editor on Windows begins a file like this.
  writeFileSync(path, `\uFEFF${JSON.stringify({ sources, devices })}`);
  expect([...readDevices(path)]).toEqual([
    ['356938035643809', { callsign: 'M21', source: { name: 'vehicle', priority: 10, pace: 1, invented: false }, speed: null }],
    ['crew/m21', { callsign: 'M21', source: { name: 'phone', priority: 20, pace: 1, invented: false }, speed: 'm/s' }],
  ]);
});

const device = { device: '1', callsign: 'M21', source: 'vehicle' };
test.each([
  [
    'a source nobody described',
    () => of([{ ...device, source: 'radio' }]),
    'the source "radio" of the device "1" is not described',
  ],
  ['a source called like a thing every object has', () => of([{ ...device, source: 'constructor' }]), 'the source "constructor"'],
  ['a device twice', () => of([device, { ...device, callsign: 'M22' }]), 'the device "1" is listed twice'],
  ['a name of our own', () => of([], { Simulator: { priority: 1 } }), 'a source may not be called "Simulator"'],
  ['a priority below the made-up ones', () => of([], { vehicle: { priority: 90 } }), 'sources.vehicle.priority: '],
  ['a field that is not known', () => of([{ ...device, unit: 'M21' }]), 'devices.0: '],
  ['no JSON', () => parseDevices('{', 'units.json'), 'JSON'],
  ['no file', () => readDevices(join(directory, 'none.json')), 'cannot be read: ENOENT'],
])('%s is refused with a sentence', (_name, read, sentence) => {
  expect(read).toThrow(DevicesError);
  expect(read).toThrow(sentence);
});

test('a list that has changed is read again; one that cannot be used changes nothing and is told once', () => {
  const path = join(directory, 'changing.json');
  const write = (...names: readonly string[]) =>
    writeFileSync(path, JSON.stringify({ sources, devices: names.map((name) => ({ ...device, device: name })) }));
  const said: string[] = [];
  write('1');
  const list = openDevices(path, (line) => void said.push(line));
  const look = (): readonly string[] => {
    list.look();
    list.look();
    return [...list.now().keys()];
  };
  expect([look(), said]).toEqual([['1'], []]);
  write('1', '22');
  expect(look()).toEqual(['1', '22']);
  writeFileSync(path, '{');
  expect(look()).toEqual(['1', '22']);
  rmSync(path);
  expect(look()).toEqual(['1', '22']);
  write('333');
  expect(look()).toEqual(['333']);
  expect(said).toEqual([
    `the list of devices in ${path} was read again: 2 devices`,
    expect.stringMatching(/cannot be used: .* The list that was read before stands\.$/),
    expect.stringMatching(/cannot be read: ENOENT.* The list that was read before stands\.$/),
    `the list of devices in ${path} was read again: 1 devices`,
  ]);
});
