/**
 * The department from now on: people come, are triaged, get beds, are treated, admitted or sent home; beds are cleaned.
 *
 *   arrived ─► triaged ─► in a bed ─► (admit decided) ─► gone          bed: occupied ─► contaminated ─► cleaning ─► available
 *                 └─► treated in the waiting room, or left unseen
 */
import { cleanBed } from '#domain/commands/clean-bed.ts';
import { releaseBed } from '#domain/commands/release-bed.ts';
import type { Bed } from '#domain/model/bed.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import { isPresent } from '#domain/rules/encounter-status.ts';
import { arrive, nextSteps, bed as putIntoBed, triage } from './department-start.ts';
import { drawPresentation, presentationOf } from './patients.ts';
import { arrivalCurve, curveAt } from './schedule.ts';
import type { World } from './world.ts';

/** Walk-in arrivals an hour and bed, on a mean day; ambulances bring the rest. */
const WALK_INS_PER_BED_HOUR = 0.17;
/** Finished visits stay this long, simulated minutes, before they leave the desk's memory. */
const KEEP_FINISHED_MINUTES = 240;

export type Department = { readonly step: () => void };

const preferredAreas = ({ acuity, flags }: Encounter): string => {
  if (flags.includes('CHILD')) return acuity === 1 ? 'RP' : 'PF';
  return ['RA', 'RA', 'ARB', 'BAO', 'FBO', 'F'][acuity ?? 3] ?? 'BA';
};

/** The department's own processes over a world. */
export const createDepartment = (
  world: World,
  {
    placesPatients,
  }: {
    /** False where a patient administration says who is where and which bed is clean: then patients are only examined. */
    readonly placesPatients: boolean;
  },
): Department => {
  const { random, view, put, remove, schedule } = world;
  let nextArrivalAt: number | undefined;

  const arrivals = (waiting: number, bedCount: number, occupied: number) => {
    // A full waiting room turns people away, an empty department draws them: no day runs off the board.
    const pressure = waiting / bedCount > 0.5 ? 0.3 : waiting / bedCount < 0.25 || occupied / bedCount < 0.75 ? 1.9 : 1;
    const perHour = WALK_INS_PER_BED_HOUR * bedCount * curveAt(arrivalCurve, world.hour()) * pressure;
    const wait = () => (-Math.log(1 - random.next()) / perHour) * 3_600_000;
    nextArrivalAt ??= world.simulated() + wait();
    while (world.simulated() >= nextArrivalAt) {
      arrive(world, { at: world.now(), presentation: drawPresentation(random, 'walkIn'), mode: 'walkIn', incidentId: null });
      nextArrivalAt += wait();
    }
  };

  const clean = (place: Bed) => {
    const state = `${place.status}@${place.since}`;
    const over = (least: number, most: number) => schedule.isOver(place.id, state, () => random.int(least, most));
    switch (place.status) {
      case 'contaminated':
        if (over(3, 11))
          world.give(cleanBed, {
            bedId: place.id,
            stage: 'start',
            expectedMinutes: Math.max(1, Math.round((world.inMinutes(14) - world.now()) / 60_000)),
          });
        return;
      case 'cleaning':
        if (over(9, 18)) world.give(cleanBed, { bedId: place.id, stage: 'done', expectedMinutes: null });
        return;
      case 'reserved':
        // A hold that nobody came for ends by itself.
        if (place.reservation?.until && place.reservation.until + 60_000 < world.now())
          put({ ...place, status: 'available', since: world.now(), reservation: null, note: null, until: null });
        return;
      case 'blocked':
      case 'closed':
        if (place.until !== null && place.until < world.now())
          put({ ...place, status: 'available', since: world.now(), note: null, until: null });
        return;
      case 'available':
        if (over(240, 2_400))
          put({
            ...place,
            status: 'blocked',
            since: world.now(),
            note: random.pick(['Monitor being changed', 'Suction under repair', 'Water on the floor']),
            until: world.inMinutes(random.int(20, 80)),
          });
    }
  };

  const goOn = (encounter: Encounter) => {
    if (schedule.isOver(encounter.id, `step ${encounter.nextStep}`, () => random.int(15, 50)))
      put({ ...encounter, nextStep: random.pick(nextSteps) });
  };

  const treat = (encounter: Encounter, bedId: string) => {
    if (encounter.admitDecidedAt === null) {
      goOn(encounter);
      if (!schedule.isOver(`${encounter.id} stay`, `bed ${bedId}`, () => Math.max(40, random.gaussian(190, 70)))) return;
      if (random.chance((encounter.acuity ?? 3) <= 2 ? 0.4 : 0.15)) {
        put({
          ...encounter,
          admitDecidedAt: world.now(),
          nextStep: 'Ward bed',
          expectedDepartureAt: world.inMinutes(random.int(60, 240)),
        });
      } else world.give(releaseBed, { bedId, encounterId: encounter.id, disposition: 'discharged' });
    } else if (schedule.isOver(encounter.id, 'boards', () => random.int(50, 260))) {
      world.give(releaseBed, { bedId, encounterId: encounter.id, disposition: 'admitted' });
    }
  };

  const isRetriageTime = ({ id, retriageDueAt, triagedAt }: Encounter): boolean =>
    retriageDueAt !== null &&
    retriageDueAt < world.now() &&
    schedule.isOver(id, `retriage ${triagedAt}`, () => random.int(4, 25));
  const seeFirst = (encounter: Encounter) => {
    const isTime = schedule.isOver(encounter.id, 'arrived', () =>
      encounter.arrivalMode === 'ambulance' ? random.int(3, 9) : random.int(5, 14),
    );
    if (isTime) triage(world, encounter, presentationOf(encounter.complaint, encounter.acuity), world.now());
  };
  const examine = (encounter: Encounter) => {
    if (encounter.bedId !== null) goOn(encounter);
    else if (encounter.status === 'arrived') seeFirst(encounter);
    else if (isRetriageTime(encounter))
      triage(world, encounter, presentationOf(encounter.complaint, encounter.acuity), world.now());
  };

  const wait = (encounter: Encounter, wantsBed: Encounter[]) => {
    if (encounter.status === 'arrived') {
      seeFirst(encounter);
      return;
    }
    const acuity = encounter.acuity ?? 3;
    if (
      schedule.isOver(`${encounter.id} bed`, 'waits', () =>
        random.int(
          ...((
            [
              [1, 2],
              [1, 2],
              [4, 14],
              [15, 55],
              [30, 90],
              [40, 110],
            ] as const
          )[acuity] as [number, number]),
        ),
      )
    )
      wantsBed.push(encounter);
    if (acuity >= 4 && schedule.isOver(`${encounter.id} leaves`, 'waits', () => random.int(80, 210))) {
      put({
        ...encounter,
        status: random.chance(0.85) ? 'finished' : 'leftWithoutBeingSeen',
        departedAt: world.now(),
        place: null,
      });
    } else if (isRetriageTime(encounter)) {
      triage(world, encounter, presentationOf(encounter.complaint, encounter.acuity), world.now());
    }
  };

  const giveBeds = (wanted: readonly Encounter[], free: Bed[], codes: ReadonlyMap<string, string>) => {
    const order = [...wanted].sort((a, b) => (a.acuity ?? 3) - (b.acuity ?? 3) || a.arrivedAt - b.arrivedAt);
    for (const encounter of order) {
      const areas = preferredAreas(encounter);
      const rank = (place: Bed) => {
        const code = codes.get(place.areaId) ?? '';
        const known = areas.indexOf(code);
        // Further majors stand behind those that fit; resus and children's beds are kept for whom they are for.
        return known >= 0 ? known : 'RPF'.includes(code) ? -1 : 9;
      };
      const fitting = free.filter((place) => rank(place) >= 0).sort((a, b) => rank(a) - rank(b) || a.order - b.order);
      const place = fitting[0];
      if (!place || !putIntoBed(world, encounter.id, place.id, world.now())) continue;
      free.splice(free.indexOf(place), 1);
    }
  };

  const forget = (gone: Encounter) => {
    if (!schedule.isOver(gone.id, 'gone', () => KEEP_FINISHED_MINUTES)) return;
    for (const suffix of ['', ' stay', ' bed', ' leaves']) schedule.forget(gone.id + suffix);
    for (const assessment of view.list('triageAssessment')) if (assessment.encounterId === gone.id) remove(assessment);
    remove({ kind: 'patient', id: gone.patientId });
    remove({ kind: 'encounter', id: gone.id });
  };

  const stepExamining = () => {
    for (const encounter of [...view.list('encounter')]) if (isPresent(encounter)) examine(encounter);
  };

  return {
    step: () => {
      if (!placesPatients) {
        stepExamining();
        return;
      }
      const codes = new Map([...view.list('area')].map(({ id, code }) => [id, code]));
      const wantsBed: Encounter[] = [];
      let waiting = 0;
      for (const encounter of [...view.list('encounter')]) {
        if (!isPresent(encounter)) forget(encounter);
        else if (encounter.bedId !== null) treat(encounter, encounter.bedId);
        else {
          waiting++;
          wait(encounter, wantsBed);
        }
      }
      const beds = [...view.list('bed')];
      for (const place of beds) clean(place);
      // Read again: somebody above may have been triaged, or have left.
      const stillWaiting = wantsBed
        .map(({ id }) => view.get('encounter', id))
        .filter((encounter): encounter is Encounter => encounter !== undefined && isPresent(encounter));
      giveBeds(
        stillWaiting,
        [...view.list('bed')].filter(({ status }) => status === 'available'),
        codes,
      );
      arrivals(waiting, beds.length, beds.filter(({ status }) => status === 'occupied').length);
    },
  };
};
