/**
 * A day of a hospital whose patient administration tells Vigil everything by ADT and nobody else does: a real backend process, a
 * real station process at it, the administration in this process with its own register, and a line of MLLP between. After each
 * stretch what was sent is answered, and register, backend and station are held against one another, visit by visit, bed by bed.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type Administration, startAdministration } from '#backend/simulator/administration/administration.ts';
import { administrationSite } from '#backend/simulator/administration/message.ts';
import type { OutboxFigures } from '#backend/simulator/administration/outbox.ts';
import type { Disagreement } from '#domain/model/disagreement.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import { buildArea, buildBed, buildDevice, buildFacility, testId } from '#domain/testing/builders.ts';
import { type Desk, type HospitalProcess, live, type Scene } from '../faults/scene.ts';
import { censusOfRecords, censusOfTruth, differencesOf, type Records } from './adt-census.ts';
import { until } from './station-process.ts';

const AREA_BEDS = 24;
const MINUTE = 60_000;
/** Simulated time in one breath when the clock follows the answers. */
const BREATH_MS = 20_000;
const TICK_MS = 250;

export type DayOptions = {
  readonly beds: number;
  readonly startHour: number;
  readonly hours: number;
  /** Minutes between two comparisons. */
  readonly everyMinutes: number;
  /** Simulated seconds in a real one; null: as fast as the answers come. */
  readonly speed: number | null;
  readonly lateShare: number;
  readonly repeatShare: number;
  readonly lines: number;
  readonly say: (line: string) => void;
  /** Called with the backend's process after each comparison. */
  readonly watch?: (pid: number) => void;
};

export type DayFigures = OutboxFigures & {
  readonly compared: number;
  readonly differences: number;
  readonly visits: number;
  /** Disagreements that nobody has ended when the day is over. */
  readonly disagreements: number;
};

/** A department of so many beds, every second one with a monitor. */
export const departmentOf = (count: number): readonly VigilRecord[] => {
  const areas = Array.from({ length: Math.ceil(count / AREA_BEDS) }, (_, index) =>
    buildArea({ id: testId('a', index + 1), code: String.fromCharCode(65 + index), name: `Area ${index + 1}`, order: index }),
  );
  const beds = Array.from({ length: count }, (_, index) => {
    const area = areas[Math.floor(index / AREA_BEDS)];
    const order = index % AREA_BEDS;
    return buildBed({
      id: testId('b', index + 1),
      areaId: area?.id ?? '',
      label: `${area?.code}${order + 1}`,
      order,
      status: 'available',
      encounterId: null,
      since: Date.now() - 60 * MINUTE,
    });
  });
  const monitored = beds.filter((_, index) => index % 2 === 0);
  const devices = monitored.map(({ id, label }, index) =>
    buildDevice({ id: testId('d', index + 1), label: `Monitor ${label}`, bedId: id, encounterId: null }),
  );
  return [buildFacility(), ...areas, ...beds, ...devices];
};

const recordsOf = async (hospital: HospitalProcess): Promise<Records> => (await hospital.state()).records;
const rowsOf = (desk: Desk): Records => {
  const rows = [...desk.records.values()].map(({ record }) => record);
  const of = (kind: keyof Records) => rows.filter((record) => record.kind === kind);
  return { bed: of('bed'), encounter: of('encounter'), patient: of('patient') };
};
const inOrder = (rows: readonly VigilRecord[]): readonly VigilRecord[] =>
  rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
const isSame = (one: Records, other: Records): boolean =>
  (['bed', 'encounter', 'patient'] as const).every(
    (kind) => JSON.stringify(inOrder(one[kind])) === JSON.stringify(inOrder(other[kind])),
  );

const letPass = async (administration: Administration, simulatedMs: number, speed: number | null): Promise<void> => {
  if (speed === null) {
    for (let passed = 0; passed < simulatedMs; passed += BREATH_MS) {
      administration.pass(BREATH_MS);
      await administration.answered();
    }
    return;
  }
  const from = performance.now();
  for (let passed = 0; passed < simulatedMs; ) {
    await delay(TICK_MS);
    const now = Math.min(simulatedMs, (performance.now() - from) * speed);
    administration.pass(now - passed);
    passed = now;
  }
};

/** Plays a day in a scene; what differs is told to the scene, and figures come back. */
export const playDay = async (scene: Scene, options: DayOptions): Promise<DayFigures> => {
  const { beds, startHour, hours, everyMinutes, speed, lateShare, repeatShare, lines, say } = options;
  const site = scene.file('adt.json');
  writeFileSync(site, administrationSite());
  const department = departmentOf(beds);
  const hospital = await scene.hospital({ records: department, arguments: ['--adt-port', '0', '--adt-site', site] });
  const desk = scene.desk('desk', hospital.port);
  await live(desk);
  const administration = startAdministration({
    host: '127.0.0.1',
    port: hospital.adtPort ?? 0,
    beds: department.flatMap((record) => (record.kind === 'bed' ? [record.label] : [])),
    random: scene.random.fork('administration'),
    now: Date.now,
    speed: speed ?? 600,
    startHour,
    lateShare,
    repeatShare,
    lines,
  });
  scene.own(administration.stop);
  let compared = 0;
  let differences = 0;
  const tell = (at: string, found: readonly string[]): void => {
    differences += found.length;
    for (const one of found.slice(0, 20)) scene.expect(false, `${at}: ${one}`);
  };
  const compare = async (at: string): Promise<void> => {
    await administration.settle();
    const truth = administration.truth();
    const census = censusOfTruth(truth);
    const records = await recordsOf(hospital);
    const here = differencesOf(census, censusOfRecords(records, truth), 'Vigil');
    tell(at, here);
    await until('the rows of the backend at the station', () => isSame(rowsOf(desk), records)).catch(() => undefined);
    const there = differencesOf(census, censusOfRecords(rowsOf(desk), truth), 'station');
    if (here.length === 0) tell(at, there);
    scene.expect(isSame(rowsOf(desk), records), `${at}: the rows of the station are not those of the backend`);
    compared += 1;
    options.watch?.(hospital.child.pid ?? 0);
    const { messages, answers } = administration.figures();
    say(`${at}: ${messages} messages, ${JSON.stringify(answers)}, ${census.size} lines compared, ${here.length} differ`);
  };
  await compare(`${startHour}:00`);
  for (let minute = everyMinutes; minute <= hours * 60; minute += everyMinutes) {
    await letPass(administration, everyMinutes * MINUTE, speed);
    const clock = startHour * 60 + minute;
    await compare(`${Math.floor(clock / 60) % 24}:${String(clock % 60).padStart(2, '0')}`);
  }
  const { disagreement } = (await hospital.state()).records;
  const open = (disagreement as readonly Disagreement[]).filter(({ ended }) => ended === null);
  for (const one of open.slice(0, 5)) say(`open: ${JSON.stringify(one)}`);
  const figures = administration.figures();
  for (const one of figures.refused.slice(0, 10)) say(`refused: ${one}`);
  administration.stop();
  return { ...figures, compared, differences, visits: administration.truth().visits.length, disagreements: open.length };
};
