import { expect, test } from 'vitest';
import { buildHospital, testId } from '#domain/testing/builders.ts';
import { hospitalsListed } from './order.ts';

const away = (number: number, name: string, changes: Parameters<typeof buildHospital>[0] = {}) =>
  buildHospital({ id: testId('5', number), facilityId: null, name, ...changes });

test('ours first, then those that restrict, then by name; words of names and services find them', () => {
  const hospitals = [
    away(2, 'Clínica Sur'),
    away(3, 'Británico', { emsTrafficStatus: 'closed', services: ['stroke'] }),
    buildHospital({ name: 'Zentral' }),
    away(4, 'Americano', { services: ['stroke', 'trauma'] }),
    away(5, 'Posta', { emsTrafficStatus: 'notApplicable' }),
  ];
  const names = (typed: string) => hospitalsListed(hospitals, typed).map(({ name }) => name);
  expect([names(''), names('stroke'), names('clin'), names(' stroke AME '), names('none')]).toEqual([
    ['Zentral', 'Británico', 'Americano', 'Clínica Sur', 'Posta'],
    ['Británico', 'Americano'],
    ['Clínica Sur'],
    ['Americano'],
    [],
  ]);
});
