/**
 * The other hospitals of the city: they take ambulances, warn, or turn them away with a reason and an end, and tell how many
 * beds they have. The hospital of the desks takes or turns away as its people say; how long crews wait there goes up and down by
 * itself. Whatever a person said of another one stands.
 */
import { setHospitalCapacity } from '#domain/commands/set-hospital-capacity.ts';
import { setHospitalStatus } from '#domain/commands/set-hospital-status.ts';
import { bedCategories, type Hospital } from '#domain/model/hospital.ts';
import type { World } from './world.ts';

export type Hospitals = {
  /** Lets each tell of its beds for the first time. */
  readonly start: () => void;
  readonly step: () => void;
};

const reasons = [
  'Emergency department is full',
  'No scanner',
  'Resuscitation is occupied',
  'Power cut in one wing',
  'No theatre free',
];
/** Never so many at once that ambulances have nowhere to go. */
const MOST_CLOSED_SHARE = 0.2;

/** The other hospitals' processes over a world. */
export const createHospitals = (world: World): Hospitals => {
  const { view, schedule, put, give, now } = world;
  const random = world.random.fork('hospitals');
  const isOther = ({ facilityId }: Hospital) => facilityId === null;
  const saidByUs = ({ divert }: Hospital) => divert === null || divert.by.personId === world.automatic.personId;

  const change = (hospital: Hospital, all: readonly Hospital[]) => {
    const set = (emsTrafficStatus: Hospital['emsTrafficStatus'], offloadDelayMinutes: number | null, minutes: number) =>
      give(setHospitalStatus, {
        hospitalId: hospital.id,
        emsTrafficStatus,
        emsOffload: offloadDelayMinutes === null ? 'normal' : 'delayed',
        offloadDelayMinutes,
        divert: emsTrafficStatus === 'normal' ? null : { reason: random.pick(reasons), until: world.inMinutes(minutes) },
      });
    const restricted = all.filter(({ emsTrafficStatus }) => emsTrafficStatus !== 'normal').length;
    const chance = random.next();
    const minutes = random.int(45, 180);
    const delay = random.int(3, 9) * 5;
    if (
      !isOther(hospital) ||
      hospital.emsTrafficStatus !== 'normal' ||
      chance < 0.45 ||
      restricted >= all.length * MOST_CLOSED_SHARE
    )
      set('normal', random.chance(0.25) ? delay : null, minutes);
    else if (chance < 0.8) set('advisory', delay, minutes);
    else set('closed', delay, minutes);
  };

  return {
    start: () => {
      for (const hospital of [...view.list('hospital')].filter(isOther)) {
        const told = bedCategories.filter(() => random.chance(0.6));
        const capacity = told.map((category) => {
          const baseline = random.int(4, 40);
          return {
            category,
            available: random.int(0, Math.ceil(baseline / 4)),
            baseline,
            at: now() - random.int(2, 90) * 60_000,
          };
        });
        put({ ...hospital, capacity });
      }
    },
    step: () => {
      const all = [...view.list('hospital')];
      for (const hospital of all) {
        if (!saidByUs(hospital) || (!isOther(hospital) && hospital.divert !== null)) continue;
        const over = hospital.divert !== null && hospital.divert.until <= now();
        if (over || schedule.isOver(hospital.id, `status@${hospital.statusSince}`, () => random.int(60, 360)))
          change(hospital, all);
        const told = hospital.capacity.length === 0 ? undefined : random.pick(hospital.capacity);
        if (
          !told ||
          !schedule.isOver(`beds ${hospital.id}`, `${Math.max(...hospital.capacity.map(({ at }) => at))}`, () =>
            random.int(20, 60),
          )
        )
          continue;
        const available = Math.max(0, Math.min(told.baseline ?? 40, (told.available ?? 0) + random.int(-3, 3)));
        give(setHospitalCapacity, { hospitalId: hospital.id, category: told.category, available });
      }
    },
  };
};
