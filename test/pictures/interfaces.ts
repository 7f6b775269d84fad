import { hasLeft } from '#domain/model/disagreement.ts';
import {
  type DeskAnswer,
  type DeskMessage,
  type DeskOutgoing,
  type DeskQuestion,
  refusedAnswer,
} from '#domain/model/message-desk.ts';
import type { RecordOf, VigilRecord } from '#domain/model/record.ts';
import { buildDisagreement, buildInterfaceLink, testId } from '#domain/testing/builders.ts';
import { sceneNow } from './department.ts';

const minute = 60_000;
const visitsOf = (records: readonly VigilRecord[]): readonly RecordOf<'encounter'>[] =>
  records.filter((one) => one.kind === 'encounter' && one.bedId !== null) as readonly RecordOf<'encounter'>[];
const labelOf = (records: readonly VigilRecord[], bedId: string | null | undefined): string => {
  const bed = records.find((one) => one.kind === 'bed' && one.id === bedId);
  return bed?.kind === 'bed' ? bed.label : '–';
};

/** Two lines, with what waits on them, and what the other side says otherwise. */
export const interfaceRecords = (records: readonly VigilRecord[]): readonly VigilRecord[] => {
  const [one, two, three] = visitsOf(records);
  const free = records.find((record) => record.kind === 'bed' && record.status === 'available');
  const link = { since: sceneNow - 190 * minute, trouble: null, queued: 0 };
  const ours = (visit: typeof one) => ({ bedId: visit?.bedId ?? null, text: labelOf(records, visit?.bedId) });
  return [
    buildInterfaceLink({
      ...link,
      id: testId('6', 301),
      name: 'ADT in',
      direction: 'in',
      state: 'connected',
      lastMessageAt: sceneNow - 41_000,
      unresolved: 2,
    }),
    buildInterfaceLink({
      ...link,
      id: testId('6', 302),
      name: 'ADT out',
      direction: 'out',
      state: 'failed',
      since: sceneNow - 12 * minute,
      lastMessageAt: sceneNow - 14 * minute,
      trouble: 'connect ECONNREFUSED 10.1.2.3:2576',
      unresolved: 1,
      queued: 3,
    }),
    buildDisagreement({
      id: testId('6', 311),
      source: 'PAS',
      at: sceneNow - 9 * minute,
      encounterId: one?.id ?? null,
      bedId: one?.bedId ?? null,
      theirs: { bedId: free?.id ?? null, text: labelOf(records, free?.id) },
      ours: ours(one),
      messageControlId: 'PAS20261122060512',
    }),
    buildDisagreement({
      id: testId('6', 312),
      source: 'PAS',
      about: 'departure',
      at: sceneNow - 22 * minute,
      encounterId: two?.id ?? null,
      bedId: two?.bedId ?? null,
      theirs: { bedId: null, text: hasLeft },
      ours: ours(two),
    }),
    buildDisagreement({
      id: testId('6', 313),
      source: 'PAS',
      about: 'identity',
      at: sceneNow - 30 * minute,
      encounterId: three?.id ?? null,
      bedId: null,
      theirs: { bedId: null, text: 'Patient 4410922' },
      ours: { bedId: null, text: 'Patient 4410929' },
    }),
  ];
};

const triggers = ['A04', 'A02', 'A08', 'A02', 'A03', 'A20', 'A01'] as const;
const messageAt = (index: number, changes: Partial<DeskMessage> = {}): DeskMessage => ({
  sequence: 4_000 - index,
  receivedAt: sceneNow - index * 97_000 - 41_000,
  sender: index % 6 === 5 ? 'HOUSEKEEPING|GH' : 'PAS|GH',
  controlId: `PAS2026112206${String(5_999 - index * 31)}`,
  trigger: triggers[index % triggers.length] ?? 'A08',
  occurredAt: sceneNow - index * 97_000 - 80_000,
  mrn: `44109${String(10 + index)}`,
  encounterId: null,
  location: null,
  state: 'applied',
  code: 'AA',
  reason: 'The patient was moved.',
  ...changes,
});
const waiting = (records: readonly VigilRecord[]): readonly DeskMessage[] => [
  messageAt(3, {
    trigger: 'A02',
    state: 'waiting',
    code: 'AE',
    encounterId: visitsOf(records)[0]?.id ?? null,
    location: 'EMER^4^1^GH',
    reason: 'The place EMER 4 1 GH is not known here: the patient stands without a bed. Map it, and this is done again.',
  }),
  messageAt(7, {
    trigger: 'A40',
    state: 'waiting',
    code: 'AE',
    reason: 'The two have different allergies. Merge the two at a desk, and this is done again.',
  }),
];
const rejected = [
  messageAt(11, {
    trigger: '',
    controlId: '',
    mrn: null,
    sender: '',
    state: 'rejected',
    code: 'AR',
    reason: 'It does not begin with MSH.',
  }),
  messageAt(16, { trigger: 'A20', state: 'refused', code: 'AE', reason: 'The bed status Q is not known (table 0116).' }),
  messageAt(21, {
    trigger: 'Z99',
    controlId: 'X'.repeat(199),
    sender: `${'LABORATORYINFORMATIONSYSTEM'.repeat(4)}|GH`,
    state: 'rejected',
    code: 'AR',
    reason: `The type ${'ADT^Z99^'.repeat(60)} is not for here. ${'What it says is kept with it and can be read. '.repeat(8)}`,
  }),
];
const outgoingAt = (index: number, changes: Partial<DeskOutgoing> = {}): DeskOutgoing => ({
  sequence: 80 - index,
  createdAt: sceneNow - index * 300_000 - 700_000,
  trigger: index % 2 === 0 ? 'A02' : 'A20',
  controlId: `V3F09A2C4D5E6${index}`,
  encounterId: null,
  bedId: null,
  state: 'sent',
  attempts: 0,
  nextAt: sceneNow + 20_000,
  reason: 'AA',
  endedAt: sceneNow - index * 300_000,
  ...changes,
});
const text = [
  'MSH|^~\\&|PAS|GH|VIGIL|GH|20261122060512+0000||ADT^A02^ADT_A02|PAS20261122065906|P|2.5|||||8859/1',
  'EVN|A02|20261122060512+0000',
  'PID|1||4410913^^^GH^MR||Dunmore^Alasdair^J||19580914|M|||14 Quay Street^^Brannoc||01632 960112',
  'PV1|1|E|EMER^4^1^GH||||0412^Fairley^Ros|||||||||||E|7701234',
].join('\n');
const answered = [
  'MSH|^~\\&|VIGIL|GH|PAS|GH|20261122060513+0000||ACK^A02^ACK|VLQ2F-8|P|2.5',
  'MSA|AE|PAS20261122065906|The place EMER 4 1 GH is not known here.',
  'ERR||PV1^1^3|204^Unknown key identifier|E',
].join('\n');

/** What a hospital answers whose interface has some trouble. */
export const inventedAnswer = (question: DeskQuestion, scene: string, records: readonly VigilRecord[]): DeskAnswer => {
  if (scene === 'offline') return refusedAnswer('notReached', 'The hospital is not reached. Nothing was asked.');
  if (scene === 'unknown') return refusedAnswer('noInterface', 'This hospital has no interface to another system.');
  switch (question.about) {
    case 'messages': {
      if (question.states?.[0] === 'waiting') return { about: 'messages', messages: [...waiting(records)], more: false };
      if (question.states) return { about: 'messages', messages: [...rejected], more: false };
      const messages = Array.from({ length: 50 }, (_, index) => messageAt(index + (4_000 - (question.before ?? 4_001) + 1)));
      return { about: 'messages', messages, more: true };
    }
    case 'outgoing':
      return {
        about: 'outgoing',
        more: false,
        messages:
          question.states[0] === 'dead'
            ? [
                outgoingAt(1, {
                  state: 'dead',
                  attempts: 5,
                  bedId: records.find((one) => one.kind === 'bed')?.id ?? null,
                  reason: 'AE Unknown bed R4',
                }),
              ]
            : [
                outgoingAt(0, { state: 'queued', reason: null, endedAt: null, encounterId: visitsOf(records)[2]?.id ?? null }),
                outgoingAt(2),
                outgoingAt(3, { state: 'dropped', reason: 'Ines Okafor: Told by telephone' }),
              ],
      };
    case 'message':
      return {
        about: 'message',
        message: messageAt(3),
        received: { text, cut: false },
        answered: { text: answered, cut: false },
      };
    case 'outgoingMessage':
      return { about: 'outgoingMessage', message: outgoingAt(1), sent: { text, cut: false }, answered: null };
    case 'mapBed':
      return { about: 'mapBed', done: 1 };
    case 'replay':
      return { about: 'replay', state: 'applied', code: 'AA', reason: 'The patient was moved.' };
    case 'places':
      return {
        about: 'places',
        more: false,
        places: visitsOf(records)
          .slice(0, 3)
          .map((visit, index) => ({
            sender: 'PAS|GH',
            location: `EMER^${index + 1}^1^GH`,
            bedId: visit.bedId ?? '',
            at: sceneNow - index * 3_600_000 - 900_000,
          })),
      };
    case 'resend':
    case 'giveUp':
    case 'unmapPlace':
      return { about: question.about };
  }
};
