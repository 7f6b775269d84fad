import { expect, test } from 'vitest';
import { buildPatient, testId } from '../testing/builders.ts';
import { createRandom } from '../testing/random.ts';
import { comparableName, createSimilarNames, nameLikeness, similarNames } from './similar-names.ts';

const named = (name: string, number = 1) => {
  const [family = '', given = ''] = name.split(', ');
  return buildPatient({ id: testId('c', number), name: { family, given } });
};
const likeness = (one: string, other: string) => {
  const [first, second] = [comparableName(named(one)), comparableName(named(other))];
  return first && second ? nameLikeness(first, second) : 'nothing to compare';
};

test.each([
  ['Moreau, Katherine', 'Moreau, Luc', 'sameFamily'],
  ['Muñoz, Ana', 'MUNOZ, Iris', 'sameFamily'],
  ['García López, Ana', 'García Pérez, Luis', 'sameFamily'],
  ['García López, Ana', 'López García, Luis', 'sameFamily'],
  ['García-López, Ana', 'Garcia, Luis', 'sameFamily'],
  ['de la Cruz, Ana', 'Cruz, Luis', 'sameFamily'],
  ['van den Berg, Jan', 'Berg, Piet', 'sameFamily'],
  ['López García, Ana', 'Pérez García, Luis', null],
  ['Moreau, Lea', 'Moreno, Lea', 'alike'],
  ['Moreau, Lea', 'Moreno, Ivan', null],
  ['Gonzalez, Maria', 'Gonsales, Marya', 'alike'],
  ['Stephens, Cathy', 'Stevens, Kathy', 'alike'],
  ['Vega, Jimena', 'Bega, Ximena', 'alike'],
  ['Ng, Ann', 'Yi, Ann', null],
  ['Lee, Ana', 'Lea, Eva', null],
  ['James, Thomas', 'Thomas, James', 'swapped'],
  ['Dunmore, Ada', 'Kowal, Stefa', null],
  ['de la, Ana', 'De La, Ines', 'sameFamily'],
  [', Unknown', 'Moreau, Lea', 'nothing to compare'],
  ['Moreau', 'Moreno', null],
])('%s and %s: %s', (one, other, expected) => {
  expect(likeness(one, other)).toBe(expected);
  expect(likeness(other, one)).toBe(expected);
});

test('those present with similar names, each with its others; who has no name or was merged has none', () => {
  const patients = [
    named('Moreau, Katherine', 1),
    named('Moreau, Luc', 2),
    named('Kowal, Stefa', 3),
    { ...named('Moreau, Ivo', 4), name: null },
    { ...named('Moreau, Eva', 5), mergedInto: testId('c', 1) },
    named('Moreaux, Luk', 6),
  ];
  expect(Object.fromEntries(similarNames(patients))).toEqual({
    [testId('c', 1)]: [testId('c', 2)],
    [testId('c', 2)]: [testId('c', 1), testId('c', 6)],
    [testId('c', 6)]: [testId('c', 2)],
  });
});

test('any two names are as alike one way as the other, and every name is like itself', () => {
  const random = createRandom(11);
  const word = (): string => Array.from({ length: 1 + random.int(0, 6) }, () => random.pick([...'aeihlcgvbzñé -'])).join('');
  for (let round = 0; round < 400; round += 1) {
    const [one, other] = [`${word()}x, ${word()}`, `${word()}x, ${word()}`];
    expect(likeness(one, other)).toBe(likeness(other, one));
    expect(likeness(one, one)).toBe('sameFamily');
  }
});

test('asked again about the same records it answers with the same; a changed record is looked at anew', () => {
  const similar = createSimilarNames();
  const [one, other] = [named('Moreau, Lea', 1), named('Moreau, Luc', 2)];
  const first = similar([one, other]);
  expect(similar([one, other])).toBe(first);
  expect(first.size).toBe(2);
  expect(similar([one, named('Kowal, Luc', 2)]).size).toBe(0);
});

test('while patients come, go and change it says what a comparison of all of them says', () => {
  const random = createRandom(12);
  const families = ['Moreau', 'Moreaux', 'Kowal', 'Koval', 'Silva', 'Sylva', 'Costa'];
  const drawn = (index: number) => named(`${random.pick(families)}, ${random.pick(['Lea', 'Luc', 'Lucas', 'Ana'])}`, index);
  const similar = createSimilarNames();
  let present = Array.from({ length: 20 }, (_, index) => drawn(index));
  for (let round = 0; round < 200; round += 1) {
    const deed = random.int(1, 3);
    const at = random.int(0, present.length - 1);
    if (deed === 1) present = [...present, drawn(20 + round)];
    else if (deed === 2 && present.length > 5) present = present.toSpliced(at, 1);
    else present = present.map((one, index) => (index === at ? { ...drawn(0), id: one.id } : one));
    expect(new Map([...similar(present)].sort())).toEqual(new Map([...similarNames(present)].sort()));
  }
});
