/**
 * Callers. Some calls ring at the desks before they are an incident, with what the telephone system knows: the number, the
 * line's address, and a little later where the telephone itself says it is. Whoever is first takes one; after half a minute an
 * automatic call-taker does. A call that a person took is theirs, and one that a real telephone system told of is nobody's here.
 */
import { answerCall } from '#domain/commands/answer-call.ts';
import { endCall } from '#domain/commands/end-call.ts';
import type { Call } from '#domain/model/call.ts';
import type { Incident } from '#domain/model/incident.ts';
import type { Id, Instant, Position } from '#domain/model/values.ts';
import { ringingCall } from '#domain/rules/ringing-call.ts';
import type { Random } from '#domain/testing/random.ts';
import type { City } from './city.ts';
import { type Call as DrawnCall, drawCall, type Incidents } from './incidents.ts';
import { drawName } from './names.ts';
import type { World } from './world.ts';

export type Callers = {
  /** A call comes in: it rings, or it is an incident at once, taken elsewhere. */
  readonly receive: (at: Instant) => void;
  readonly step: () => void;
};

type Plan = {
  readonly drawn: DrawnCall;
  readonly address: { readonly text: string; readonly position: Position };
  readonly hangsUp: boolean;
  /** where and how exactly its telephone will say it is; null for one that cannot */
  readonly aml: NonNullable<Call['location']> | null;
  /** the incident of which somebody told before */
  readonly sameAs: Id | null;
};

const RINGING_SHARE = 0.4;
const KEEP_ENDED_MINUTES = 60;
const SECOND = 1 / 60;
const METRES_PER_DEGREE = 111_195;
/** Things that more than one person sees. */
const seenByMany: readonly string[] = ['Road collision', 'Assault', 'Unconscious', 'Fall'];

const near = ([longitude, latitude]: Position, random: Random, metres: number): [number, number] => [
  longitude + random.gaussian(0, metres) / (METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180)),
  latitude + random.gaussian(0, metres) / METRES_PER_DEGREE,
];
const digits = (random: Random, many: number): string => Array.from({ length: many }, () => random.int(0, 9)).join('');

/** Callers of a city, whose calls become incidents. */
export const createCallers = (world: World, city: City, incidents: Pick<Incidents, 'open'>): Callers => {
  const { view, schedule, put, remove, give } = world;
  const random = world.random.fork('callers');
  const plans = new Map<Id, Plan>();
  // What rang before this run was the simulator's too, though nobody knows any more what it was about.
  const own = new Set<Id>([...view.list('call')].map(({ id }) => id));
  const again: { readonly at: number; readonly of: Incident; readonly drawn: DrawnCall }[] = [];
  const nobody = world.automatic.personId;

  const ring = (at: Instant, plan: Pick<Plan, 'drawn' | 'address' | 'sameAs'>) => {
    const mobile = plan.sameAs !== null || random.chance(0.7);
    const { given, family } = drawName(random, random.pick(['female', 'male']));
    const metres = random.pick([8, 12, 25, 60]);
    const [ownNumber, landline] = [`09${digits(random, 7)}`, `2${digits(random, 7)}`];
    const withheld = random.chance(0.05);
    const call = ringingCall(random.id(), at, {
      phone: withheld ? null : mobile ? ownNumber : landline,
      subscriber: mobile ? null : `${given} ${family}`,
      address: mobile ? null : plan.address.text,
      location: mobile ? null : { position: [...plan.address.position], uncertaintyMetres: 20, source: 'ali' },
    });
    const aml = mobile && random.chance(0.85);
    plans.set(call.id, {
      ...plan,
      hangsUp: random.chance(0.06),
      aml: aml ? { position: near(plan.address.position, random, metres / 2), uncertaintyMetres: metres, source: 'aml' } : null,
    });
    own.add(call.id);
    put(call);
  };

  const locate = (call: Call): Call => {
    const aml = plans.get(call.id)?.aml;
    if (!aml || call.location !== null) return call;
    if (!schedule.isOver(`aml ${call.id}`, 'aml', () => random.int(3, 15) * SECOND)) return call;
    const located: Call = { ...call, location: aml, locatedAt: world.now() };
    put(located);
    return located;
  };

  const take = (call: Call) => {
    const plan = plans.get(call.id);
    if (!plan || plan.hangsUp) put({ ...call, status: 'abandoned', endedAt: world.now() });
    else give(answerCall, { callId: call.id });
  };

  const finish = (call: Call) => {
    const plan = plans.get(call.id);
    const known = plan?.sameAs ? view.get('incident', plan.sameAs) : undefined;
    if (!plan || (plan.sameAs && !known)) {
      give(endCall, { callId: call.id, incidentId: null, reason: 'Nothing needed' });
      return;
    }
    if (known) {
      give(endCall, { callId: call.id, incidentId: known.id, reason: 'Somebody had called before' });
      return;
    }
    const location = call.location ?? {
      position: [...plan.address.position] as [number, number],
      uncertaintyMetres: null,
      source: 'stated',
    };
    const caller = { name: null, phone: call.phone, location };
    const incident = incidents.open(world.now(), plan.drawn, { address: plan.address, callId: call.id, caller });
    if (incident && seenByMany.includes(plan.drawn.category) && random.chance(0.4))
      again.push({ at: world.simulated() + random.int(40, 150) * 1_000, of: incident, drawn: plan.drawn });
  };

  return {
    receive: (at) => {
      if (!random.chance(RINGING_SHARE)) incidents.open(at);
      else ring(at, { drawn: drawCall(random), address: city.drawAddress(random), sameAs: null });
    },
    step: () => {
      while (again[0] && again[0].at <= world.simulated()) {
        const { of, drawn } = again.shift() as (typeof again)[number];
        const address = { text: of.address, position: near(of.position, random, 40) };
        ring(world.now(), { drawn, address, sameAs: of.id });
      }
      for (const found of [...view.list('call')]) {
        if (!own.has(found.id)) continue;
        const call = found.status === 'ringing' || found.status === 'answered' ? locate(found) : found;
        if (call.status === 'ringing') {
          if (schedule.isOver(call.id, 'ringing', () => random.int(25, 50) * SECOND)) take(call);
        } else if (call.status === 'answered') {
          const ours = call.answeredBy?.personId === nobody;
          if (ours && schedule.isOver(call.id, 'talking', () => random.int(25, 70) * SECOND)) finish(call);
        } else if (schedule.isOver(call.id, 'over', () => KEEP_ENDED_MINUTES)) {
          schedule.forget(call.id);
          schedule.forget(`aml ${call.id}`);
          plans.delete(call.id);
          own.delete(call.id);
          remove(call);
        }
      }
    },
  };
};
