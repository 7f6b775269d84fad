import { assignBed } from '#domain/commands/assign-bed.ts';
import { recordTriage } from '#domain/commands/record-triage.ts';
import { registerPatient } from '#domain/commands/register-patient.ts';
import type { Bed } from '#domain/model/bed.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Author, Instant } from '#domain/model/values.ts';
import { doctors, nurses } from './names.ts';
import { drawPerson, drawPresentation, drawVitals, type Presentation, presentations } from './patients.ts';
import { type World, written } from './world.ts';

export const triageNurse: Author = { personId: '5d1c0000-0000-4000-8000-000000000001', name: 'Petra Coyle' };
const MINUTE = 60_000;

/** What happens next to a patient in a bed. */
export const nextSteps = [
  'Bloods',
  'ECG',
  'X-ray',
  'CT scan',
  'Troponin 2',
  'IV antibiotics',
  'Doctor review',
  'Ultrasound',
  'Fluids',
  'Surgeon',
  'Results',
  'Discharge letter',
] as const;

/** Registers somebody as an arrival at a moment; the presentation decides who may come. */
export const arrive = (
  world: World,
  given: {
    readonly at: Instant;
    readonly presentation: Presentation;
    readonly mode: 'walkIn' | 'ambulance';
    readonly incidentId: string | null;
  },
): Encounter | undefined => {
  const { at, presentation, mode, incidentId } = given;
  const person = drawPerson(world.random, presentation, new Date(at).getUTCFullYear());
  const input = {
    ...person,
    arrivalMode: mode,
    complaint: presentation.complaint,
    place: mode === 'ambulance' ? 'Ambulance bay' : 'Waiting room',
    incidentId,
  };
  const puts = world.give(registerPatient, input, { at, by: triageNurse });
  return puts && written(puts, 'encounter');
};

/** Triages somebody as their presentation asks for. */
export const triage = (world: World, encounter: Encounter, presentation: Presentation, at: Instant): Encounter | undefined => {
  const input = {
    encounterId: encounter.id,
    complaint: presentation.complaint,
    vitals: drawVitals(world.random, presentation),
    spo2Scale: 1 as const,
    acuity: presentation.acuity,
    note: null,
    allergies: null,
  };
  const puts = world.give(recordTriage, input, { at, by: triageNurse });
  if (!puts) return undefined;
  const triaged = written(puts, 'encounter');
  const flags = [...new Set([...triaged.flags, ...presentation.flags])];
  // The bay is for handing over; whoever has no bed then waits elsewhere.
  const place =
    triaged.place === 'Ambulance bay' ? world.random.pick(['Corridor 1', 'Corridor 2', 'Triage chairs']) : triaged.place;
  const flagged: Encounter = { ...triaged, flags, place };
  world.put(flagged);
  return flagged;
};

/** Puts somebody into a bed, with the staff of the shift. */
export const bed = (world: World, encounterId: string, bedId: string, at: Instant): Encounter | undefined => {
  const puts = world.give(assignBed, { bedId, encounterId }, { at });
  if (!puts) return undefined;
  const { random } = world;
  const bedded: Encounter = {
    ...written(puts, 'encounter'),
    nurse: random.pick(nurses),
    doctor: random.chance(0.8) ? random.pick(doctors) : null,
    nextStep: random.pick(nextSteps),
  };
  world.put(bedded);
  return bedded;
};

const past = (world: World, least: number, most: number): Instant =>
  world.now() - world.random.int(least * 60, most * 60) * 1_000;

/** A patient who has been in a bed for a while, with a history of observations. */
const settle = (world: World, place: Bed, areaCode: string, boards: boolean): void => {
  const { random } = world;
  const suits = presentations.filter(({ acuity, ages }) => {
    if (areaCode === 'P') return ages[1] <= 15;
    if (ages[1] <= 15) return false;
    return areaCode === 'R'
      ? acuity <= 2
      : areaCode === 'F'
        ? acuity >= 4
        : areaCode === 'O'
          ? acuity === 3
          : acuity === 2 || acuity === 3;
  });
  const presentation = random.pick(suits);
  const at = boards ? past(world, 300, 800) : past(world, 35, 380);
  const arrived = arrive(world, {
    at,
    presentation,
    mode: presentation.acuity <= 2 && random.chance(0.7) ? 'ambulance' : 'walkIn',
    incidentId: null,
  });
  if (!arrived) return;
  triage(world, arrived, presentation, at + random.int(3, 12) * MINUTE);
  const beddedAt = at + random.int(14, 30) * MINUTE;
  const bedded = bed(world, arrived.id, place.id, beddedAt);
  if (!bedded) return;
  const last = world.now() - random.int(3, 45) * MINUTE;
  if (last > beddedAt) triage(world, bedded, presentation, last);
  const current = world.view.get('encounter', bedded.id) ?? bedded;
  const admitDecidedAt = boards ? past(world, 35, 280) : null;
  world.put({
    ...current,
    admitDecidedAt,
    nextStep: boards ? random.pick(['Ward bed', 'ICU bed', 'Cardiology bed', 'Surgical ward']) : current.nextStep,
    expectedDepartureAt: random.chance(0.4) ? world.now() + random.int(10, 150) * MINUTE : null,
    ventilated: areaCode === 'R' && presentation.course === 'hypoxic',
  });
};

/** Fills a fresh department: three beds of four occupied, the others each in a state of their own, and a full waiting room. */
export const startDepartment = (world: World): void => {
  const { random, view, put, now } = world;
  const areaCode = new Map([...view.list('area')].map(({ id, code }) => [id, code]));
  const beds = [...view.list('bed')];
  const monitored = new Set([...view.list('device')].map((device) => device.bedId));
  // Mostly unmonitored beds stay empty, so that most monitors have somebody to watch.
  const order = beds
    .map((place) => ({ place, key: random.next() + (monitored.has(place.id) ? 0.75 : 0) }))
    .sort((a, b) => a.key - b.key);
  const empty = Math.round(beds.length * (11 / 48));
  order.slice(0, empty).forEach(({ place }, index) => {
    const since = past(world, 3, 40);
    const states: readonly Partial<Bed>[] = [
      { status: 'cleaning', since: past(world, 2, 9), until: now() + random.int(5, 14) * MINUTE },
      { status: 'contaminated', since: past(world, 1, 15) },
      {
        status: 'reserved',
        since: past(world, 1, 12),
        reservation: { encounterId: null, assignmentId: null, reason: 'Pre-alert', until: now() + random.int(9, 25) * MINUTE },
      },
      { status: 'blocked', since, note: 'Oxygen outlet', until: now() + random.int(40, 120) * MINUTE },
      {
        status: 'closed',
        since: past(world, 90, 600),
        note: 'Staffing',
        until: now() + random.int(90, 400) * MINUTE,
      },
      { status: 'contaminated', since: past(world, 1, 12), note: 'Isolation clean' },
      { status: 'cleaning', since: past(world, 1, 6), until: now() + random.int(3, 10) * MINUTE },
      {
        status: 'reserved',
        since: past(world, 1, 8),
        reservation: { encounterId: null, assignmentId: null, reason: 'From theatre', until: now() + random.int(9, 25) * MINUTE },
      },
      {},
      {},
      {},
    ];
    put({ ...place, ...states[index % states.length] });
  });
  order.slice(empty).forEach(({ place }, index) => {
    settle(world, place, areaCode.get(place.areaId) ?? 'B', index % 8 === 3);
  });
  const waiting = Math.round(beds.length * (18 / 48));
  const waits: readonly (readonly [number, number])[] = [
    [0, 0],
    [1, 3],
    [3, 22],
    [8, 85],
    [15, 150],
    [25, 200],
  ];
  for (let index = 0; index < waiting; index++) {
    const mode = random.chance(0.3) ? 'ambulance' : 'walkIn';
    const drawn = drawPresentation(random, mode);
    const presentation = drawn.acuity === 1 ? random.pick(presentations.filter(({ acuity }) => acuity === 3)) : drawn;
    const untriaged = index % 6 === 0;
    const at = untriaged ? past(world, 1, 9) : past(world, ...((waits[presentation.acuity] ?? [5, 60]) as [number, number]));
    const arrived = arrive(world, { at, presentation, mode, incidentId: null });
    if (arrived && !untriaged) triage(world, arrived, presentation, Math.min(now(), at + random.int(1, 6) * MINUTE));
  }
};
