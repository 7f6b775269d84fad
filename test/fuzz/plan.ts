/** What a seed means: the department, the desks, and everything that will be done to them and by them. A plan is data, so that a failing one can be made smaller. */
import type { CommandName } from '#domain/commands/registry.ts';
import type { Role } from '#domain/model/grant.ts';
import { createRandom, type Random } from '#domain/testing/random.ts';
import { type CrashPlace, crashPlaces } from './crash-points.ts';
import { happenings } from './department.ts';
import type { Weather } from './network.ts';
import { actNames } from './users.ts';

export type Step =
  | { readonly kind: 'gesture'; readonly desk: number; readonly name: CommandName; readonly twice: boolean }
  /** The same kind of command on the same records at two desks. */
  | { readonly kind: 'pair'; readonly desks: readonly [number, number]; readonly name: CommandName }
  | { readonly kind: 'signIn'; readonly desk: number; readonly as: 'demo' | Role }
  /** The hospital withdraws the sign-in with which the desk's newest command was made. */
  | { readonly kind: 'withdraw'; readonly desk: number }
  /** The device begins anew as a display, or as a desk. */
  | { readonly kind: 'scope'; readonly desk: number; readonly as: 'desk' | 'display' }
  | { readonly kind: 'dismiss'; readonly desk: number }
  | { readonly kind: 'happening'; readonly name: string }
  | { readonly kind: 'weather'; readonly desk: number; readonly weather: Partial<Weather> }
  | { readonly kind: 'cut'; readonly desk: number; readonly told: 'both' | 'desk' | 'hospital' }
  | {
      readonly kind: 'crashDesk';
      readonly desk: number;
      readonly place: CrashPlace | 'now';
      readonly skip: number;
      readonly power: boolean;
    }
  | { readonly kind: 'crashHospital'; readonly place: CrashPlace | 'now'; readonly skip: number }
  | { readonly kind: 'diskFull'; readonly desk: number; readonly full: boolean }
  | { readonly kind: 'window'; readonly desk: number; readonly takes: boolean }
  /** Everything sleeps, and what is old is forgotten after. */
  | { readonly kind: 'sleep'; readonly ms: number };

/** `at`: milliseconds from the start. `seed`: what is drawn while it is done does not depend on the other actions. */
export type Action = { readonly at: number; readonly seed: number; readonly step: Step };

export type Plan = {
  readonly seed: number;
  /** What each desk may hold. */
  readonly desks: readonly ('desk' | 'display')[];
  readonly filler: number;
  readonly actions: readonly Action[];
  /** When everything heals, milliseconds from the start. */
  readonly healsAt: number;
};

const DAY = 86_400_000;

/** What happens while a snapshot is taken. */
const busy = ['alarmBack', 'alarmBack', 'bedTaken', 'unitReports', 'alarm', 'alarmGone'] as const;

const conflicting = [
  'assignBed',
  'releaseBed',
  'recordTriage',
  'setUnitStatus',
  'acknowledgeAlarm',
  'cleanBed',
  'dispatchUnit',
  'blockBed',
  'mergePatients',
] as const;

type Draw = (random: Random, desk: number, other: number) => readonly (readonly [number, Step])[];

/** A trouble and its end, as steps with their distance in milliseconds. */
const troubles: Readonly<Record<string, Draw>> = {
  flaps: (random, desk) =>
    Array.from({ length: random.int(1, 8) }, (_, index) => [
      index * random.int(20, 2_500),
      { kind: 'cut', desk, told: random.pick(['both', 'both', 'desk', 'hospital'] as const) },
    ]),
  partition: (random, desk, other) => {
    const opening = random.pick(['refused', 'silent'] as const);
    const stalled = random.chance(0.5);
    return [
      [0, { kind: 'weather', desk, weather: { opening, stalledUp: stalled, stalledDown: stalled } }],
      [1, stalled ? { kind: 'window', desk, takes: true } : { kind: 'cut', desk, told: 'both' }],
      // Meanwhile two desks want the same, and one of them does not know of the other.
      ...Array.from({ length: random.int(0, 4) }, (): readonly [number, Step] => [
        random.int(0, 4_000),
        { kind: 'pair', desks: [desk, other], name: random.pick(conflicting) },
      ]),
      [
        random.int(300, 20_000),
        { kind: 'weather', desk, weather: { opening: 'answered', stalledUp: false, stalledDown: false } },
      ],
    ];
  },
  halfOpen: (random, desk) => {
    const up = random.chance(0.5);
    return [
      [0, { kind: 'weather', desk, weather: up ? { stalledUp: true } : { stalledDown: true } }],
      // While the desk still believes that it is connected.
      [random.int(0, 4_000), { kind: 'gesture', desk, name: random.pick(['dispatchUnit', 'assignBed'] as const), twice: false }],
      [random.int(300, 20_000), { kind: 'weather', desk, weather: { stalledUp: false, stalledDown: false } }],
    ];
  },
  slow: (random, desk) => {
    const least = random.pick([0, 50, 200, 1_000]);
    return [
      [0, { kind: 'weather', desk, weather: { latency: [least, least + random.pick([0, 100, 500, 4_000])] } }],
      [random.int(1_000, 20_000), { kind: 'weather', desk, weather: { latency: [1, 20] } }],
    ];
  },
  deskDies: (random, desk) =>
    Array.from({ length: random.int(1, 3) }, (_, index) => [
      index * random.int(100, 4_000),
      {
        kind: 'crashDesk',
        desk,
        place: random.pick(['now', ...crashPlaces] as const),
        skip: random.chance(0.6) ? 0 : random.int(1, 5),
        power: random.chance(0.2),
      },
    ]),
  hospitalDies: (random) => [
    [
      0,
      {
        kind: 'crashHospital',
        place: random.pick(['now', ...crashPlaces] as const),
        skip: random.chance(0.6) ? 0 : random.int(1, 8),
      },
    ],
  ],
  diskFull: (random, desk) => [
    [0, { kind: 'diskFull', desk, full: true }],
    [random.int(100, 6_000), { kind: 'diskFull', desk, full: false }],
  ],
  slowWindow: (random, desk) => [
    [0, { kind: 'window', desk, takes: false }],
    [random.int(500, 10_000), { kind: 'window', desk, takes: true }],
  ],
  /** A middle that sends messages of commands again, in another order, and loses settlements. */
  badMiddle: (random, desk) => [
    [0, { kind: 'weather', desk, weather: { repeats: random.pick([0.2, 0.6, 1]), lostSettlements: random.pick([0, 0.1, 0.4]) } }],
    [random.int(3_000, 30_000), { kind: 'weather', desk, weather: { repeats: 0, lostSettlements: 0 } }],
  ],
  /** Somebody made commands, some of them while apart, and may act no more; another person takes the desk. */
  withdrawn: (random, desk) => {
    const apart = random.chance(0.5);
    return [
      [0, { kind: 'gesture', desk, name: random.pick(conflicting), twice: false }],
      [random.int(100, 2_000), { kind: 'weather', desk, weather: apart ? { opening: 'refused' } : {} }],
      [1, apart ? { kind: 'cut', desk, told: 'both' } : { kind: 'window', desk, takes: true }],
      ...Array.from({ length: random.int(1, 4) }, (): readonly [number, Step] => [
        random.int(0, 500),
        { kind: 'gesture', desk, name: random.pick(conflicting), twice: false },
      ]),
      [random.int(0, 1_000), { kind: 'withdraw', desk }],
      [random.int(0, 2_000), { kind: 'weather', desk, weather: { opening: 'answered' } }],
      [random.int(0, 3_000), { kind: 'gesture', desk, name: random.pick(conflicting), twice: false }],
      [random.int(0, 3_000), { kind: 'signIn', desk, as: 'demo' }],
    ];
  },
  /** A desk is made a display, perhaps with commands that are not settled, and perhaps a desk again. */
  madeDisplay: (random, desk) => [
    [0, { kind: 'gesture', desk, name: random.pick(conflicting), twice: false }],
    [random.int(0, 3_000), { kind: 'scope', desk, as: 'display' }],
    [random.int(1_000, 15_000), { kind: 'gesture', desk, name: random.pick(conflicting), twice: false }],
    [random.int(0, 5_000), { kind: 'scope', desk, as: 'desk' }],
  ],
  /** A desk that was away for so long that what it missed is more than one poke may bring: a snapshot while much happens. */
  farBehind: (random, desk) => [
    [0, { kind: 'weather', desk, weather: { opening: 'refused', latePages: random.pick([0, 0.5, 1]) } }],
    [1, { kind: 'cut', desk, told: 'both' }],
    [random.int(500, 5_000), { kind: 'happening', name: 'everythingMoves' }],
    [random.int(1, 5_000), { kind: 'weather', desk, weather: { opening: 'answered' } }],
    ...Array.from({ length: 30 }, (_, index): readonly [number, Step] => [
      random.int(0, 400),
      { kind: 'happening', name: index === 15 && random.chance(0.5) ? 'everythingGone' : random.pick(busy) },
    ]),
  ],
};
const troubleNames = Object.keys(troubles).filter((name) => name !== 'farBehind');

const happeningNames = Object.keys(happenings).filter((name) => !name.startsWith('everything'));
/** The plan of a seed. */
export const planOf = (seed: number): Plan => {
  const random = createRandom(seed);
  const many = random.pick([2, 2, 2, 3, 3, 4]);
  const desks = Array.from(
    { length: many },
    (_, index) => (index > 0 && random.chance(0.15) ? 'display' : 'desk') as 'desk' | 'display',
  );
  const healsAt = random.int(8_000, 45_000);
  const actions: Action[] = [];
  const add = (at: number, step: Step): void =>
    void actions.push({ at: Math.min(at, healsAt - 1), seed: random.int(0, 2 ** 31), step });
  const sometime = (): number => random.int(0, healsAt - 1);
  const someDesk = (): number => random.int(0, many - 1);

  // A few troubles of a few kinds each, so that one seed is about something.
  const kinds = Array.from({ length: random.int(0, 4) }, () => random.pick(troubleNames));
  const trouble = (kind: string, begin: number): void => {
    let at = begin;
    const desk = someDesk();
    for (const [distance, step] of troubles[kind]?.(random, desk, (desk + random.int(1, many - 1)) % many) ?? []) {
      at += distance;
      add(at, step);
    }
  };
  for (const kind of kinds) for (let times = random.int(1, 3); times > 0; times -= 1) trouble(kind, sometime());
  if (random.chance(0.03)) trouble('farBehind', sometime());
  // The first snapshots come late, and much is said between their pages.
  if (random.chance(0.15)) {
    for (let desk = 0; desk < many; desk += 1) add(0, { kind: 'weather', desk, weather: { latePages: 0.8 } });
    for (let index = 0; index < 12; index += 1) add(random.int(20, 3_000), { kind: 'happening', name: random.pick(busy) });
  }
  const gestures = random.int(2, 40);
  for (let index = 0; index < gestures; index += 1) {
    const at = sometime();
    if (many > 1 && random.chance(0.2)) {
      const one = someDesk();
      add(at, { kind: 'pair', desks: [one, (one + random.int(1, many - 1)) % many], name: random.pick(conflicting) });
    } else add(at, { kind: 'gesture', desk: someDesk(), name: random.pick(actNames), twice: random.chance(0.1) });
  }
  // Many at once: what is drained afterwards, or settled in one turn.
  if (random.chance(0.15)) {
    const [at, desk] = [sometime(), someDesk()];
    for (let index = random.int(20, 130); index > 0; index -= 1)
      add(at, {
        kind: 'gesture',
        desk,
        name: random.pick(['registerPatient', 'createIncident', 'recordTriage'] as const),
        twice: false,
      });
  }
  for (let index = random.int(0, 25); index > 0; index -= 1) {
    const name = random.pick(happeningNames);
    if (name !== 'manyChanges' || random.chance(0.3)) add(sometime(), { kind: 'happening', name });
  }
  for (let index = random.int(0, 2); index > 0; index -= 1) {
    add(sometime(), {
      kind: 'signIn',
      desk: someDesk(),
      as: random.pick(['demo', 'dispatcher', 'chargeNurse', 'triageNurse'] as const),
    });
    add(sometime(), { kind: 'dismiss', desk: someDesk() });
  }
  if (random.chance(0.08))
    add(sometime(), { kind: 'sleep', ms: random.pick([20_000, 5 * 3_600_000, 13 * 3_600_000, 31 * DAY, 91 * DAY]) });
  actions.sort((one, other) => one.at - other.at);
  return {
    seed,
    desks,
    filler: random.chance(0.03) ? random.int(450, 1_300) : 0,
    actions,
    healsAt,
  };
};
