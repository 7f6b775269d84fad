/**
 * A day in an emergency department as its patient administration sees it. Arrivals follow the hours of the day; whoever came waits,
 * lies in a bed, goes to imaging and back, moves, is admitted and boards, leaves. Clerks make mistakes and take them back.
 *
 *   (expected) ─► waiting ─► in a bed ⇄ out ─► (admitted, boards) ─► left           bed: occupied ─► dirty ─► cleaning ─► ready
 */
import type { Instant } from '#domain/model/values.ts';
import type { Random } from '#domain/testing/random.ts';
import { drawName } from '../names.ts';
import { drawPresentation } from '../patients.ts';
import { arrivalCurve, curveAt } from '../schedule.ts';
import type { Agenda } from './agenda.ts';
import { outPlaces, waitingPlaces, wards } from './message.ts';
import type { Person, Register, Visit } from './register.ts';

/** Arrivals an hour and bed on a mean day, on foot and by ambulance. */
const ARRIVALS_PER_BED_HOUR = 0.24;
/** Minutes until a bed is given, by triage level. */
const waits: readonly (readonly [number, number])[] = [
  [1, 3],
  [1, 3],
  [5, 18],
  [18, 60],
  [35, 100],
  [45, 130],
];
const places = Object.keys(waitingPlaces);
const away = Object.keys(outPlaces);

export type Day = {
  /** Fills so many beds, and half as many places of the waiting room, with people who came in the hours before. */
  readonly fill: (beds: number) => void;
  /** Lets people come. */
  readonly begin: () => void;
};

/** The day of a register. `moment` gives each entry its own, later than the one before. */
export const createDay = (options: {
  readonly register: Register;
  readonly agenda: Agenda;
  readonly random: Random;
  readonly moment: () => Instant;
  /** Real milliseconds of a simulated minute. */
  readonly minuteMs: number;
  readonly startHour: number;
  /** What numbers of this register begin with. */
  readonly prefix: string;
}): Day => {
  const { register, agenda, random, moment, minuteMs, startHour, prefix } = options;
  const { inMinutes } = agenda;
  const labels = [...register.beds()].map(({ label }) => label);
  let people = 0;
  let visits = 0;
  const wanting: { readonly number: string; readonly acuity: number; readonly since: number }[] = [];
  const departed: string[] = [];

  const minutes = (least: number, most: number): number => least + random.next() * (most - least);
  const newPerson = (ages: readonly [number, number]): Person => {
    people += 1;
    const sex = random.chance(0.5) ? 'female' : 'male';
    const year = new Date(moment()).getUTCFullYear() - random.int(ages[0], ages[1]) - 1;
    const two = (most: number): string => String(random.int(1, most)).padStart(2, '0');
    return { number: `${prefix}${100_000 + people}`, ...drawName(random, sex), birthDate: `${year}-${two(12)}-${two(28)}`, sex };
  };
  const newNumber = (): string => {
    visits += 1;
    return `${prefix}V${visits}`;
  };
  const lies = ({ where }: Visit): boolean => where.kind === 'bed';
  const isHere = ({ where }: Visit): boolean => where.kind === 'bed' || where.kind === 'waiting';
  /** The visit, if its patient lies in a bed and is not out. */
  const lying = (number: string): (Visit & { readonly where: { readonly kind: 'bed'; readonly bed: string } }) | undefined => {
    const visit = register.visit(number);
    return visit.where.kind === 'bed' && visit.out === null ? { ...visit, where: visit.where } : undefined;
  };
  const readyBed = (): string | undefined => {
    const ready = [...register.beds()].filter(({ state }) => state === 'ready');
    return ready.length === 0 ? undefined : random.pick(ready).label;
  };

  const turnOver = (label: string): void => {
    if (random.chance(0.5)) register.setBed(moment(), label, 'dirty', true);
    inMinutes(minutes(3, 11), () => {
      if (register.bed(label).state !== 'dirty') return;
      register.setBed(moment(), label, 'cleaning', true);
      inMinutes(minutes(8, 20), () => {
        if (register.bed(label).state !== 'cleaning') return;
        register.setBed(moment(), label, 'ready', true);
        giveBeds();
      });
    });
  };
  const afterRising = ({ where }: Visit): void => {
    if (where.kind === 'bed' && register.bed(where.bed).state === 'dirty') turnOver(where.bed);
  };

  const goOut = (number: string): void => {
    if (!lying(number)) return;
    register.goOut(moment(), number, random.pick(away));
    inMinutes(minutes(12, 45), () => {
      if (register.visit(number).out === null) return;
      register.comeBack(moment(), number);
      if (random.chance(0.25)) inMinutes(minutes(10, 60), () => goOut(number));
    });
  };
  const move = (number: string): void => {
    const visit = lying(number);
    const to = readyBed();
    if (!visit || to === undefined) return;
    register.lie(moment(), number, to);
    const from = visit.where.bed;
    if (random.chance(0.15)) {
      // Of the wrong patient, or for the wrong bed: before anybody touched the old one.
      inMinutes(minutes(0.5, 2), () => {
        const present = lying(number);
        if (!present || present.where.bed !== to || register.bed(from).visit !== null) return;
        register.takeBackMove(moment(), number);
        afterRising(present);
      });
    }
    turnOver(from);
  };
  const swap = (number: string): void => {
    const visit = lying(number);
    const partner = [...register.beds()].find((bed) => bed.visit !== null && bed.visit !== number && lying(bed.visit));
    if (!visit || !partner?.visit) return;
    register.swap(moment(), moment(), number, partner.visit);
  };
  const rename = (number: string): void => {
    if (!isHere(register.visit(number))) return;
    const person = register.person(register.visit(number).person);
    register.describe(moment(), number, { ...person, given: `${person.given} ${random.pick(['Ana', 'Jo', 'Noe', 'Kim'])}` });
  };
  const identify = (number: string): void => {
    const visit = register.visit(number);
    const gone = visit.person;
    const known = departed.length > 0 && random.chance(0.3) ? register.visit(random.pick(departed)).person : undefined;
    const isFree = known !== undefined && known !== gone && ![...presentPersons()].includes(known);
    register.merge(moment(), gone, isFree ? register.person(known) : newPerson([20, 80]));
  };
  function* presentPersons(): Generator<string> {
    for (const visit of register.truth().visits) if (isHere(visit) || visit.where.kind === 'expected') yield visit.person;
  }

  const left = (number: string, before: Visit): void => {
    afterRising(before);
    departed.push(number);
    if (departed.length > 300) departed.shift();
    if (!random.chance(0.015)) return;
    inMinutes(minutes(2, 15), () => {
      register.takeBackLeaving(moment(), number, random.pick(places));
      departed.splice(departed.indexOf(number), 1);
      const visit = register.visit(number);
      if (lies(visit)) inMinutes(minutes(10, 60), () => leave(number));
      else want(number, 3);
    });
  };
  const leave = (number: string): void => {
    const visit = register.visit(number);
    if (!isHere(visit)) return;
    if (visit.out !== null) {
      inMinutes(5, () => leave(number));
      return;
    }
    register.leave(moment(), number, lies(visit) && random.chance(0.02) ? 'died' : 'home');
    left(number, visit);
  };
  const toWard = (number: string): void => {
    const visit = register.visit(number);
    if (!isHere(visit)) return;
    if (visit.out !== null) {
      inMinutes(5, () => toWard(number));
      return;
    }
    register.goToWard(moment(), number, random.pick(wards));
    afterRising(visit);
    // The ward sends the patient back.
    if (random.chance(0.02))
      inMinutes(minutes(2, 10), () => {
        const { where } = visit;
        if (where.kind === 'bed' && register.bed(where.bed).visit !== null) return;
        register.takeBackMove(moment(), number);
        inMinutes(minutes(20, 90), () => toWard(number));
      });
  };

  /** What befalls a patient in a bed. */
  const treat = (number: string, acuity: number): void => {
    const stay = Math.max(40, random.gaussian(190, 70));
    const sometime = (): number => minutes(3, stay - 10);
    if (random.chance(0.3)) inMinutes(sometime(), () => rename(number));
    if (random.chance(0.5)) inMinutes(sometime(), () => goOut(number));
    if (random.chance(0.1)) inMinutes(sometime(), () => move(number));
    if (random.chance(0.03)) inMinutes(sometime(), () => swap(number));
    const leavesIn = stay + minutes(-10, 10);
    if (random.chance(0.6))
      inMinutes(stay - 35, () => {
        if (isHere(register.visit(number)))
          register.planLeaving(moment(), number, Math.round(moment() + (leavesIn - stay + 35) * minuteMs));
      });
    inMinutes(leavesIn, () => {
      if (!isHere(register.visit(number))) return;
      if (!random.chance(acuity <= 2 ? 0.4 : 0.15)) {
        leave(number);
        return;
      }
      register.admit(moment(), number, random.chance(0.5) ? random.pick(wards) : null);
      if (!random.chance(0.05)) {
        inMinutes(minutes(50, 260), () => toWard(number));
        return;
      }
      // No ward takes the patient after all.
      inMinutes(minutes(3, 30), () => {
        if (!isHere(register.visit(number))) return;
        register.takeBackAdmission(moment(), number);
        inMinutes(minutes(10, 60), () => leave(number));
      });
    });
  };
  const want = (number: string, acuity: number): void => {
    wanting.push({ number, acuity, since: agenda.now() });
    giveBeds();
  };
  const giveBeds = (): void => {
    wanting.sort((one, other) => one.acuity - other.acuity || one.since - other.since);
    for (let next = wanting[0]; next; next = wanting[0]) {
      const to = readyBed();
      if (to === undefined) return;
      wanting.shift();
      if (register.visit(next.number).where.kind !== 'waiting') continue;
      register.lie(moment(), next.number, to);
      treat(next.number, next.acuity);
    }
  };

  const settleIn = (number: string, acuity: number): void => {
    if (random.chance(0.012)) {
      inMinutes(minutes(1, 4), () => {
        if (register.visit(number).where.kind === 'waiting') register.strike(moment(), number);
      });
      return;
    }
    if (random.chance(0.04)) inMinutes(minutes(20, 90), () => identify(number));
    inMinutes(minutes(...(waits[acuity] as [number, number])), () => {
      if (register.visit(number).where.kind === 'waiting') want(number, acuity);
    });
    if (acuity >= 4 && random.chance(0.5))
      inMinutes(minutes(70, 200), () => {
        if (register.visit(number).where.kind === 'waiting') leave(number);
      });
  };
  const come = (): void => {
    const { acuity, complaint, ages } = drawPresentation(random, random.chance(0.3) ? 'ambulance' : 'walkIn');
    const known = departed.length > 0 && random.chance(0.02) ? register.visit(random.pick(departed)).person : undefined;
    const isFree = known !== undefined && ![...presentPersons()].includes(known);
    const person = isFree ? register.person(known) : newPerson(ages);
    const number = newNumber();
    if (random.chance(0.08)) {
      register.expect(moment(), number, person, complaint);
      inMinutes(minutes(5, 60), () => {
        register.arrive(moment(), number, register.person(register.visit(number).person), complaint, random.pick(places));
        settleIn(number, acuity);
      });
      return;
    }
    register.arrive(moment(), number, person, complaint, random.pick(places));
    settleIn(number, acuity);
  };
  const nextArrival = (): void => {
    const waiting = wanting.length;
    const pressure = waiting / labels.length > 0.25 ? 0.3 : 1;
    const hour = (startHour + agenda.now() / 3_600_000) % 24;
    const perMinute = (ARRIVALS_PER_BED_HOUR * labels.length * curveAt(arrivalCurve, hour) * pressure) / 60;
    inMinutes(-Math.log(1 - random.next()) / perMinute, () => {
      come();
      nextArrival();
    });
  };
  const shutSome = (): void => {
    inMinutes(minutes(5, 25), () => {
      const label = readyBed();
      if (label !== undefined) {
        register.setBed(moment(), label, 'shut', true);
        inMinutes(minutes(30, 120), () => {
          if (register.bed(label).state !== 'shut') return;
          register.setBed(moment(), label, 'ready', true);
          giveBeds();
        });
      }
      shutSome();
    });
  };

  return {
    fill: (beds) => {
      const order = labels.map((label) => ({ label, key: random.next() })).sort((one, other) => one.key - other.key);
      for (let index = 0; index < beds * 1.5; index += 1) {
        const { acuity, complaint, ages } = drawPresentation(random, 'walkIn');
        const number = newNumber();
        const bed = index < beds ? order[index]?.label : undefined;
        register.arrive(moment(), number, newPerson(ages), complaint, random.pick(places));
        if (bed === undefined) settleIn(number, acuity);
        else {
          register.lie(moment(), number, bed);
          treat(number, acuity);
        }
      }
    },
    begin: () => {
      nextArrival();
      shutSome();
    },
  };
};
