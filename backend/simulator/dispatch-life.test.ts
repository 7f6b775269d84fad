/** What the people outside the desks do: callers ring, crews answer or do not, other hospitals close and open. */
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { answerCall } from '#domain/commands/answer-call.ts';
import { createIncident } from '#domain/commands/create-incident.ts';
import type { CommandDefinition } from '#domain/commands/definition.ts';
import { derivedId } from '#domain/commands/derived-id.ts';
import { dispatchByVoice } from '#domain/commands/dispatch-by-voice.ts';
import { dispatchUnit } from '#domain/commands/dispatch-unit.ts';
import { sendMessage } from '#domain/commands/send-message.ts';
import { setDestination } from '#domain/commands/set-destination.ts';
import { setEmergency } from '#domain/commands/set-emergency.ts';
import { setHospitalStatus } from '#domain/commands/set-hospital-status.ts';
import type { Call } from '#domain/model/call.ts';
import { recordSchema, type VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { orderBreaks } from '#domain/rules/assignment-times.ts';
import { dispatchSettingsOf } from '#domain/rules/dispatch-defaults.ts';
import { dueByTime } from '#domain/rules/dispatch-watch.ts';
import { rollCallOf } from '#domain/rules/roll-call.ts';
import { isFree } from '#domain/rules/unit-status.ts';
import { buildCall, testId } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { type SimulatedHospital, simulateHospital } from '../testing/simulated.ts';
import { drawAnswer } from './crews.ts';

const ines = { personId: '00000009-0000-4000-8000-000000000000', name: 'Ines' };
let commands = 0;
/** Ines gives a command; what stands then. */
const give = <S extends z.ZodType>(hospital: SimulatedHospital, command: CommandDefinition<string, S>, input: z.input<S>) => {
  const commandId: Id = `00000000-0000-4000-8000-${String(++commands).padStart(12, '0')}`;
  const outcome = command.apply(hospital.core.view, command.input.parse(input), {
    commandId,
    issuedAt: hospital.now(),
    author: ines,
    newId: (index) => derivedId(commandId, index),
    grant: { ...ines, grantId: ines.personId, roles: ['dispatcher'], facilityId: ines.personId, expiresAt: hospital.now() + 1 },
  });
  if ('code' in outcome) throw new Error(outcome.message);
  hospital.core.commit(outcome);
  return outcome as readonly VigilRecord[];
};
const mine = {
  category: 'Fall',
  determinant: null,
  priority: 3,
  address: 'Somewhere 1',
  position: [-56.16, -34.89],
  patientSummary: null,
};
const openOwn = (hospital: SimulatedHospital): Id => {
  const [incident] = give(hospital, createIncident as never, mine);
  if (!incident) throw new Error('No incident.');
  return incident.id;
};
const freeUnits = (hospital: SimulatedHospital) =>
  hospital.every('unit').filter(({ status, assignmentId }) => isFree(status) && assignmentId === null);
const ours = (hospital: SimulatedHospital, incidentId: Id) =>
  hospital.every('assignment').filter((assignment) => assignment.incidentId === incidentId);

describe('crews', () => {
  test('of a hundred most acknowledge within ten seconds, some later, some refuse, some say nothing', () => {
    const drawn = Array.from({ length: 4_000 }, (_, seed) => drawAnswer(createRandom(seed)));
    const share = (holds: (answer: (typeof drawn)[number]) => boolean) =>
      Math.round((drawn.filter(holds).length / drawn.length) * 100);
    expect([
      share(({ how, minutes }) => how === 'acknowledges' && minutes * 60 < 10),
      share(({ how, minutes }) => how === 'acknowledges' && minutes * 60 > 10),
      share(({ how }) => how === 'refuses'),
      share(({ how }) => how === 'silent'),
    ]).toEqual([80, 11, 4, 5]);
  });

  /** Sends crews of Ines's own until one takes it as wanted, and looks at that mission. */
  const sendUntil = (how: ReturnType<typeof drawAnswer>['how']) => {
    for (let seed = 1; seed < 12; seed++) {
      const hospital = simulateHospital({ seed });
      const incidentId = openOwn(hospital);
      for (const unit of freeUnits(hospital)) give(hospital, dispatchUnit as never, { incidentId, unitId: unit.id });
      hospital.pass(0.7, 1);
      const found = ours(hospital, incidentId).find((assignment) => {
        const refused = assignment.refusal !== null;
        return how === 'refuses'
          ? refused
          : how === 'silent'
            ? !refused && assignment.times.acknowledged === null
            : assignment.times.acknowledged !== null;
      });
      if (found) return { hospital, assignment: found, unit: () => hospital.core.view.get('unit', found.unitId) };
    }
    throw new Error(`Nobody ${how}.`);
  };

  test('a refusal has its reason, and the incident stays open for another crew', () => {
    const { hospital, assignment, unit } = sendUntil('refuses');
    expect(assignment).toMatchObject({
      refusal: { reason: expect.stringMatching(/\w/) },
      endReason: assignment.refusal?.reason,
      times: { acknowledged: null },
    });
    expect(unit()?.assignmentId).toBeNull();
    expect(hospital.core.view.get('incident', assignment.incidentId)?.status).toBe('open');
  });

  test('a silent crew says nothing until it is told by radio', () => {
    const { hospital, assignment, unit } = sendUntil('silent');
    hospital.pass(1, 1);
    expect(unit()?.status).toBe('dispatched');
    give(hospital, dispatchByVoice as never, {
      incidentId: assignment.incidentId,
      unitId: assignment.unitId,
      voiceNote: 'Told on channel 2',
    });
    hospital.pass(0.2, 1);
    expect(unit()?.status).toBe('acknowledged');
  });

  test('a silent crew that nobody calls sees it after some minutes', () => {
    const { hospital, unit } = sendUntil('silent');
    hospital.pass(6, 1);
    expect(unit()?.status).not.toBe('dispatched');
  });

  test('an incident that a person opened is sent to by people alone', () => {
    const hospital = simulateHospital();
    const incidentId = openOwn(hospital);
    hospital.pass(45);
    expect([ours(hospital, incidentId), hospital.core.view.get('incident', incidentId)?.status]).toEqual([[], 'open']);
  });

  test('the roll-call is answered by most, and hardly anybody misses two in a row', () => {
    const hospital = simulateHospital({ units: 120 });
    const [asked, missed, twice] = [new Set<string>(), new Set<string>(), new Set<string>()];
    const settings = dispatchSettingsOf(hospital.core.view).rollCall;
    hospital.pass(180, 10, () => {
      for (const unit of hospital.every('unit')) {
        const { state, missedCycles } = rollCallOf(unit, settings, hospital.now());
        const turn = `${unit.id} ${unit.statusSince} ${unit.rollCallAnsweredAt}`;
        if (state === 'asked') asked.add(turn);
        if (missedCycles > 0) missed.add(turn);
        if (missedCycles > 1) twice.add(turn);
      }
    });
    expect(asked.size).toBeGreaterThan(15);
    expect([missed.size < asked.size / 5, twice.size]).toEqual([true, 0]);
  }, 30_000);

  test('a crew in an emergency stays where it is until a person ends it', () => {
    const hospital = simulateHospital();
    const unit = hospital.every('unit').find(({ status }) => status === 'enRoute');
    if (!unit) throw new Error('Nobody is on the way.');
    give(hospital, setEmergency as never, { unitId: unit.id, emergency: true, reason: 'Heard on the radio' });
    const placeOf = () => hospital.simulator.telemetry().fixes.find(({ unitId }) => unitId === unit.id);
    hospital.pass(0.5);
    const before = placeOf();
    hospital.pass(30);
    expect([hospital.core.view.get('unit', unit.id)?.status, placeOf()?.position, placeOf()?.speed ?? 0]).toEqual([
      'enRoute',
      before?.position,
      0,
    ]);
    give(hospital, setEmergency as never, { unitId: unit.id, emergency: false, reason: 'Mistake' });
    hospital.pass(30);
    expect(hospital.core.view.get('unit', unit.id)?.status).not.toBe('enRoute');
  });

  test('a hospital that was off for an hour comes back to crews that are well', () => {
    const first = simulateHospital();
    first.pass(5);
    const second = simulateHospital({ core: first.core }, first.now() + 3_600_000);
    expect(first.every('unit').filter(({ status }) => status === 'atPatient').length).toBeGreaterThan(0);
    expect(dueByTime(second.core.view, second.now()).filter(({ action }) => action === 'rollCallsMissed')).toEqual([]);
  });

  test('a crew that missed two roll-calls is looked after', () => {
    const hospital = simulateHospital();
    const crew = hospital.every('unit').find(({ status }) => status === 'atPatient');
    if (!crew) throw new Error('Nobody is with a patient.');
    const silent = { ...crew, statusSince: hospital.now() - 47 * 60_000 };
    hospital.core.commit([silent]);
    const due = dueByTime(hospital.core.view, hospital.now()).map(({ put }) => put);
    hospital.core.commit(due);
    expect(hospital.core.view.get('unit', crew.id)?.emergency).toBe(true);
    hospital.pass(13);
    expect(hospital.core.view.get('unit', crew.id)?.emergency).toBe(false);
  });

  test('a button is pressed now and then, and help comes', () => {
    const hospital = simulateHospital({ units: 400, speed: 60 });
    const pressed = new Set<Id>();
    const held = new Set<Id>();
    hospital.pass(10, 1, () => {
      held.clear();
      for (const { id, emergency, emergencyReason } of hospital.every('unit')) {
        if (!emergency) continue;
        expect(emergencyReason).toBe('Emergency button pressed');
        pressed.add(id);
        held.add(id);
      }
    });
    expect(pressed.size).toBeGreaterThan(0);
    expect(pressed.size).toBeLessThan(20);
    expect(held.size).toBeLessThan(pressed.size + 1);
  }, 60_000);

  test('messages are read within a minute or so, by most', () => {
    const hospital = simulateHospital();
    const recipients = hospital.every('unit').map(({ id }) => ({ to: 'unit' as const, unitId: id }));
    give(hospital, sendMessage as never, {
      text: 'Storm from the south at 18:00',
      urgent: true,
      incidentId: null,
      recipients: [...recipients, { to: 'role', role: 'chargeNurse' }],
    });
    hospital.pass(2);
    const [message] = hospital.every('message');
    const read = message?.recipients.filter(({ acknowledged }) => acknowledged !== null) ?? [];
    expect(read.length).toBeGreaterThan(recipients.length * 0.8);
    expect(read.length).toBeLessThan(recipients.length);
    expect(new Set(read.map(({ recipient }) => recipient.to))).toEqual(new Set(['unit']));
    expect(read[0]?.acknowledged?.by.name).toMatch(/^Crew of /);
  });

  test('who brings an urgent patient says so before arriving', () => {
    const hospital = simulateHospital();
    hospital.pass(90);
    const announced = hospital.every('assignment').flatMap(({ prealert }) => prealert ?? []);
    expect(announced.length).toBeGreaterThan(2);
    expect(new Set(announced.map(({ urgency }) => urgency)).has('amber')).toBe(true);
  });
});

describe('callers', () => {
  /** Every state each call was seen in, by its id. */
  const watch = (hospital: SimulatedHospital, minutes: number): Map<Id, Call[]> => {
    const seen = new Map<Id, Call[]>();
    hospital.pass(minutes, 2, () => {
      for (const call of hospital.every('call')) {
        const states = seen.get(call.id) ?? [];
        if (JSON.stringify(states.at(-1)) !== JSON.stringify(call)) seen.set(call.id, [...states, call]);
      }
    });
    return seen;
  };

  test('ring with number and line, are located by their telephone, and become incidents that remember the ring', () => {
    const hospital = simulateHospital({ units: 200 });
    const seen = watch(hospital, 60);
    const last = [...seen.values()].map((states) => states.at(-1) as Call);
    expect(last.length).toBeGreaterThan(10);
    for (const states of seen.values()) expect(states[0]?.status).toBe('ringing');
    const outcomes = new Set(last.map(({ status }) => status));
    expect(outcomes.has('ended')).toBe(true);
    const landlines = last.filter(({ subscriber }) => subscriber !== null);
    expect(landlines.every(({ address, location }) => address !== null && location?.source === 'ali')).toBe(true);
    const mobiles = [...seen.values()].filter(([first]) => first?.subscriber === null);
    expect(mobiles.every(([first]) => first?.location === null && first.address === null)).toBe(true);
    const located = mobiles.flatMap((states) => states.filter(({ location }) => location !== null)[0] ?? []);
    expect(located.length).toBeGreaterThan(mobiles.length / 2);
    expect(new Set(located.map(({ location }) => location?.source))).toEqual(new Set(['aml']));
    const taken = last.filter(({ incidentId, endReason }) => incidentId !== null && endReason === null);
    for (const { incidentId, receivedAt } of taken)
      expect(hospital.core.view.get('incident', incidentId ?? '')).toMatchObject({
        callReceivedAt: receivedAt,
        caller: { location: expect.anything() },
      });
    for (const record of [...hospital.every('call'), ...hospital.every('incident'), ...hospital.every('hospital')])
      recordSchema.parse(record);
    for (const { times } of hospital.every('assignment')) expect(orderBreaks(times)).toEqual([]);
  }, 30_000);

  test('some tell of what somebody told before, some hang up', () => {
    const hospital = simulateHospital({ units: 400 });
    const last = [...watch(hospital, 60).values()].map((states) => states.at(-1) as Call);
    const twice = last.filter(({ endReason }) => endReason === 'Somebody had called before');
    expect(twice.length).toBeGreaterThan(0);
    expect(twice.every(({ incidentId }) => incidentId !== null)).toBe(true);
    expect(last.some(({ status }) => status === 'abandoned')).toBe(true);
    expect(last.filter(({ status }) => status === 'abandoned').length).toBeLessThan(last.length / 5);
  }, 30_000);

  test('a call that a person took is theirs', () => {
    const hospital = simulateHospital({ units: 200 });
    let ringing: Call | undefined;
    for (let minute = 0; minute < 30 && !ringing; minute++) {
      hospital.pass(0.25, 1);
      ringing = hospital.every('call').find(({ status }) => status === 'ringing');
    }
    if (!ringing) throw new Error('Nobody rang.');
    give(hospital, answerCall as never, { callId: ringing.id });
    hospital.pass(20);
    expect(hospital.core.view.get('call', ringing.id)).toMatchObject({ status: 'answered', answeredBy: ines });
    const [incident] = give(hospital, createIncident as never, { ...mine, callId: ringing.id });
    expect(incident).toMatchObject({ callReceivedAt: ringing.receivedAt });
    hospital.pass(70);
    expect(hospital.core.view.get('call', ringing.id)).toBeUndefined();
  }, 30_000);

  test('of a real telephone system are left to it', () => {
    const hospital = simulateHospital();
    const real = buildCall({ id: testId('6', 900), receivedAt: hospital.now() });
    hospital.core.commit([real]);
    hospital.pass(30);
    expect(hospital.core.view.get('call', real.id)).toEqual(real);
  });

  test('that rang before a restart are not left ringing', () => {
    const first = simulateHospital({ units: 200 });
    for (let minute = 0; minute < 60 && !first.every('call').some(({ status }) => status === 'ringing'); minute++)
      first.pass(0.25, 1);
    const ringing = first.every('call').filter(({ status }) => status === 'ringing');
    expect(ringing.length).toBeGreaterThan(0);
    const second = simulateHospital({ core: first.core, units: 200 }, first.now());
    second.pass(2);
    for (const { id } of ringing) expect(second.core.view.get('call', id)?.status).toBe('abandoned');
  }, 30_000);
});

describe('other hospitals', () => {
  test('tell of their beds, turn ambulances away with a reason and an end, and take them again', () => {
    const hospital = simulateHospital({ speed: 60 });
    expect(hospital.every('hospital').some(({ capacity }) => capacity.length > 0)).toBe(true);
    const statuses = new Set<string>();
    const changes = new Set<string>();
    let most = 0;
    hospital.pass(30, 1, () => {
      const all = hospital.every('hospital');
      most = Math.max(most, all.filter(({ emsTrafficStatus }) => emsTrafficStatus === 'closed').length / all.length);
      for (const { id, emsTrafficStatus, divert, facilityId, statusSince } of all) {
        if (facilityId === null) changes.add(`${id} ${statusSince}`);
        statuses.add(emsTrafficStatus);
        expect(emsTrafficStatus === 'normal').toBe(divert === null);
        if (divert) expect([divert.reason !== '', divert.until > hospital.now() - 60_000]).toEqual([true, true]);
        if (facilityId !== null) expect(emsTrafficStatus).toBe('normal');
      }
    });
    expect(changes.size).toBeGreaterThan(hospital.every('hospital').length);
    expect(statuses).toEqual(new Set(['normal', 'advisory', 'closed']));
    expect(most).toBeLessThanOrEqual(0.5);
  }, 30_000);

  test('what a person said of one stands', () => {
    const hospital = simulateHospital({ speed: 60 });
    const other = hospital.every('hospital').find(({ facilityId }) => facilityId === null);
    if (!other) throw new Error('There is no other hospital.');
    const divert = { reason: 'Asked by telephone', until: hospital.now() + 3_600_000 };
    give(hospital, setHospitalStatus as never, {
      hospitalId: other.id,
      emsTrafficStatus: 'closed',
      emsOffload: 'normal',
      offloadDelayMinutes: null,
      divert,
    });
    hospital.pass(20, 1);
    expect(hospital.core.view.get('hospital', other.id)).toMatchObject({
      emsTrafficStatus: 'closed',
      divert: { ...divert, by: ines },
    });
  }, 30_000);
});

describe('a practice city', () => {
  test('waits for people: nobody rings and nobody is sent, and a crew goes where a dispatcher says', () => {
    const hospital = simulateHospital({ practice: true, speed: 20 });
    hospital.pass(10, 1);
    expect([hospital.every('incident'), hospital.every('call'), hospital.every('assignment')]).toEqual([[], [], []]);
    const far = hospital.every('hospital').at(-1);
    const incidentId = openOwn(hospital);
    for (const { id } of freeUnits(hospital)
      .filter(({ type }) => type === 'als')
      .slice(0, 4)) {
      give(hospital, dispatchUnit as never, { incidentId, unitId: id });
      give(hospital, setDestination as never, { unitId: id, hospitalId: far?.id });
    }
    const seen = new Set<string>();
    hospital.pass(8, 1, () => {
      for (const { hospitalId, times } of ours(hospital, incidentId))
        if (times.leftScene !== null) seen.add(hospitalId ?? 'none');
    });
    expect([...seen]).toEqual([far?.id]);
    expect(hospital.every('incident')).toHaveLength(1);
  }, 30_000);
});
