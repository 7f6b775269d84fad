/**
 * What crews say: yes, no with a reason, or nothing at all; that they are well when the roll-call asks; that they are not, by the
 * button; that they have read a message; and what they bring. Each crew's answer to a thing is drawn from that thing, so that
 * whatever a person does meanwhile moves nobody else's.
 *
 *   dispatched ─► acknowledges within seconds (most), late, or refuses
 *       └─ silent ─► told by radio: acknowledges at once; nobody calls: after minutes, by itself
 */
import { acknowledgeMessage } from '#domain/commands/acknowledge-message.ts';
import { answerRollCall } from '#domain/commands/answer-roll-call.ts';
import { recordPrealert } from '#domain/commands/record-prealert.ts';
import { refuseDispatch } from '#domain/commands/refuse-dispatch.ts';
import { setEmergency } from '#domain/commands/set-emergency.ts';
import { setUnitStatus } from '#domain/commands/set-unit-status.ts';
import type { Assignment } from '#domain/model/assignment.ts';
import type { DispatchSettings } from '#domain/model/dispatch-settings.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Author, Id } from '#domain/model/values.ts';
import { dispatchSettingsOf } from '#domain/rules/dispatch-defaults.ts';
import { missionOf } from '#domain/rules/dispatching.ts';
import { isEmergency, rollCallOf } from '#domain/rules/roll-call.ts';
import type { Random } from '#domain/testing/random.ts';
import { drawPrealert } from './prealerts.ts';
import type { World } from './world.ts';

export type Crews = {
  /** What a dispatched crew says, when its time has come. */
  readonly answer: (unit: Unit, assignment: Assignment) => void;
  /** Lets crews that nobody asked while the hospital was off say that they are well: that silence was not theirs. */
  readonly resume: () => void;
  readonly step: () => void;
};

const SECOND = 1 / 60;
const refusals: readonly (readonly [reason: string, offRoad: boolean])[] = [
  ['Vehicle does not start', true],
  ['Flat tyre', true],
  ['Stretcher is broken', true],
  ['Crew member unwell', true],
  ['Vehicle contaminated, needs cleaning', true],
  ['Stopped at an accident on the way', false],
  ['Road flooded, no way through', false],
];
/** Of a mission: about one a day in a city of forty units. */
const BUTTON_CHANCE = 0.004;
const PRESSED = 'Emergency button pressed';
/** Messages older than this were read or never will be. */
const READ_WITHIN_MS = 30 * 60_000;

/** How a crew takes a dispatch, and simulated minutes until then. */
export const drawAnswer = (random: Random): { readonly how: 'acknowledges' | 'refuses' | 'silent'; readonly minutes: number } => {
  const chance = random.next();
  if (chance < 0.05) return { how: 'silent', minutes: random.int(180, 360) * SECOND };
  if (chance < 0.09) return { how: 'refuses', minutes: random.int(4, 9) * SECOND };
  return { how: 'acknowledges', minutes: (chance < 0.2 ? random.int(11, 30) : random.int(2, 8)) * SECOND };
};

/** The crews of a world. */
export const createCrews = (world: World): Crews => {
  const { view, schedule, give, now } = world;
  const drawnFor = (what: string, of: string): Random => world.random.fork(`${what} ${of}`);
  const crewOf = ({ callsign }: Unit): Author => ({
    personId: '5d1c0000-0000-4000-8000-000000000003',
    name: `Crew of ${callsign}`,
  });

  /** Missions in which the button was pressed, once each. */
  const pressed = new Set<Id>();

  const readMessages = () => {
    for (const message of view.list('message')) {
      if (now() - message.sentAt > READ_WITHIN_MS) continue;
      for (const { recipient, acknowledged } of message.recipients) {
        if (recipient.to !== 'unit' || acknowledged) continue;
        const unit = view.get('unit', recipient.unitId);
        const random = drawnFor('message', `${message.id} ${recipient.unitId}`);
        if (!unit || random.chance(0.06)) continue;
        if (schedule.isOver(`${message.id} ${unit.id}`, 'read', () => random.int(5, 70) * SECOND))
          give(acknowledgeMessage, { messageId: message.id, recipient }, { by: crewOf(unit) });
      }
    }
  };

  const answerRollCallOf = (unit: Unit, settings: DispatchSettings['rollCall']) => {
    const { answerSeconds, retrySeconds } = settings;
    const call = rollCallOf(unit, settings, now());
    if (call.until === null || (call.state !== 'asked' && call.state !== 'askedAgain')) return;
    const random = drawnFor('roll-call', `${unit.id} ${unit.statusSince} ${unit.rollCallAnsweredAt} ${call.missedCycles}`);
    const chance = random.next();
    if (chance < 0.02 || (chance < 0.08 && call.state === 'asked')) return;
    const seconds = call.state === 'asked' ? answerSeconds : retrySeconds;
    const after = (0.1 + random.next() * 0.7) * seconds * 1_000;
    if (now() >= call.until - seconds * 1_000 + after) give(answerRollCall, { unitId: unit.id });
  };

  const pressButton = (unit: Unit, mission: Assignment) => {
    const random = drawnFor('button', mission.id);
    if (!random.chance(BUTTON_CHANCE) || pressed.has(mission.id)) return;
    if (!schedule.isOver(`button ${unit.id}`, mission.id, () => random.int(2, 7))) return;
    pressed.add(mission.id);
    give(setEmergency, { unitId: unit.id, emergency: true, reason: PRESSED });
  };

  const announce = (unit: Unit, mission: Assignment) => {
    const incident = view.get('incident', mission.incidentId);
    if (mission.prealert !== null || !incident || incident.priority > 2) return;
    const random = drawnFor('prealert', mission.id);
    if (!random.chance(0.75)) return;
    if (schedule.isOver(`prealert ${unit.id}`, mission.id, () => random.int(30, 120) * SECOND))
      give(recordPrealert, { unitId: unit.id, ...drawPrealert(random, incident) }, { by: crewOf(unit) });
  };

  return {
    answer: (unit, assignment) => {
      const { how, minutes } = drawAnswer(drawnFor('answer', assignment.id));
      const told = assignment.how === 'voice' || assignment.voiceNote !== null;
      const answers = how === 'silent' && told ? 'acknowledges' : how;
      const wait = how === 'silent' && told ? 6 * SECOND : minutes;
      if (!schedule.isOver(unit.id, `dispatched@${unit.statusSince} ${assignment.id}${told ? ' told' : ''}`, () => wait)) return;
      if (answers !== 'refuses') {
        give(setUnitStatus, { unitId: unit.id, status: 'acknowledged', reason: null });
        return;
      }
      const [reason, offRoad] = drawnFor('refusal', assignment.id).pick(refusals);
      give(refuseDispatch, { unitId: unit.id, reason });
      if (offRoad) give(setUnitStatus, { unitId: unit.id, status: 'outOfService', reason });
    },
    resume: () => {
      const { rollCall } = dispatchSettingsOf(view);
      for (const unit of [...view.list('unit')])
        if (rollCallOf(unit, rollCall, now()).missedCycles > 0) give(answerRollCall, { unitId: unit.id });
    },
    step: () => {
      readMessages();
      const { rollCall } = dispatchSettingsOf(view);
      for (const unit of [...view.list('unit')]) {
        const mission = missionOf(view, unit);
        if (unit.emergency) {
          // What a person sees as an emergency ends when a person says so.
          const since = unit.emergencySince ?? now();
          const helped = unit.emergencyReason === PRESSED || isEmergency(rollCallOf(unit, rollCall, since));
          if (helped && schedule.isOver(`help ${unit.id}`, `${unit.emergencySince}`, () => 12))
            give(setEmergency, { unitId: unit.id, emergency: false, reason: 'Help has arrived, the crew is safe' });
          continue;
        }
        if (!mission) continue;
        answerRollCallOf(unit, rollCall);
        if (unit.status === 'atPatient') pressButton(unit, mission);
        if (unit.status === 'transporting') announce(unit, mission);
      }
    },
  };
};
