/** Boards over an invented store, for looking at them: `?board=beds&scene=live&theme=dark&locale=en&bed=A7`. */
import { createRoot } from 'react-dom/client';
import { windowKindSchema } from '#contracts/ipc/main-window.ts';
import type { Frame } from '#contracts/ipc/station-window.ts';
import { decide } from '#domain/commands/decide.ts';
import type { RecordKind, RecordOf, VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { alarmCounts } from '#domain/rules/alarm-order.ts';
import { projectForDisplay } from '#domain/rules/projection.ts';
import { buildGrant, ids, testId } from '#domain/testing/builders.ts';
import type { WindowClient } from '#renderer/client/client.ts';
import { createFrameBatch } from '#renderer/client/frame-batch.ts';
import { WindowContext } from '#renderer/state/hooks.ts';
import {
  createWindowStore,
  emptyTables,
  type ReceivedReading,
  type RecordTables,
  type Shown,
  type TrendPoint,
} from '#renderer/state/store.ts';
import { Shell } from '#renderer/ui/shell.tsx';
import { AlarmsBoard } from '#renderer/windows/alarms/board.tsx';
import { BedsBoard } from '#renderer/windows/beds/board.tsx';
import { HealthBoard } from '#renderer/windows/health/board.tsx';
import { TriageBoard } from '#renderer/windows/triage/board.tsx';
import { WallBoard } from '#renderer/windows/wall/board.tsx';
import { crowdingRecords } from './crowding.ts';
import { departmentRecords, sceneNow } from './department.ts';
import { inventedBundle, inventedConflicts, inventedHealth, lostConflicts } from './health.ts';
import { interfaceRecords, inventedAnswer } from './interfaces.ts';
import { lastHandover, waitingHandover } from './last-handover.ts';

const query = new URLSearchParams(location.search);
const scene = query.get('scene') ?? 'live';
const board = windowKindSchema.safeParse(query.get('board')).data ?? 'beds';
const theme = query.get('theme') === 'light' ? 'light' : 'dark';
document.documentElement.dataset['theme'] = theme;

const tablesOf = (records: readonly VigilRecord[]): RecordTables => {
  const tables = emptyTables() as unknown as Record<RecordKind, Map<Id, Shown<RecordKind>>>;
  for (const record of records) tables[record.kind].set(record.id, { record, pending: false });
  return tables as unknown as RecordTables;
};
const bedCount = Number(query.get('beds') ?? (scene === 'many' ? 432 : 48));
const isDisplay = query.get('as') === 'display';
/** As many beds as asked for, with whoever lies in them. */
const invented = (): readonly VigilRecord[] => {
  const all = departmentRecords(Math.ceil(bedCount / 48));
  const kept = new Set(
    all
      .filter((record) => record.kind === 'bed')
      .slice(0, bedCount)
      .map(({ id }) => id),
  );
  const shown = all.filter((record) =>
    record.kind === 'bed' ? kept.has(record.id) : !('bedId' in record) || record.bedId === null || kept.has(record.bedId),
  );
  const interfaces = query.has('interfaces') ? interfaceRecords(shown) : [];
  const waiting = query.has('handover') ? [waitingHandover(shown, sceneNow)] : [];
  return [
    ...crowdingRecords(scene, query.has('free') ? laidOut(shown) : shown),
    lastHandover(shown, sceneNow),
    ...waiting,
    ...interfaces,
  ];
};
/** The first area around three walls of its room, as its site laid it out. */
const laidOut = (shown: readonly VigilRecord[]): readonly VigilRecord[] => {
  const area = shown.find((record) => record.kind === 'area');
  const cells = [
    [0, 2],
    [0, 1],
    [0, 0],
    [2, 0],
    [4, 0],
    [4, 1],
  ] as const;
  return shown.map((record) => {
    if (record === area) return { ...area, layout: 'free' };
    if (record.kind !== 'bed' || record.areaId !== area?.id) return record;
    const [column, line] = cells[record.order - 1] ?? [0, 0];
    return { ...record, cell: { column, line } };
  });
};
const records =
  scene === 'empty' ? [] : isDisplay ? invented().flatMap((one) => projectForDisplay(one, 'initials') ?? []) : invented();
const offline = scene === 'offline' || scene === 'never';
const started = performance.now();
const heardAt = sceneNow - 1_104_000;

const readingOf = (device: RecordOf<'device'>, index: number): ReceivedReading => {
  const alarm = records.find(
    (one): one is RecordOf<'alarm'> => one.kind === 'alarm' && one.deviceId === device.id && one.state !== 'normal',
  );
  const base = 70 + ((index * 37) % 50);
  const walk = (step: number, seed: number): number => Math.sin(step / 7 + seed) * 5 + Math.sin(step / 2.3 + seed * 3) * 2;
  const trend: TrendPoint[] = Array.from({ length: 120 }, (_, step) => [
    sceneNow - (120 - step) * 60_000,
    Math.round(base + walk(step, index) + (alarm?.parameter === 'heartRate' ? (step - 120) * 0.15 : 0)),
    index === 7 && step > 40 && step < 60
      ? null
      : Math.round(Math.min(99, 96 + walk(step, index + 2) / 3 - (alarm?.parameter === 'spo2' ? step / 11 : 0))),
  ]);
  const age = offline ? 1_104_000 : device.label.endsWith('O5') ? 35_000 : 400;
  const of = (parameter: string, value: number): number =>
    alarm?.parameter === parameter && alarm.value !== null ? alarm.value : value;
  return {
    deviceId: device.id,
    observedAt: sceneNow - age - 200,
    receivedAt: sceneNow - age,
    heartRate: of('heartRate', base),
    spo2: device.label.endsWith('A9') ? null : of('spo2', 96),
    respiratoryRate: of('respiratoryRate', 14 + (index % 9)),
    systolic: of('systolic', 118 + index),
    diastolic: 70,
    temperature: 36.4 + (index % 5) / 5,
    pressureAt: sceneNow - 560_000,
    trend,
  };
};

const frame = (): Frame => {
  const passed = Math.round(performance.now() - started);
  const alarms = alarmCounts(records.filter((record) => record.kind === 'alarm'));
  const link = offline ? 'offline' : scene === 'stale' ? 'stale' : 'live';
  return {
    sequence: 1,
    facilityName: scene === 'unknown' ? null : 'St Brannoc General',
    timeZone: 'America/Montevideo',
    serverTime: sceneNow + passed,
    serverTimeError: 12,
    link: {
      state: link,
      lastHeardAt:
        scene === 'never' ? null : offline ? heardAt : scene === 'stale' ? sceneNow - 14_000 + passed : sceneNow + passed,
      roundTripMs: offline ? null : 41,
    },
    unsent: offline
      ? { count: 5, oldestAgeMs: 690_000 + passed }
      : scene === 'trouble'
        ? { count: 1, oldestAgeMs: 4000 }
        : { count: 0, oldestAgeMs: null },
    conflicts: store.getState().conflicts.length,
    alarms: offline || scene === 'loading' || scene === 'unknown' ? null : alarms,
    monitors: offline ? null : { reporting: 23, total: 24 },
    copy:
      scene === 'loading'
        ? { state: 'loading', loaded: 31_204, total: 48_211 }
        : scene === 'unknown'
          ? { state: 'empty' }
          : scene === 'resync'
            ? { state: 'loading', loaded: 31_204, total: 48_211, asOf: sceneNow - 86_400_000 }
            : { state: 'whole', asOf: sceneNow },
    person: isDisplay
      ? { id: testId('9', 8), name: 'Wall display', roles: ['display'] }
      : { id: ids.person, name: 'Ines Okafor', roles: scene === 'onlooker' ? ['dispatcher'] : ['chargeNurse', 'dispatcher'] },
    troubles:
      scene === 'trouble'
        ? [
            {
              code: 'diskFull',
              severity: 'notSaved',
              message: 'The disk of this desk is full. The last 2 changes were not kept: write them down.',
              at: sceneNow,
              count: 1,
            },
            {
              code: 'badMessage',
              severity: 'degraded',
              message: 'A message from the server could not be read and was set aside.',
              at: sceneNow - 60_000,
              count: 3,
            },
          ]
        : [],
  };
};

const store = createWindowStore({
  board,
  theme,
  locale: query.get('locale') ?? 'en',
  mapboxToken: null,
  wall: {
    diagonalInches: Number(query.get('inches') ?? 55),
    distanceMetres: Number(query.get('metres') ?? 6),
    assumed: query.get('inches') === null,
  },
  versions: { vigil: '0.1.0', electron: '45.4.1', chromium: '150.0.7800.12', node: '24.9.0' },
});
const known = scene !== 'loading' && scene !== 'unknown';
store.setState({
  station: {
    state: scene === 'restarting' || scene === 'refused' ? scene : 'running',
    message: scene === 'refused' ? 'The data of this desk cannot be opened: its key is missing.' : null,
  },
  frameAt: performance.now(),
  ...(offline || scene === 'conflicts' || scene === 'lost'
    ? {
        conflicts: scene === 'lost' ? lostConflicts(records) : inventedConflicts(records),
        unsent: ['Assign Dunmore to B12', 'Clean P6', 'Discharge Baptiste, A2'].map((summary, index) => ({
          commandId: `u${index}`,
          name: 'x',
          summary,
          by: 'Ines Okafor',
          issuedAt: sceneNow - 690_000 + index * 100_000,
        })),
      }
    : {}),
  ...(known
    ? {
        records: tablesOf(records),
        positions: new Map(
          records
            .filter((record) => record.kind === 'unit')
            .map(({ id, callsign }) => {
              const at = sceneNow - (callsign === 'B07' ? 420_000 : 3_000);
              return [id, { unitId: id, position: [-56.16, -34.9], heading: null, speed: null, observedAt: at, receivedAt: at }];
            }),
        ),
        readings: new Map(
          records.filter((record) => record.kind === 'device').map((device, index) => [device.id, readingOf(device, index)]),
        ),
      }
    : {}),
});
store.setState({ frame: frame() });
setInterval(() => {
  const readings = new Map(
    [...store.getState().readings].map(([id, reading]) => [
      id,
      sceneNow - reading.receivedAt > 5000
        ? reading
        : { ...reading, receivedAt: Math.round(sceneNow + performance.now() - started) },
    ]),
  );
  store.setState({ frame: frame(), frameAt: performance.now(), readings });
}, 1000);

const put = (puts: readonly VigilRecord[], pending: boolean): void => {
  const tables = { ...store.getState().records } as Record<RecordKind, ReadonlyMap<Id, Shown<RecordKind>>>;
  // As a patch does it: each table is copied once.
  for (const kind of new Set(puts.map((record) => record.kind))) {
    const changed = puts.filter((record) => record.kind === kind);
    tables[kind] = new Map([...tables[kind], ...changed.map((record) => [record.id, { record, pending }] as const)]);
  }
  store.setState({ records: tables as unknown as RecordTables });
};
// What a bench changes from outside, as a window takes it.
const inNextFrame = createFrameBatch();
Object.assign(globalThis, {
  store,
  show: (changed: readonly VigilRecord[]) =>
    inNextFrame(
      () => put(changed, false),
      () => undefined,
    ),
});
const client: WindowClient = {
  submit: (name, input, commandId = crypto.randomUUID()) => {
    const tables = store.getState().records ?? emptyTables();
    const issuedAt = Math.round(sceneNow + performance.now() - started);
    const decision = decide(
      {
        get: (kind, id) => tables[kind].get(id)?.record as never,
        list: (kind) => [...tables[kind].values()].map((row) => row.record) as never,
      },
      { commandId, name, input, issuedAt, issuedAtError: 5, grant: 'x' },
      buildGrant({ expiresAt: sceneNow + 1e9, name: 'Ines Okafor' }),
      0,
    );
    if (!decision.ok) return Promise.resolve({ status: 'refused', commandId, ...decision.refusal });
    put(decision.puts, true);
    if (!offline) setTimeout(() => put(decision.puts, false), Number(query.get('settle') ?? 1500));
    return Promise.resolve({ status: 'saved', commandId, issuedAt });
  },
  signIn: () => Promise.resolve(),
  countersign: () => Promise.reject(new Error('Signing in needs the link to the hospital.')),
  draftKey: () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
  resolveConflict: (commandId, choice) => {
    const conflict = store.getState().conflicts.find((one) => one.commandId === commandId);
    if (choice === 'apply' && conflict?.code === 'conflict')
      return Promise.resolve({ status: 'refused', commandId, code: 'conflict', message: 'R4 is still occupied.' });
    store.setState(({ conflicts }) => ({ conflicts: conflicts.filter((one) => one.commandId !== commandId) }));
    return Promise.resolve({ status: 'kept' });
  },
  watchHealth: (take) => {
    const told = (): void => {
      if (scene === 'unknown') return;
      take(inventedHealth(scene, store.getState().frame?.serverTime ?? sceneNow));
    };
    told();
    const timer = setInterval(told, 1000);
    return () => clearInterval(timer);
  },
  supportBundle: () => Promise.resolve({ fileName: 'vigil-support-2026-11-22-06-14-27.txt', text: inventedBundle }),
  exportMissions: () => Promise.resolve({ fileName: 'vigil-missions.csv', text: '', lines: 0 }),
  saveText: (fileName) => Promise.resolve(`/home/it/${fileName}`),
  copyText: () => Promise.resolve(),
  drawHandover: () =>
    Promise.resolve({ file: 'print-00000000-0000-7000-8000-000000000000.vigilpack', fileName: 'handover.pdf', pages: 4 }),
  printSheet: () => Promise.resolve({ state: 'noPrinter' }),
  saveSheet: ({ fileName }) => Promise.resolve({ state: 'saved', savedAs: fileName }),
  downtimePack: () => Promise.resolve({ state: 'none', message: 'This desk has not made a downtime pack yet.' }),
  closeWindow: () => undefined,
  searchAddress: () => Promise.resolve({ state: 'superseded' }),
  recommend: () => Promise.resolve({ state: 'unknownIncident' }),
  recommendHospital: () => Promise.resolve({ state: 'unknownIncident' }),
  route: () => Promise.resolve({ state: 'unavailable', reason: 'missing', message: '' }),
  cover: () => Promise.resolve({ state: 'unavailable', reason: 'missing', message: '' }),
  replay: {
    span: () => Promise.resolve({ state: 'unavailable', reason: 'notKept', message: '' }),
    at: () => Promise.resolve({ state: 'unavailable', reason: 'notKept', message: '' }),
    part: () => Promise.resolve({ state: 'unavailable', reason: 'notKept', message: '' }),
  },
  askMessageDesk: (question) => Promise.resolve(inventedAnswer(question, scene, records)),
  select: () => undefined,
  report: () => undefined,
  showBoard: () => undefined,
  setTheme: (next) => store.setState({ theme: next }),
  newId: () => crypto.randomUUID(),
};

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <WindowContext.Provider value={{ store, client }}>
      <Shell>
        {board === 'alarms' ? (
          <AlarmsBoard />
        ) : board === 'health' ? (
          <HealthBoard />
        ) : board === 'triage' ? (
          <TriageBoard />
        ) : board === 'wall' ? (
          <WallBoard />
        ) : (
          <BedsBoard />
        )}
      </Shell>
    </WindowContext.Provider>,
  );
}
