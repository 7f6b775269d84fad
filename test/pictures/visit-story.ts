import type { Encounter } from '#domain/model/encounter.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { buildCareNote, buildTask, testId } from '#domain/testing/builders.ts';

const minute = 60_000;

/** What was done with a patient, so that the record of a visit has something to tell: moves, notes, tasks. */
export const storyOf = (encounter: Encounter, bedId: Id, now: number): readonly VigilRecord[] => {
  const by = (name: string) => ({ personId: testId('9', 1), name });
  const { arrivedAt } = encounter;
  return [
    {
      ...encounter,
      moves: [
        { at: arrivedAt + 9 * minute, bedId: null, place: 'Corridor 2', by: 'Kerr', note: null },
        { at: arrivedAt + 20 * minute, bedId, place: null, by: 'Ines Okafor', note: 'No single room is free' },
      ],
      waitingFor: ['bloods', 'specialty'],
      isolation: 'contact',
      flags: [...new Set([...encounter.flags, 'ISO' as const, 'INT' as const])],
      flagNotes: [{ flag: 'INT', text: 'Guaraní, daughter at the phone' }],
      admitDecidedAt: now - 25 * minute,
      admitTo: 'Internal medicine',
    },
    buildCareNote({
      id: testId('6', 900),
      encounterId: encounter.id,
      at: now - 52 * minute,
      by: by('Olu Banks'),
      text: 'Antibiotic given 03:05. Second cannula, right forearm.\nLactate sent again.',
    }),
    buildCareNote({
      id: testId('6', 901),
      encounterId: encounter.id,
      at: now - 6 * minute,
      by: by('Kerr'),
      text: 'Daughter rang: comes at eight.',
    }),
    buildTask({
      id: testId('6', 902),
      encounterId: encounter.id,
      text: 'Lactate again',
      createdAt: now - 50 * minute,
      dueAt: now + 12 * minute,
      by: by('Dr Ito'),
    }),
    buildTask({
      id: testId('6', 903),
      encounterId: encounter.id,
      text: 'Ask pharmacy for the home list',
      createdAt: now - 44 * minute,
      dueAt: null,
      owner: 'Ward clerk',
      by: by('Olu Banks'),
    }),
    buildTask({
      id: testId('6', 904),
      encounterId: encounter.id,
      text: 'ECG',
      createdAt: arrivedAt + 12 * minute,
      dueAt: null,
      by: by('Kerr'),
      ended: { at: arrivedAt + 26 * minute, by: by('Kerr'), outcome: 'done' },
    }),
  ];
};
