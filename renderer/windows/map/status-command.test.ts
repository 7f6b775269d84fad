import { describe, expect, test } from 'vitest';
import type { Unit } from '#domain/model/unit.ts';
import { buildUnit } from '#domain/testing/builders.ts';
import { parseCommand } from './status-command.ts';

const unit = (callsign: string): Unit =>
  buildUnit({ id: `00000000-0000-4000-8000-0000000000${callsign.slice(-2)}`, callsign, status: 'availableMobile' });
const m21 = unit('M21');
const m22 = unit('M22');

describe('a typed command', () => {
  test('sets a status by alias or by id, in any case, with or without the slash', () => {
    const expected = { kind: 'status', unit: m21, status: 'availableMobile', reason: null };
    for (const line of ['s M21 av', '/s m21 AV', ' s m21 availablemobile '])
      expect(parseCommand(line, [m21, m22])).toEqual(expected);
  });
  test('never takes a part of a word for a status or a unit', () => {
    expect(parseCommand('s M21 a', [m21])).toEqual({ kind: 'unknown', problem: 'status', word: 'a' });
    expect(parseCommand('s M21 available', [m21])).toEqual({ kind: 'unknown', problem: 'status', word: 'available' });
    expect(parseCommand('s M2 av', [m21, m22])).toEqual({ kind: 'unknown', problem: 'unit', word: 'M2' });
  });
  test('out of service needs its reason and keeps it whole', () => {
    expect(parseCommand('s M21 oos', [m21])).toEqual({ kind: 'unknown', problem: 'reason', word: 'oos' });
    expect(parseCommand('s M21 oos flat tyre', [m21])).toEqual({
      kind: 'status',
      unit: m21,
      status: 'outOfService',
      reason: 'flat tyre',
    });
  });
  test('finds, and says what it does not know', () => {
    expect(parseCommand('find tannery row', [])).toEqual({ kind: 'find', text: 'tannery row' });
    expect(parseCommand('x M21', [])).toEqual({ kind: 'unknown', problem: 'verb', word: 'x' });
    expect(parseCommand('  ', [])).toEqual({ kind: 'unknown', problem: 'empty', word: '' });
  });
});
