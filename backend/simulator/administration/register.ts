/**
 * A hospital's patient administration and its own book: who is expected, who waits, who lies where, who is out for a while, who has
 * left. It shares no rule and no record with the rest of Vigil, so that what Vigil makes of its messages can be held against it.
 * In a bed lies one patient. Every entry is told to others as a deed, with the person and the visit as they stand in that moment.
 */
import type { Instant } from '#domain/model/values.ts';

export type Person = {
  /** The number of the record; another one after two records were found to be one person. */
  readonly number: string;
  readonly family: string;
  readonly given: string;
  /** `yyyy-mm-dd` */
  readonly birthDate: string;
  readonly sex: 'female' | 'male';
};

export type Where =
  | { readonly kind: 'expected' }
  | { readonly kind: 'waiting'; readonly place: string }
  | { readonly kind: 'bed'; readonly bed: string }
  | { readonly kind: 'left'; readonly to: 'home' | 'ward' | 'died'; readonly ward: string | null }
  /** Registered by mistake. */
  | { readonly kind: 'struck' };

export type Visit = {
  readonly number: string;
  readonly person: string;
  readonly reason: string;
  readonly where: Where;
  /** Since when. */
  readonly since: Instant;
  /** Out of the own place, which is kept. */
  readonly out: { readonly to: string; readonly since: Instant } | null;
  readonly leavesAt: Instant | null;
  /** Taken by a ward since when, and by which, if that is known: still here until the move there. */
  readonly admitted: { readonly at: Instant; readonly ward: string | null } | null;
};

export type BedState = 'ready' | 'occupied' | 'dirty' | 'cleaning' | 'shut';
export type RegisterBed = { readonly label: string; readonly state: BedState; readonly visit: string | null };

/** The triggers under which this administration tells what it does. */
export type DeedTrigger =
  | 'A01'
  | 'A02'
  | 'A03'
  | 'A04'
  | 'A05'
  | 'A08'
  | 'A09'
  | 'A10'
  | 'A11'
  | 'A12'
  | 'A13'
  | 'A16'
  | 'A20'
  | 'A40';

export type Deed =
  | {
      readonly trigger: Exclude<DeedTrigger, 'A20' | 'A40'>;
      readonly at: Instant;
      readonly person: Person;
      readonly visit: Visit;
      /** The visit before it. */
      readonly before: Visit | null;
    }
  | { readonly trigger: 'A20'; readonly at: Instant; readonly bed: RegisterBed }
  | { readonly trigger: 'A40'; readonly at: Instant; readonly person: Person; readonly gone: string };

/** Everything that is true at a moment, in the order of the numbers and labels. */
export type Truth = {
  readonly persons: readonly Person[];
  readonly visits: readonly Visit[];
  readonly beds: readonly RegisterBed[];
};

export type Register = {
  readonly visit: (number: string) => Visit;
  readonly bed: (label: string) => RegisterBed;
  readonly person: (number: string) => Person;
  readonly beds: () => Iterable<RegisterBed>;
  readonly truth: () => Truth;
  readonly expect: (at: Instant, number: string, person: Person, reason: string) => void;
  /** Somebody comes, expected or not. */
  readonly arrive: (at: Instant, number: string, person: Person, reason: string, place: string) => void;
  readonly lie: (at: Instant, number: string, bed: string) => void;
  /** Two patients change beds. */
  readonly swap: (at: Instant, then: Instant, one: string, other: string) => void;
  readonly takeBackMove: (at: Instant, number: string) => void;
  readonly goOut: (at: Instant, number: string, to: string) => void;
  readonly comeBack: (at: Instant, number: string) => void;
  readonly admit: (at: Instant, number: string, ward: string | null) => void;
  readonly takeBackAdmission: (at: Instant, number: string) => void;
  readonly planLeaving: (at: Instant, number: string, leavesAt: Instant) => void;
  readonly leave: (at: Instant, number: string, to: 'home' | 'died') => void;
  readonly goToWard: (at: Instant, number: string, ward: string) => void;
  /** The patient has not left: back into the bed where nobody took it, else to a place. */
  readonly takeBackLeaving: (at: Instant, number: string, place: string) => void;
  readonly strike: (at: Instant, number: string) => void;
  readonly describe: (at: Instant, number: string, person: Person) => void;
  readonly merge: (at: Instant, gone: string, stays: Person) => void;
  /** Housekeeping: `told` says whether anybody tells it. */
  readonly setBed: (at: Instant, label: string, state: Exclude<BedState, 'occupied'>, told: boolean) => void;
};

/** An empty register of a department with these beds; every entry goes to `tell`. */
export const createRegister = (labels: readonly string[], tell: (deed: Deed) => void): Register => {
  const persons = new Map<string, Person>();
  const visits = new Map<string, Visit>();
  const beds = new Map<string, RegisterBed>(labels.map((label) => [label, { label, state: 'ready', visit: null }]));
  /** Where a patient was before the last move or leaving. */
  const formerly = new Map<string, Visit>();

  const have = <T>(of: ReadonlyMap<string, T>, key: string): T => {
    const found = of.get(key);
    if (found === undefined) throw new Error(`The register does not know ${key}.`);
    return found;
  };
  const visit = (number: string) => have(visits, number);
  const bed = (label: string) => have(beds, label);
  const person = (number: string) => have(persons, number);
  const write = (at: Instant, trigger: Exclude<DeedTrigger, 'A20' | 'A40'>, next: Visit): void => {
    const before = visits.get(next.number) ?? null;
    visits.set(next.number, next);
    tell({ trigger, at, person: person(next.person), visit: next, before });
  };
  const free = (label: string): void => void beds.set(label, { label, state: 'dirty', visit: null });
  const take = (label: string, number: string): void => {
    const place = bed(label);
    if (place.visit !== null && place.visit !== number) throw new Error(`${place.visit} lies in ${label}.`);
    beds.set(label, { label, state: 'occupied', visit: number });
  };
  const rise = ({ where }: Visit): void => {
    if (where.kind === 'bed') free(where.bed);
  };
  /** Nobody is out of a place that is another's by now. */
  const moved = (from: Visit, where: Where, since: Instant): Visit => ({ ...from, where, since, out: null });

  return {
    visit,
    bed,
    person,
    beds: () => beds.values(),
    truth: () => {
      const by = <T>(all: Iterable<T>, key: (one: T) => string): readonly T[] =>
        [...all].sort((one, other) => (key(one) < key(other) ? -1 : 1));
      return {
        persons: by(persons.values(), (one) => one.number),
        visits: by(visits.values(), (one) => one.number),
        beds: by(beds.values(), (one) => one.label),
      };
    },
    expect: (at, number, given, reason) => {
      persons.set(given.number, given);
      const where = { kind: 'expected' } as const;
      write(at, 'A05', { number, person: given.number, reason, where, since: at, out: null, leavesAt: null, admitted: null });
    },
    arrive: (at, number, given, reason, place) => {
      persons.set(given.number, given);
      const where = { kind: 'waiting', place } as const;
      write(at, 'A04', { number, person: given.number, reason, where, since: at, out: null, leavesAt: null, admitted: null });
    },
    lie: (at, number, label) => {
      const before = visit(number);
      take(label, number);
      rise(before);
      formerly.set(number, before);
      write(at, 'A02', moved(before, { kind: 'bed', bed: label }, at));
    },
    swap: (at, then, one, other) => {
      const [first, second] = [visit(one), visit(other)];
      if (first.where.kind !== 'bed' || second.where.kind !== 'bed') throw new Error('Only who lies in a bed changes it.');
      const [hers, his] = [first.where.bed, second.where.bed];
      beds.set(his, { label: his, state: 'occupied', visit: one });
      beds.set(hers, { label: hers, state: 'occupied', visit: other });
      formerly.delete(one);
      formerly.delete(other);
      write(at, 'A02', moved(first, { kind: 'bed', bed: his }, at));
      write(then, 'A02', moved(second, { kind: 'bed', bed: hers }, then));
    },
    takeBackMove: (at, number) => {
      const present = visit(number);
      const former = have(formerly, number);
      formerly.delete(number);
      rise(present);
      if (former.where.kind === 'bed') take(former.where.bed, number);
      write(at, 'A12', moved(present, former.where, former.since));
    },
    goOut: (at, number, to) => write(at, 'A09', { ...visit(number), out: { to, since: at } }),
    comeBack: (at, number) => write(at, 'A10', { ...visit(number), out: null }),
    admit: (at, number, ward) => write(at, 'A01', { ...visit(number), admitted: { at, ward } }),
    takeBackAdmission: (at, number) => write(at, 'A11', { ...visit(number), admitted: null }),
    planLeaving: (at, number, leavesAt) => write(at, 'A16', { ...visit(number), leavesAt }),
    leave: (at, number, to) => {
      const present = visit(number);
      formerly.set(number, present);
      rise(present);
      write(at, 'A03', moved(present, { kind: 'left', to, ward: null }, at));
    },
    goToWard: (at, number, ward) => {
      const present = visit(number);
      formerly.set(number, present);
      rise(present);
      write(at, 'A02', moved(present, { kind: 'left', to: 'ward', ward }, at));
    },
    takeBackLeaving: (at, number, place) => {
      const former = have(formerly, number);
      formerly.delete(number);
      const present = visit(number);
      if (former.where.kind === 'bed' && bed(former.where.bed).visit === null) {
        take(former.where.bed, number);
        write(at, 'A13', moved(present, former.where, former.since));
      } else if (former.where.kind === 'waiting') write(at, 'A13', moved(present, former.where, former.since));
      else write(at, 'A13', moved(present, { kind: 'waiting', place }, at));
    },
    strike: (at, number) => {
      const present = visit(number);
      rise(present);
      write(at, 'A11', moved(present, { kind: 'struck' }, at));
    },
    describe: (at, number, given) => {
      persons.set(given.number, given);
      write(at, 'A08', visit(number));
    },
    merge: (at, gone, stays) => {
      person(gone);
      persons.delete(gone);
      persons.set(stays.number, stays);
      for (const one of [...visits.values()]) if (one.person === gone) visits.set(one.number, { ...one, person: stays.number });
      for (const [number, one] of formerly) if (one.person === gone) formerly.set(number, { ...one, person: stays.number });
      tell({ trigger: 'A40', at, person: stays, gone });
    },
    setBed: (at, label, state, told) => {
      if (bed(label).visit !== null) throw new Error(`Somebody lies in ${label}.`);
      beds.set(label, { label, state, visit: null });
      if (told) tell({ trigger: 'A20', at, bed: bed(label) });
    },
  };
};
