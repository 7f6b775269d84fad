import type { Handover } from '#domain/model/handover.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import { buildHandover, testId } from '#domain/testing/builders.ts';

const minute = 60_000;
const person = (number: number, name: string) => ({ personId: testId('9', number), name });

/** The handover of an hour and a half ago, signed by both: it spoke of everyone who was there, and of one who has left since. */
export const lastHandover = (records: readonly VigilRecord[], now: number): Handover => {
  const writtenAt = now - 90 * minute;
  const there = records.flatMap((record) => (record.kind === 'encounter' && record.arrivedAt < writtenAt ? [record] : []));
  return buildHandover({
    writtenAt,
    by: person(1, 'Olu Banks'),
    summary: 'CT 2 is out of use until the morning. Two boarders go up at seven.',
    points: there.map(({ id, complaint, acuity, isolation, flags }, index) => ({
      about: 'patient',
      id,
      text: complaint ?? '–',
      spoken: true,
      note: index === 0 ? 'Family is on the way.' : '',
      change: 'same',
      stood: { acuity, news2: 3, isolation, flags },
    })),
    given: { by: person(1, 'Olu Banks'), at: writtenAt + 20 * minute },
    taken: { by: person(2, 'Ines Okafor'), at: writtenAt + 21 * minute },
  });
};
