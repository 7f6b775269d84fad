import { expect, test } from 'vitest';
import { readLine } from './move-line.ts';

const beds = [
  { id: 'b1', label: 'B1', encounterId: null },
  { id: 'b7', label: 'B7', encounterId: 'e7' },
  { id: 'b12', label: 'B12', encounterId: 'e12' },
  { id: '3', label: '3', encounterId: 'e3' },
  { id: 'bay', label: 'Bay 2', encounterId: null },
];
const people = [
  { encounterId: 'q1', name: 'Moreau, Katherine' },
  { encounterId: 'q2', name: 'Núñez-Prado, Ada' },
  { encounterId: 'e7', name: 'Moreau, Luc' },
  { encounterId: 'e12', name: 'Kowal, Stefa' },
  { encounterId: 'e3', name: 'Blake, Sam' },
];
const read = (line: string) => {
  const meaning = readLine(line, { beds, queue: ['q1', 'q2', 'q3'], people });
  return meaning.kind === 'move' || meaning.kind === 'hold'
    ? `${meaning.kind === 'hold' ? 'hold ' : ''}${meaning.bedId} ${meaning.encounterId}`
    : 'text' in meaning
      ? `${meaning.kind}: ${meaning.text}`
      : meaning.kind;
};

test.each([
  ['B12 ← 1', 'b12 q1'],
  ['b12<2', 'b12 q2'],
  ['B12 <- #2', 'b12 q2'],
  ['B12 b7', 'b12 e7'],
  ['B12 = 2', 'hold b12 q2'],
  ['b1=nunez', 'hold b1 q2'],
  ['b1 =', 'unfinished'],
  ['B12 < B7', 'b12 e7'],
  ['b1 ⇄ b12', 'b1 e12'],
  ['B1 nunez', 'b1 q2'],
  ['b1 < prado a', 'b1 q2'],
  ['b1 < moreau, k', 'b1 q1'],
  ['b1 < moreau', 'several: Moreau, Katherine · Moreau, Luc'],
  ['bay 2 kow', 'bay e12'],
  ['bay 2 < 1', 'bay q1'],
  ['b1 3', 'several: 3, #3'],
  ['b1 #3', 'b1 q3'],
  ['b12 9', 'nobody: 9'],
  ['b12 #9', 'nobody: #9'],
  ['b12 zz', 'nobody: zz'],
  ['b12 b1', 'emptyBed: B1'],
  ['x9 1', 'noBed: x9'],
  ['zz', 'noBed: zz'],
  ['', 'unfinished'],
  ['  ', 'unfinished'],
  ['b', 'unfinished'],
  ['b12', 'unfinished'],
  ['b12 <', 'unfinished'],
  ['< 7', 'unfinished'],
])('%j means %s', (line, meaning) => expect(read(line)).toBe(meaning));
