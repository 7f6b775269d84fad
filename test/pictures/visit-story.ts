import type { Encounter } from '#domain/model/encounter.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { buildCareNote, buildTask, testId } from '#domain/testing/builders.ts';

const minute = 60_000;

/** A night of a patient whom many looked after: each half hour and less somebody changed something. */
const changesOf = ({ arrivedAt }: Encounter, now: number): Encounter['changes'] => {
  const names = ['Kerr', 'Ines Okafor', 'Olu Banks'];
  const steps = ['Gas', 'CT chest', 'Chest X-ray', 'Blood pressure by hand', 'Seen by the physician'];
  const every = Math.floor((now - arrivedAt) / 30);
  const changes: Encounter['changes'] = [{ what: 'arrived', at: arrivedAt, by: 'Ana Duarte' }];
  for (let index = 1; index < 26; index += 1) {
    const stamp = { at: arrivedAt + index * every, by: names[index % names.length] ?? '' };
    const text = steps[index % steps.length] ?? '';
    if (index === 4) changes.push({ what: 'away', ...stamp, to: 'CT', since: stamp.at, expectedBackAt: stamp.at + 25 * minute });
    else if (index === 6) changes.push({ what: 'back', ...stamp, to: 'CT', since: arrivedAt + 4 * every });
    else if (index === 9)
      changes.push(
        { what: 'isolation', ...stamp, isolation: 'contact' },
        { what: 'flag', ...stamp, flag: 'INT', isSet: true, note: 'Guaraní, daughter at the phone' },
        { what: 'nurse', ...stamp, text: 'Olu Banks' },
      );
    else if (index === 12) changes.push({ what: 'admission', ...stamp, to: null, since: stamp.at });
    else if (index === 13) changes.push({ what: 'admissionWithdrawn', ...stamp });
    else if (index === 20) changes.push({ what: 'expectedDeparture', ...stamp, expectedAt: now + 90 * minute });
    else if (index === 22) changes.push({ what: 'admission', ...stamp, to: 'Internal medicine', since: now - 25 * minute });
    else {
      changes.push({ what: 'nextStep', ...stamp, text });
      if (index % 3 === 0) changes.push({ what: 'waitingFor', ...stamp, waitingFor: ['bloods', 'specialty'] });
    }
  }
  return changes;
};

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
      changes: changesOf(encounter, now),
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
