import { describe, expect, test } from 'vitest';
import type { Unit } from '#domain/model/unit.ts';
import { buildHospital, buildIncident, buildUnit, testId, testNow } from '#domain/testing/builders.ts';
import { type CommandScene, incidentNumbered, parseCommand } from './board-command.ts';

const unit = (callsign: string, changes: Partial<Unit> = {}): Unit =>
  buildUnit({ id: testId('2', Number(callsign.slice(1))), callsign, status: 'availableMobile', assignmentId: null, ...changes });
const m21 = unit('M21');
const m22 = unit('M22', { status: 'enRoute', assignmentId: testId('3', 9) });
const chosen = buildIncident({ id: testId('1', 1), number: '2611-0012' });
const other = buildIncident({ id: testId('1', 2), number: '2611-0347' });
const brannoc = buildHospital({ id: testId('5', 1), name: 'St Brannoc' });
const clinicas = buildHospital({ id: testId('5', 2), name: 'Hospital de Clínicas' });
const scene: CommandScene = { units: [m21, m22], incidents: [chosen, other], hospitals: [brannoc, clinicas], chosen };
const read = (line: string) => parseCommand(line, scene);
const unknown = (problem: string, word: string) => ({ kind: 'unknown', problem, word });

describe('a typed command', () => {
  test('sets a status by alias or by id, in any case, with or without the slash', () => {
    const expected = { kind: 'status', unit: m21, status: 'availableMobile', reason: null };
    for (const line of ['s M21 av', '/s m21 AV', ' s m21 availablemobile ']) expect(read(line)).toEqual(expected);
  });
  test('never takes a part of a word for a status or a unit', () => {
    expect(read('s M21 a')).toEqual(unknown('status', 'a'));
    expect(read('s M21 available')).toEqual(unknown('status', 'available'));
    expect(read('s M2 av')).toEqual(unknown('unit', 'M2'));
  });
  test('out of service needs its reason and keeps it whole', () => {
    expect(read('s M21 oos')).toEqual(unknown('reason', ''));
    expect(read('s M21 oos flat tyre')).toEqual({ kind: 'status', unit: m21, status: 'outOfService', reason: 'flat tyre' });
  });
  test('sends to a number or to the chosen incident; who is on the way is diverted, with a reason', () => {
    expect(read('d M21 347')).toEqual({ kind: 'dispatch', unit: m21, incident: other });
    expect(read('d M21')).toEqual({ kind: 'dispatch', unit: m21, incident: chosen });
    expect(read('d M22 347')).toEqual(unknown('reason', ''));
    expect(read('d M22 347 nearer now')).toEqual({ kind: 'divert', unit: m22, incident: other, reason: 'nearer now' });
    expect(parseCommand('d M21', { ...scene, chosen: null })).toEqual(unknown('incident', ''));
  });
  test('cancels an incident or stands a crew down, always with a reason', () => {
    expect(read('x 347 caller rang back')).toEqual({ kind: 'cancel', incident: other, reason: 'caller rang back' });
    expect(read('x M22 not needed')).toEqual({ kind: 'standDown', unit: m22, reason: 'not needed' });
    expect(read('x 347')).toEqual(unknown('reason', ''));
    expect(read('no M22 vehicle fault')).toEqual({ kind: 'refused', unit: m22, reason: 'vehicle fault' });
    expect(read('o 347 rang again')).toEqual({ kind: 'reopen', incident: other, reason: 'rang again' });
  });
  test('notes, priorities, voice, hospitals and emergencies', () => {
    expect(read('n door code 12')).toEqual({ kind: 'note', incident: chosen, text: 'door code 12' });
    expect(read('n 347 dog loose')).toEqual({ kind: 'note', incident: other, text: 'dog loose' });
    expect(read('p 1')).toEqual({ kind: 'priority', incident: chosen, priority: 1 });
    expect(read('p 347 2')).toEqual({ kind: 'priority', incident: other, priority: 2 });
    expect(read('p 347 9')).toEqual(unknown('priority', '9'));
    expect(read('v M21 347 radio 2')).toEqual({ kind: 'voice', unit: m21, incident: other, text: 'radio 2' });
    expect(read('h M22 clin')).toEqual({ kind: 'destination', unit: m22, hospital: clinicas });
    expect(read('h M22 unknown')).toEqual(unknown('hospital', 'unknown'));
    expect(read('e M21')).toEqual({ kind: 'emergency', unit: m21, emergency: true, reason: '' });
    expect(read('e M21 off all well')).toEqual({ kind: 'emergency', unit: m21, emergency: false, reason: 'all well' });
    expect(read('e M21 off')).toEqual(unknown('reason', ''));
  });
  test('finds, and says what it does not know', () => {
    expect(read('find tannery row')).toEqual({ kind: 'find', text: 'tannery row' });
    expect(read('q M21')).toEqual(unknown('verb', 'q'));
    expect(read('constructor M21')).toEqual(unknown('verb', 'constructor'));
    expect(read('  ')).toEqual(unknown('empty', ''));
  });
});

test('of two incidents of one number the open one is meant, then the newer', () => {
  const ended = buildIncident({ id: testId('1', 3), number: '2612-0347', status: 'closed', callReceivedAt: testNow });
  const later = buildIncident({ id: testId('1', 4), number: '2612-0347', callReceivedAt: testNow + 1 });
  expect(incidentNumbered('347', [ended, other])).toBe(other);
  expect(incidentNumbered('0347', [other, later])).toBe(later);
  expect(incidentNumbered('7', [other])).toBeUndefined();
});
