/** An invented day of a desk, for looking at its health and its inbox. */
import type { Health, LinkSpan } from '#contracts/ipc/health.ts';
import type { Conflict } from '#contracts/ipc/station-window.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import { sceneNow } from './department.ts';

const minute = 60_000;
const hour = 60 * minute;

const dayOf = (offline: boolean): readonly LinkSpan[] => {
  const begins = sceneNow - 19 * hour;
  const bounds: readonly (readonly [minutes: number, state: LinkSpan['state']])[] = [
    [0, 'offline'],
    [1, 'live'],
    [310, 'late'],
    [310.1, 'live'],
    [402, 'late'],
    [402.05, 'stale'],
    [402.2, 'offline'],
    [431, 'live'],
    [700, 'late'],
    [700.05, 'stale'],
    [700.3, 'live'],
    [760, 'live'],
    [785, 'offline'],
    [785.3, 'live'],
    [1096, 'late'],
    [1096.05, 'stale'],
    [1096.5, 'live'],
    [1121.5, offline ? 'offline' : 'late'],
    [offline ? 1140 : 1121.6, offline ? 'offline' : 'live'],
  ];
  return bounds.flatMap(([at, state], index) => {
    const next = bounds[index + 1]?.[0] ?? 1140;
    // From 12:40 h to 13:05 h Vigil was off.
    const until = at === 700.3 ? 760 : at === 760 ? 760.5 : next;
    return at === until ? [] : [{ state, from: begins + at * minute, until: begins + until * minute }];
  });
};

const line = (secondsAgo: number, text: string): Health['log'][number] => ({ at: sceneNow - secondsAgo * 1000, line: text });

export const inventedHealth = (scene: string, now: number): Health => ({
  at: now,
  startedAt: sceneNow - 355 * minute,
  link: {
    spans: [...dayOf(scene === 'offline')],
    roundTrip: scene === 'offline' ? null : { last: 41.2, median: 38, worst: 212, count: 60 },
    clockError: 21,
  },
  outbox:
    scene === 'offline'
      ? { count: 5, oldestAgeMs: 690_000, lastSettledAt: sceneNow - 1_120_000, conflicts: 4 }
      : { count: 0, oldestAgeMs: null, lastSettledAt: sceneNow - 14_000, conflicts: scene === 'conflicts' ? 4 : 0 },
  copy: {
    rows: {
      facility: 1,
      area: 5,
      bed: 48,
      patient: 71,
      encounter: 71,
      triageAssessment: 163,
      incident: 14,
      unit: 31,
      device: 24,
      alarm: 17,
    },
    cursor: 48_211,
    ...(scene === 'first'
      ? {}
      : { checksum: { state: scene === 'trouble' ? 'differs' : 'agrees', rev: 48_211, at: sceneNow - 4_000 } as const }),
  },
  store: {
    place: 'file',
    bytes: 38_217_728,
    ...(scene === 'first' ? {} : { lastCheck: { at: sceneNow - 41 * minute, ok: scene !== 'trouble' } }),
    quarantined: scene === 'trouble' ? { code: 'corrupt', unsent: 3 } : null,
  },
  ...(scene === 'first'
    ? {}
    : {
        pack: { newestAt: sceneNow - 3 * minute, pages: 9, kept: 3, plainCopy: scene === 'trouble', problem: null },
        retention: [
          { what: 'closedEncounters', count: 214, days: 7, most: null },
          { what: 'readings', count: 34_560, days: 1, most: 100_000 },
          { what: 'answered', count: 1_204, days: 7, most: null },
        ],
      }),
  versions: { node: '24.9.0', sqlite: '3.53.1', protocol: '2', schema: '80' },
  log: [
    line(21_300, 'started'),
    line(21_299, 'ready'),
    line(21_298, 'link live'),
    line(2_620, 'link late'),
    line(2_617, 'link stale'),
    line(2_590, 'link live'),
    line(1_110, scene === 'offline' ? 'link offline' : 'link late'),
    ...(scene === 'offline' ? [] : [line(1_104, 'link live')]),
    line(300, 'call submit failed: StoreError'),
  ],
});

/** A bed that was lost to another desk and a swap that could not be done, beside what else is to be decided. */
export const lostConflicts = (records: readonly VigilRecord[]): readonly Conflict[] => {
  const [first, ...rest] = inventedConflicts(records);
  if (!first) return rest;
  const inBed = (label: string) => {
    const bed = records.find((one) => one.kind === 'bed' && one.label === label);
    return bed?.kind === 'bed' && bed.encounterId !== null
      ? [
          { kind: 'bed' as const, id: bed.id },
          { kind: 'encounter' as const, id: bed.encounterId },
        ]
      : [];
  };
  const taken = inBed('A12').slice(0, 1);
  return [
    { ...first, targets: [...taken, ...first.targets.slice(1)] },
    { ...first, commandId: 'swap', name: 'swapBeds', targets: [...inBed('B5'), ...inBed('B6')] },
    ...rest,
  ];
};

export const inventedConflicts = (records: readonly VigilRecord[]): readonly Conflict[] => {
  const beds = records.filter((record) => record.kind === 'bed');
  const bed = (label: string) => beds.find((one) => one.label === label)?.id ?? '';
  const base = { issuedAt: sceneNow - 250_000, foundAt: sceneNow - 190_000, state: 'decided', canApply: true } as const;
  return [
    {
      ...base,
      commandId: 'c1',
      name: 'assignBed',
      summary: 'Assign Kowal to R4',
      code: 'conflict',
      message: 'R4 is occupied, not available.',
      by: 'Ines Okafor',
      targets: [
        { kind: 'bed', id: bed('R4') },
        {
          kind: 'encounter',
          id: records.find((one) => one.kind === 'encounter' && one.complaint === 'Sepsis ?' && one.bedId === null)?.id ?? '',
        },
      ],
      stakes: [
        { kind: 'bed', id: 'b', label: 'R4', field: 'encounterId', lost: 'Kowal, S', won: 'Dunmore, A', safety: true },
        { kind: 'encounter', id: 'e', label: 'Kowal', field: 'bedId', lost: 'R4', won: null, safety: true },
      ],
      wonBy: 'Rosa Duarte',
      wonAt: sceneNow - 380_000,
    },
    {
      ...base,
      commandId: 'c2',
      name: 'recordTriage',
      summary: 'Triage Baptiste: level 2',
      code: 'conflict',
      message: 'The level was set to 3 after you opened the form. Safety fields are never merged silently.',
      by: 'Rosa Duarte',
      issuedAt: sceneNow - 900_000,
      targets: [],
      stakes: [
        { kind: 'encounter', id: 'e2', label: 'Baptiste', field: 'acuity', lost: '2', won: '3', safety: true },
        {
          kind: 'patient',
          id: 'p2',
          label: 'Baptiste',
          field: 'allergies',
          lost: 'Penicillin, Latex, Iodinated contrast',
          won: null,
          safety: true,
        },
        {
          kind: 'encounter',
          id: 'e2',
          label: 'Baptiste',
          field: 'complaint',
          lost: 'Chest pain radiating to the left arm',
          won: 'Chest pain',
          safety: false,
        },
      ],
      wonBy: null,
      wonAt: null,
    },
    {
      ...base,
      commandId: 'c3',
      name: 'dispatchUnit',
      summary: 'Dispatch M21 to 0347',
      code: 'needsLink',
      message: 'The hospital did not answer within 10 s. Call the crew by radio and enter it as sent by voice.',
      by: 'Ines Okafor',
      targets: [],
      stakes: [],
      wonBy: null,
      wonAt: null,
      canApply: false,
    },
    {
      ...base,
      commandId: 'c4',
      name: 'cleanBed',
      summary: 'Finish cleaning P6',
      code: 'expired',
      message: 'It waited longer than 4 h to be sent.',
      by: 'Ines Okafor',
      targets: [{ kind: 'bed', id: bed('P6') }],
      stakes: [{ kind: 'bed', id: 'b6', label: 'P6', field: 'status', lost: 'available', won: 'blocked', safety: false }],
      wonBy: null,
      wonAt: null,
      state: 'waiting',
      canApply: false,
    },
  ];
};

export const inventedBundle = `Vigil support bundle
  made: 2026-11-22T06:14:27.000Z
  desk: 3fa9c01b77e2
  holds no patient data: codes, counts, times, versions and the log of the data service

Versions
  main.vigil: 0.1.0
  main.electron: 45.4.1
  node: 24.9.0
  sqlite: 3.53.1
  protocol: 2
  schema: 80

Link
  round trip: last 41 ms, median 38 ms, worst 212 ms of 60 in the last minute
  clock error: 21 ms
${Array.from({ length: 60 }, (_, index) => `  2026-11-22T05:${String(index).padStart(2, '0')}:00.000Z live 60.0 s`).join('\n')}

Troubles
  none
`;
