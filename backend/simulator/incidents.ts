import { createIncident } from '#domain/commands/create-incident.ts';
import { dispatchUnit } from '#domain/commands/dispatch-unit.ts';
import type { CallCategory } from '#domain/model/dispatch-settings.ts';
import type { Incident, IncidentPriority } from '#domain/model/incident.ts';
import type { Unit, UnitType } from '#domain/model/unit.ts';
import type { Id, Instant, Position } from '#domain/model/values.ts';
import { shippedDispatchSettings } from '#domain/rules/dispatch-defaults.ts';
import { isFree } from '#domain/rules/unit-status.ts';
import type { Random } from '#domain/testing/random.ts';
import type { City } from './city.ts';
import { curveAt, incidentCurve } from './schedule.ts';
import { type World, written } from './world.ts';

type Category = CallCategory & {
  readonly weight: number;
  readonly summary: string;
  readonly ages: readonly [youngest: number, oldest: number];
};

const category = (name: string, weight: number, ages: Category['ages'], summary: string): Category => {
  const shipped = shippedDispatchSettings.categories.find((one) => one.name === name);
  if (!shipped) throw new Error(`${name} is no category that is shipped.`);
  return { ...shipped, weight, ages, summary };
};

/** How often each of the shipped categories is called for, for whom, and what the caller says. */
const categories: readonly Category[] = [
  category('Cardiac arrest', 2, [40, 93], 'Not breathing, CPR under way'),
  category('Unconscious', 5, [18, 92], 'Does not answer, breathing'),
  category('Choking', 1, [1, 88], 'Cannot speak'),
  category('Major bleeding', 2, [16, 85], 'Bleeding through dressings'),
  category('Chest pain', 12, [35, 92], 'Pressure, sweating'),
  category('Breathing difficulty', 11, [4, 93], 'Short sentences only'),
  category('Stroke signs', 5, [45, 94], 'Face and arm weak, one side'),
  category('Seizure', 5, [2, 80], 'Stopped, still confused'),
  category('Road collision', 8, [17, 78], 'Two cars, one person trapped'),
  category('Allergic reaction', 3, [3, 70], 'Swelling of lips'),
  category('Burns', 1, [2, 75], 'Hot water, both hands'),
  category('Childbirth', 2, [17, 43], 'Waters broke, contractions'),
  category('Fall', 15, [62, 96], 'Fell at home, hip pain'),
  category('Abdominal pain', 8, [14, 88], 'Since last night, vomiting'),
  category('Diabetic problem', 4, [18, 88], 'Low sugar, awake'),
  category('Overdose', 3, [16, 60], 'Tablets, drowsy'),
  category('Mental health crisis', 4, [15, 70], 'Family asks for help'),
  category('Assault', 3, [16, 55], 'Police on scene'),
  category('Sick person', 11, [30, 95], 'Weak for three days'),
  category('Back pain', 3, [25, 85], 'Cannot get up'),
  category('Transfer', 4, [30, 92], 'Stable, to another hospital'),
];

export type Call = {
  readonly category: string;
  readonly determinant: string;
  readonly priority: IncidentPriority;
  readonly summary: string;
};

/** A call by the weights of the list; with `least`, none more urgent than that. */
export const drawCall = (random: Random, least: IncidentPriority = 1): Call => {
  const possible = categories.filter(({ priority }) => priority >= least);
  let left = random.next() * possible.reduce((sum, { weight }) => sum + weight, 0);
  let drawn = possible[0] as Category;
  for (const candidate of possible) {
    drawn = candidate;
    left -= candidate.weight;
    if (left < 0) break;
  }
  const { name, code, priority, ages, summary } = drawn;
  const sex = code === 'CB' ? 'F' : random.pick(['F', 'M']);
  return {
    category: name,
    determinant: `${code}${random.int(1, 3)}`,
    priority,
    summary: `${random.int(...(ages as [number, number]))} ${sex} · ${summary}`,
  };
};

/** Incidents an hour and unit, on a mean day. */
export const INCIDENTS_PER_UNIT_HOUR = 0.28;
const KEEP_CLOSED_MINUTES = 90;

/** What a telephone call brings to its incident. */
export type Told = {
  readonly address: { readonly text: string; readonly position: Position };
  readonly callId: Id;
  readonly caller: NonNullable<Incident['caller']>;
};

export type Incidents = {
  /** Opens an incident for a call, drawn when none is given, at a real address. */
  readonly open: (at: Instant, call?: Call, told?: Told) => Incident | undefined;
  readonly step: () => void;
};

const squared = (a: Position, b: Position) => ((a[0] - b[0]) * 0.82) ** 2 + (a[1] - b[1]) ** 2;

/** The free unit best sent to an incident: the nearest of the types its priority asks for, else the nearest that can transport. */
export const nearestFree = (world: World, incident: Incident, positionOf: (unit: Unit) => Position): Unit | undefined => {
  const wanted: readonly UnitType[] = incident.priority <= 2 ? ['als', 'bls'] : ['bls', 'als'];
  let best: { readonly unit: Unit; readonly cost: number } | undefined;
  for (const unit of world.view.list('unit')) {
    if (!isFree(unit.status) || unit.assignmentId !== null || !wanted.includes(unit.type)) continue;
    if (unit.restingUntil !== null && unit.restingUntil > world.now()) continue;
    const cost = squared(positionOf(unit), incident.position) * (unit.type === wanted[0] ? 1 : 2.5);
    if (!best || cost < best.cost) best = { unit, cost };
  }
  return best?.unit;
};

/** Calls by the daily curve (unless a replay brings them), an automatic dispatcher that leaves some to people, and an end. */
export const createIncidents = (
  world: World,
  city: City,
  options: {
    readonly unitCount: number;
    readonly byCurve: boolean;
    /** Whether the automatic dispatcher is at work, and clears away what is over; what people do stays as long as at any hospital. */
    readonly dispatches: boolean;
    readonly positionOf: (unit: Unit) => Position;
    /** A call of the curve comes in. */
    readonly receive: (at: Instant) => void;
  },
): Incidents => {
  const { view, random, schedule, remove, put } = world;
  let nextCallAt: number | undefined;
  // What a person opened is theirs to send to: the automatic dispatcher keeps to what it finds at the start and opens itself.
  const own = new Set<Id>([...view.list('incident')].map(({ id }) => id));

  const open = (at: Instant, call = drawCall(random), told?: Told): Incident | undefined => {
    const address = told?.address ?? city.drawAddress(random);
    const { category: name, determinant, priority, summary } = call;
    const input = {
      category: name,
      determinant,
      priority,
      address: address.text,
      position: [...address.position] as [number, number],
      patientSummary: summary,
      ...(told ? { callId: told.callId, caller: told.caller } : {}),
    };
    const puts = world.give(createIncident, input, { at });
    const incident = puts && written(puts, 'incident');
    if (incident) own.add(incident.id);
    return incident;
  };

  const callsByCurve = (openCount: number) => {
    // More open than half the fleet can carry: callers are answered elsewhere.
    const pressure = openCount > options.unitCount * 0.6 ? 0.2 : openCount < options.unitCount * 0.25 ? 1.8 : 1;
    const perHour = INCIDENTS_PER_UNIT_HOUR * options.unitCount * curveAt(incidentCurve, world.hour()) * pressure;
    const wait = () => (-Math.log(1 - random.next()) / perHour) * 3_600_000;
    nextCallAt ??= world.simulated() + wait();
    while (world.simulated() >= nextCallAt) {
      options.receive(world.now());
      nextCallAt += wait();
    }
  };

  const dispatch = (incident: Incident, sent: number, wanted: number) => {
    // A good part of the less urgent calls is left to people for some minutes.
    const patience = () =>
      incident.priority >= 3 && random.chance(0.4)
        ? random.int(4, 15)
        : incident.priority === 1
          ? random.int(15, 45) / 60
          : random.int(30, 180) / 60;
    if (sent >= wanted || !schedule.isOver(incident.id, `sent ${sent}`, patience)) return;
    const unit = nearestFree(world, incident, options.positionOf);
    if (unit) world.give(dispatchUnit, { incidentId: incident.id, unitId: unit.id });
  };

  return {
    open,
    step: () => {
      const active = new Map<string, number>();
      const ever = new Map<string, number>();
      for (const assignment of view.list('assignment')) {
        if (assignment.refusal === null) ever.set(assignment.incidentId, (ever.get(assignment.incidentId) ?? 0) + 1);
        if (view.get('unit', assignment.unitId)?.assignmentId === assignment.id)
          active.set(assignment.incidentId, (active.get(assignment.incidentId) ?? 0) + 1);
      }
      let openCount = 0;
      for (const incident of [...view.list('incident')]) {
        if (incident.status === 'open') {
          openCount++;
          if (!options.dispatches || !own.has(incident.id)) continue;
          const sent = active.get(incident.id) ?? 0;
          const was = ever.get(incident.id) ?? 0;
          dispatch(incident, sent, was > sent ? 1 : incident.priority === 1 ? 2 : 1);
          // Units came and went and none is left, yet nothing closed it: a call that came to nothing.
          if (sent === 0 && was > 2) put({ ...incident, status: 'cancelled', closedAt: world.now() });
        } else if (
          options.dispatches &&
          schedule.isOver(incident.id, 'closed', () => KEEP_CLOSED_MINUTES) &&
          !active.has(incident.id)
        ) {
          schedule.forget(incident.id);
          own.delete(incident.id);
          for (const assignment of view.list('assignment')) if (assignment.incidentId === incident.id) remove(assignment);
          remove(incident);
        }
      }
      if (options.byCurve) callsByCurve(openCount);
    },
  };
};
