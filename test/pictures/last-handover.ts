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
      reasons: [],
      stood: { acuity, news2: 3, news2AtLeast: false, isolation, flags, bed: null, nurse: null },
    })),
    given: { by: person(1, 'Olu Banks'), at: writtenAt + 20 * minute },
    taken: { by: person(2, 'Ines Okafor'), at: writtenAt + 21 * minute },
  });
};

/** One that is spoken through and signed by who gives, with the longest that people write. */
export const waitingHandover = (records: readonly VigilRecord[], now: number): Handover => {
  const last = lastHandover(records, now);
  const name = 'María Fernanda Rodríguez-Echeverría de los Santos Oluwaseun';
  const long = 'Ring the daughter before the scan and not after, she has the list of his medicines and speaks for him. '.repeat(
    2,
  );
  return {
    ...last,
    id: testId('6', 8),
    writtenAt: now - 6 * minute,
    since: last.writtenAt,
    by: person(3, name),
    points: last.points.map((point, index) => ({
      ...point,
      text: `B${index + 1} · Doe, Jane 71 F · level 3 · NEWS2 4 · nurse ${name} · ${point.text}`,
      spoken: index !== 4,
      note: index === 1 ? long.trim().slice(0, 200) : '',
      change: index % 3 === 0 ? 'changed' : 'same',
      reasons: index % 3 === 0 ? ['news2', 'moved'] : [],
    })),
    given: { by: person(3, name), at: now - 4 * minute },
    taken: null,
  };
};
