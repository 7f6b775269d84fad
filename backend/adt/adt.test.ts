import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hl7Message } from '@medplum/core';
import { Hl7Client, Hl7Server } from '@medplum/hl7';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildBed, buildDevice, buildDisagreement, ids, testId } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { type AdtHospital, type AdtLine, adtHospital, openLine } from '../testing/adt-hospital.ts';
import { type AdtGiven, adtText, exactTime } from '../testing/adt-messages.ts';
import { assignInput, bed, encounter } from '../testing/hospital.ts';

const person = { personId: testId('9', 1), name: 'R. Ortiz', stationId: null };
let directory = '';
let site = '';
let here: AdtHospital;
const lines: AdtLine[] = [];
const siteFile = {
  senders: [
    {
      application: 'PAS',
      facility: 'GH',
      name: 'PAS',
      locations: { ED: { bedsByLabel: true }, WARD: { notOurs: true }, CT: { place: 'CT' } },
    },
  ],
  receiver: { application: 'PAS', facility: 'GH', departures: true },
};
const start = async (options: Parameters<typeof adtHospital>[1] = {}) => {
  here = await adtHospital(join(directory, 'hospital.db'), { site, ...options });
  const beds = [2, 3].map((index) => buildBed({ id: testId('b', index), label: `B${index}` }));
  if (!here.core.view.get('bed', testId('b', 2)))
    here.core.together((write) => write([...beds, buildDevice({ bedId: bed.id, encounterId: null })]));
  return here;
};
const line = (): AdtLine => {
  const opened = openLine(here.port);
  lines.push(opened);
  return opened;
};
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-adt-'));
  site = join(directory, 'adt.json');
  writeFileSync(site, JSON.stringify(siteFile));
  await start();
});
afterEach(async () => {
  for (const one of lines.splice(0)) one.close();
  await here.end();
  rmSync(directory, { recursive: true, force: true });
});

let count = 0;
const message = (trigger: string, given: Partial<AdtGiven> = {}): string => {
  count += 1;
  return adtText({
    trigger,
    controlId: `C${count}`,
    at: here.now() + count,
    visit: 'V1',
    mrn: 'M77',
    timestamp: exactTime,
    ...given,
  });
};
const bedOf = (label: string) => [...here.core.view.list('bed')].find((one) => one.label === label);
const visit = () => [...here.core.view.list('encounter')].find(({ visitNumber }) => visitNumber === 'V1');

describe('a line', () => {
  test('takes a stay, and keeps what came and what was answered with it', async () => {
    const pas = line();
    here.pass(60_000);
    expect(await pas.ask(message('A04', { controlId: 'A' }))).toEqual(['AA', 'A', 'It was taken.']);
    expect(await pas.ask(message('A02', { controlId: 'B', location: 'ED^^B1' }))).toEqual(['AA', 'B', 'The patient was moved.']);
    expect([bedOf('B1')?.encounterId, [...here.core.view.list('device')][0]?.encounterId]).toEqual([visit()?.id, visit()?.id]);
    const left = message('A03', { controlId: 'C' });
    expect(await pas.ask(left)).toEqual(['AA', 'C', 'The patient was moved.']);
    expect([bedOf('B1')?.status, [...here.core.view.list('device')][0]?.encounterId, visit()?.status]).toEqual([
      'contaminated',
      null,
      'finished',
    ]);
    expect(await pas.ask(left)).toEqual(['AA', 'C', 'It was taken before: The patient was moved.']);
    expect(here.adt.desk.list({}).map(({ controlId, state }) => [controlId, state])).toEqual([
      ['C', 'duplicate'],
      ['C', 'applied'],
      ['B', 'applied'],
      ['A', 'applied'],
    ]);
    const shown = here.adt.desk.show(3);
    expect([shown?.receivedText, shown?.answeredText?.split('\n')[1]]).toEqual([
      left.replaceAll('\r', '\n').trimEnd(),
      'MSA|AA|C|The patient was moved.',
    ]);
  });

  test('speaks with a sender of another house', async () => {
    const client = new Hl7Client({ host: '127.0.0.1', port: here.port });
    const answer = await client.sendAndWait(Hl7Message.parse(message('A01', { location: 'ED^^B2' })), { timeoutMs: 5_000 });
    expect([answer.getSegment('MSA')?.getField(1).toString(), bedOf('B2')?.status]).toEqual(['AA', 'occupied']);
    await client.close();
  });

  test('answers many messages of one packet in order, and one that is cut in two', async () => {
    const pas = line();
    const told = [
      message('A04', { controlId: '1' }),
      'nonsense',
      message('A02', { controlId: '2', location: 'ED^^B1' }),
      message('A99', { controlId: '3' }),
    ];
    pas.write(Buffer.from(told.map((one) => `\x0b${one}\x1c\r`).join('')));
    expect([await pas.answer(), await pas.answer(), await pas.answer(), await pas.answer()]).toEqual([
      ['AA', '1', 'It was taken.'],
      ['AR', '', 'It does not begin with MSH.'],
      ['AA', '2', 'The patient was moved.'],
      ['AR', '3', 'ADT^A99 is not taken here.'],
    ]);
    const last = `\x0b${message('A03', { controlId: '4' })}\x1c`;
    pas.write(last.slice(0, 50));
    pas.write(last.slice(50));
    expect(await pas.answer()).toEqual(['AA', '4', 'The patient was moved.']);
  });

  test('that does not wait for answers is one commit for many messages', async () => {
    const pas = line();
    const commits: number[] = [];
    const stop = here.core.subscribe(({ base, rev }) => commits.push(rev - base));
    const told = Array.from({ length: 40 }, (_, index) =>
      message('A04', { controlId: `P${index}`, visit: `P${index}`, mrn: `P${index}` }),
    );
    pas.write(told.map((one) => `\x0b${one}\x1c\r`).join(''));
    for (const [index] of told.entries()) expect((await pas.answer()).slice(0, 2)).toEqual(['AA', `P${index}`]);
    stop();
    expect([commits.length < 5, commits.reduce((sum, one) => sum + one)]).toEqual([true, 40]);
  });

  test('in the enhanced mode says first that a message was accepted, then what became of it, as far as it is wanted', async () => {
    const pas = line();
    const wants = (accept: string, application: string, given: Partial<AdtGiven> = {}) =>
      message(given.trigger ?? 'A04', { wants: [accept, application], ...given });
    pas.tell(wants('AL', 'AL', { controlId: 'both' }));
    expect([await pas.answer(), await pas.answer()]).toEqual([
      ['CA', 'both', ''],
      ['AA', 'both', 'It was taken.'],
    ]);
    pas.tell(wants('NE', 'NE', { controlId: 'silent' }));
    pas.tell(wants('AL', 'ER', { controlId: 'rejected', trigger: 'A99' }));
    expect((await pas.answer()).slice(0, 2)).toEqual(['CR', 'rejected']);
    const kept = here.adt.desk.list({}).find(({ controlId }) => controlId === 'silent');
    expect([kept?.state, here.adt.desk.show(kept?.sequence ?? 0)?.answeredText]).toEqual(['confirmed', '']);
  });

  test('does a merge that waited for the end of one of the two stays when that end is told', async () => {
    const pas = line();
    here.pass(60_000);
    await pas.ask(message('A04', { visit: 'V1', mrn: 'M1' }));
    await pas.ask(message('A04', { visit: 'V2', mrn: 'M2' }));
    await pas.ask(message('A02', { visit: 'V2', mrn: 'M2', location: 'ED^^B1' }));
    const merge = await pas.ask(message('A40', { controlId: 'merge', mrn: 'M1', detail: 'M2^^^GH^MR' }));
    expect(merge).toEqual([
      'AE',
      'merge',
      'Both have a visit under way, V1 and V2. This is done when one of them ends, or when the two are merged at a desk.',
    ]);
    const state = () => here.adt.desk.list({}).find(({ controlId }) => controlId === 'merge')?.state;
    await pas.ask(message('A03', { visit: 'V9', mrn: 'M9' }));
    expect(state()).toBe('waiting');
    await pas.ask(message('A03', { visit: 'V1', mrn: 'M1' }));
    const whose = [...here.core.view.list('encounter')].find(({ visitNumber }) => visitNumber === 'V2')?.patientId;
    expect([state(), whose && here.core.view.get('patient', whose)?.mrn, bedOf('B1')?.status]).toEqual([
      'applied',
      'M1',
      'occupied',
    ]);
  });

  test('says that a message was cut off, and closes after its sender did', async () => {
    const pas = line();
    pas.write(`\x0b${message('A04', { controlId: 'half' }).slice(0, 80)}`);
    pas.halfClose();
    expect(await pas.answer()).toEqual(['AR', 'half', 'Its end never came: another message began.']);
    await pas.closed;
    expect([...here.core.view.list('encounter')].length).toBe(1);
  });

  test('refuses a sender that the site does not list', async () => {
    expect(await line().ask(message('A04', { application: 'OTHER', controlId: 'x' }))).toEqual([
      'AR',
      'x',
      'The sender OTHER|GH is not known here.',
    ]);
  });

  test('answers whatever comes, and stays open', async () => {
    const random = createRandom(20_261_123);
    const pas = line();
    for (let round = 0; round < 400; round += 1) {
      const bytes = Buffer.from(
        message(random.pick(['A01', 'A02', 'A03', 'A08', 'A11', 'A12', 'A13', 'A20', 'A40']), {
          location: random.pick(['ED^^B1', 'X', '^^^', 'ED']),
          detail: 'M77',
        }),
      );
      for (let change = random.int(0, 12); change > 0; change -= 1) {
        const at = random.int(0, bytes.length - 1);
        const value = random.int(0, 255);
        // A frame's own bytes make another message of it, which the frame tests hold.
        if (value !== 0x0b && value !== 0x1c) bytes[at] = value;
      }
      const [code] = await pas.ask(random.chance(0.2) ? bytes.subarray(0, random.int(0, bytes.length)) : bytes);
      expect(['AA', 'AE', 'AR']).toContain(code);
    }
    expect((await line().ask(message('A08', { visit: 'V9', mrn: 'M9' })))[0]).toBe('AA');
  });
});

describe('a place that nobody mapped', () => {
  test('makes the message wait; mapped by a person it is done, with who did it', async () => {
    const pas = line();
    const told = message('A01', { controlId: 'W', location: 'EMER^4^1' });
    expect((await pas.ask(told))[0]).toBe('AE');
    expect((await pas.ask(told))[0]).toBe('AE');
    expect(here.adt.desk.list({ states: ['waiting'] }).map(({ controlId, location }) => [controlId, location])).toEqual([
      ['W', 'EMER^4^1'],
    ]);
    expect(visit()?.place).toBe('EMER 4 1: not mapped');
    expect(here.adt.desk.mapBed(person, 'PAS|GH', 'EMER^4^1', testId('b', 99))).toEqual({ problem: 'This bed is not known.' });
    expect(here.adt.desk.mapBed(person, 'PAS|GH', 'EMER^4^1', bed.id)).toEqual({ done: 1 });
    expect([bedOf('B1')?.encounterId, here.adt.desk.list({ states: ['waiting'] })]).toEqual([visit()?.id, []]);
    expect(await pas.ask(told)).toEqual(['AA', 'W', 'It was taken before: The patient was moved.']);
    expect(
      [...here.store.audit.rows()]
        .filter(({ actor }) => actor === person.personId)
        .map(({ action, outcome }) => [action, outcome]),
    ).toEqual([['adt.mapBed', 'done']]);
    expect(here.adt.desk.replay(person, 1)).toMatchObject({ state: 'confirmed', code: 'AA' });
  });
});

test('what was answered is there after a restart, and what was not is known when it comes again', async () => {
  const told = message('A01', { controlId: 'K', location: 'ED^^B2' });
  await line().ask(told);
  const rev = here.core.rev();
  await here.end();
  await start();
  expect(bedOf('B2')?.status).toBe('occupied');
  expect((await line().ask(told))[2]).toBe('It was taken before: The patient was moved.');
  expect([...here.core.view.list('encounter')].length).toBe(2);
  expect(here.core.rev()).toBeLessThanOrEqual(rev + 3);
});

test('while the hospital is being restored nothing is taken, and that is said', async () => {
  await here.end();
  await start({ isWhole: () => false });
  const rev = here.core.rev();
  expect((await line().ask(message('A01', { controlId: 'R' }))).slice(0, 2)).toEqual(['AR', 'R']);
  expect([here.core.rev(), here.adt.desk.list({})]).toEqual([rev, []]);
});

test('another message under a control id that was used before is another message', async () => {
  const pas = line();
  await pas.ask(message('A01', { controlId: 'SAME', location: 'ED^^B1' }));
  here.pass(1_000);
  expect(await pas.ask(message('A03', { controlId: 'SAME' }))).toEqual(['AA', 'SAME', 'The patient was moved.']);
});

describe('what is done here', () => {
  const received: Hl7Message[] = [];
  let receiver: Hl7Server;
  let answers: readonly ('AA' | 'AE')[] = [];
  beforeEach(async () => {
    received.length = 0;
    answers = [];
    receiver = new Hl7Server((connection) => {
      connection.addEventListener('message', (event) => {
        received.push(event.message);
        connection.send(event.message.buildAck({ ackCode: answers[received.length - 1] ?? 'AA' }));
      });
    });
    await receiver.start(0);
    await here.end();
    const address = receiver.server?.address();
    if (typeof address !== 'object' || address === null) throw new Error('Nobody listens.');
    await start({ send: { host: '127.0.0.1', port: address.port } });
  });
  afterEach(async () => {
    await here.adt.stop();
    await receiver.stop({ forceDrainTimeoutMs: 1 });
  });
  const until = async (isSo: () => boolean): Promise<void> => {
    const deadline = Date.now() + 8_000;
    while (!isSo()) {
      if (Date.now() > deadline) throw new Error(`Not within 8 s; received ${received.length}.`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const told = () =>
    received.map((one) => [
      one.getSegment('MSH')?.getComponent(9, 2),
      one.getSegment('PV1')?.getField(3)?.toString() ?? one.getSegment('NPU')?.toString(),
    ]);

  test('goes out in order; what comes back of it moves nobody and is not sent again', async () => {
    here.core.apply(testId('8', 1), here.envelope('assignBed', assignInput), 0);
    here.core.apply(testId('8', 1), here.envelope('releaseBed', { ...assignInput, disposition: 'waiting' }), 0);
    await until(() => received.length === 3 && here.adt.desk.listOutgoing({ states: ['sent'] }).length === 3);
    expect(told()).toEqual([
      ['A02', 'ED^^B1'],
      ['A02', 'ED'],
      ['A20', 'NPU|ED^^B1|K'],
    ]);
    const [code, , reason] = await line().ask(message('A02', { visit: '', mrn: 'M000001', location: 'ED^^B1', at: here.now() }));
    expect([code, reason, here.core.view.get('encounter', encounter.id)?.bedId, here.store.messages.queuedCount()]).toEqual([
      'AA',
      'It was kept and moved nobody: it tells of a move that was made here.',
      null,
      0,
    ]);
    expect([...here.core.view.list('disagreement')]).toEqual([]);
  });

  test('goes out as a departure where the site wants that, and what is taken back as taken back', async () => {
    const apply = (name: Parameters<typeof here.envelope>[0], input: object) => {
      const { settlement } = here.core.apply(testId('8', 1), here.envelope(name, input), 0);
      expect(settlement.outcome.status).toBe('applied');
      here.pass(1_000);
    };
    apply('assignBed', assignInput);
    apply('unassignBed', { ...assignInput, place: 'CT' });
    apply('assignBed', assignInput);
    apply('releaseBed', { ...assignInput, disposition: 'discharged' });
    apply('restoreToBed', { ...assignInput, releasedAt: bedOf('B1')?.since });
    await until(() => here.adt.desk.listOutgoing({ states: ['sent'] }).length === 7);
    const visits = () =>
      received
        .filter((one) => one.getSegment('PV1'))
        .map((one) => [
          one.getSegment('MSH')?.getComponent(9, 2),
          one.getSegment('PV1')?.getField(3)?.toString() ?? '',
          one.getSegment('PV1')?.getField(6)?.toString() ?? '',
          (one.getSegment('PV1')?.getField(45)?.toString() ?? '') !== '',
        ]);
    expect(visits()).toEqual([
      ['A02', 'ED^^B1', '', false],
      ['A12', 'CT', 'ED^^B1', false],
      ['A02', 'ED^^B1', '', false],
      ['A03', 'ED^^B1', '', true],
      ['A13', 'ED^^B1', '', false],
    ]);
    // What the patient administration says itself is not told to it, and its echo of ours moves nobody.
    const echo = await line().ask(message('A13', { visit: '', mrn: 'M000001', location: 'ED^^B1' }));
    expect(echo.slice(0, 1)).toEqual(['AA']);
    await line().ask(message('A01', { location: 'ED^^B2' }));
    await line().ask(message('A03'));
    expect([here.store.messages.queuedCount(), received.length, [...here.core.view.list('disagreement')]]).toEqual([0, 7, []]);
    expect(here.core.view.get('encounter', encounter.id)?.bedId).toBe(bed.id);
  });

  test('and is refused again and again is given up where people see it, and sent again by hand', async () => {
    answers = ['AE', 'AE', 'AE', 'AE', 'AE'];
    here.core.apply(testId('8', 1), here.envelope('assignBed', assignInput), 0);
    const dead = () => here.adt.desk.listOutgoing({ states: ['dead'] });
    await until(() => {
      here.pass(60_000);
      here.adt.alsoKeep([]);
      return dead().length === 1;
    });
    expect([dead()[0]?.attempts, dead()[0]?.reason?.slice(0, 2), received.length]).toEqual([5, 'AE', 5]);
    const sequence = dead()[0]?.sequence ?? 0;
    expect(here.adt.desk.giveUp(person, sequence, 'Told by telephone')).toBeUndefined();
    expect(here.adt.desk.listOutgoing({ states: ['dropped'] }).map(({ reason }) => reason)).toEqual([
      'R. Ortiz: Told by telephone',
    ]);
    expect(here.adt.desk.resend(person, sequence, 'They can take it now')).toBeUndefined();
    await until(() => here.adt.desk.listOutgoing({ states: ['sent'] }).length === 1);
    const sent = { problem: 'This message was sent, or given up before.' };
    expect([here.adt.desk.giveUp(person, sequence, 'No'), here.store.messages.deadCount()]).toEqual([sent, 0]);
    expect(
      [...here.store.audit.rows()]
        .filter(({ actor }) => actor === person.personId)
        .map(({ action, subjects, outcome }) => [action, subjects, outcome]),
    ).toEqual([
      ['adt.giveUp', [encounter.id], 'dropped'],
      ['adt.resend', [encounter.id], 'queued'],
    ]);
  });

  test('and was refused is not sent behind a later move of the same patient', async () => {
    answers = ['AE', 'AE', 'AE', 'AE', 'AE'];
    here.core.apply(testId('8', 1), here.envelope('assignBed', assignInput), 0);
    await until(() => {
      here.pass(60_000);
      here.adt.alsoKeep([]);
      return here.store.messages.deadCount() === 1;
    });
    const sequence = here.adt.desk.listOutgoing({ states: ['dead'] })[0]?.sequence ?? 0;
    here.core.apply(testId('8', 1), here.envelope('assignBed', { ...assignInput, bedId: testId('b', 2) }), 0);
    await until(() => here.adt.desk.listOutgoing({ states: ['sent'] }).length === 2);
    expect(here.adt.desk.resend(person, sequence, 'They can take it now')).toEqual({
      problem:
        'A later message of the same patient or bed goes out or has gone: this one would say what is no longer so. Give it up.',
    });
    expect(told().slice(5)).toEqual([
      ['A02', 'ED^^B2'],
      ['A20', 'NPU|ED^^B1|K'],
    ]);
  });

  test('and was only taken over from ADT by a person is not told to it', () => {
    const theirs = { bedId: testId('b', 2), text: 'B2' };
    here.core.together((write) =>
      write([buildDisagreement({ encounterId: encounter.id, bedId: null, theirs, ours: { bedId: null, text: 'Waiting room' } })]),
    );
    const input = { disagreementId: ids.disagreement, choice: 'theirs', reason: 'Seen there' };
    const { settlement } = here.core.apply(testId('8', 1), here.envelope('resolveDisagreement', input), 0);
    expect([settlement.outcome.status, bedOf('B2')?.encounterId]).toEqual(['applied', encounter.id]);
    expect(here.store.messages.listOutgoing({ states: ['queued', 'sent', 'dead'], limit: 9 })).toEqual([]);
  });

  test('about a bed without a name there is given up at once, and nothing of ADT goes back', async () => {
    await line().ask(message('A01', { location: 'ED^^B3' }));
    expect(here.store.messages.listOutgoing({ states: ['queued', 'sent', 'dead'], limit: 9 })).toEqual([]);
  });
});
