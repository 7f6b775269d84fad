import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Envelope } from '#domain/commands/envelope.ts';
import { buildIncident } from '#domain/testing/builders.ts';
import { area, assignInput, bed, encounter, facility, openHospital, patient } from '../testing/hospital.ts';
import type { Answer, Change } from './core.ts';

const stationId = '0c7f1d9e-2f7e-4c0e-9d6d-1d3c3f8a1a11';
const otherStation = '0c7f1d9e-2f7e-4c0e-9d6d-1d3c3f8a1a22';
const DAY = 86_400_000;

describe('the log', () => {
  test('one revision per writing transaction, none for nothing', () => {
    const { core } = openHospital();
    expect([core.rev(), core.commit([]), core.commit([bed, area]), core.commit([bed]), core.rev()]).toEqual([1, 1, 2, 3, 3]);
  });

  test('subscribers hear of a commit once, whole, after it stands', () => {
    const { core } = openHospital();
    const heard: Change[] = [];
    const stop = core.subscribe((change) => heard.push({ ...change, base: core.rev() - 1 }));
    const blocked = { ...bed, status: 'blocked' as const, note: 'Leak' };
    core.commit([blocked], [{ kind: 'patient', id: patient.id }]);
    stop();
    core.commit([bed]);
    expect(heard).toEqual([
      {
        base: 1,
        rev: 2,
        rows: [{ rev: 2, record: blocked }],
        deletes: [{ kind: 'patient', id: patient.id, rev: 2 }],
        settlements: new Map(),
        before: new Map([[`bed/${bed.id}`, { rev: 1, record: bed }]]),
      },
    ]);
  });

  test('a record that no desk could read is refused with nothing written', () => {
    const { core } = openHospital();
    const misspelt = { ...bed, labell: 'R1' };
    const heard: Change[] = [];
    core.subscribe((change) => heard.push(change));
    expect(() => core.commit([area, misspelt])).toThrow(expect.objectContaining({ name: 'ZodError' }));
    expect({ rev: core.rev(), bed: core.view.get('bed', bed.id), heard }).toEqual({ rev: 1, bed, heard: [] });
  });

  test('incidents get their numbers month by month', () => {
    const { core } = openHospital();
    const ids = [
      '00000001-0000-4000-8000-000000000001',
      '00000001-0000-4000-8000-000000000002',
      '00000001-0000-4000-8000-000000000003',
    ];
    const november = Date.UTC(2026, 10, 30, 23, 59);
    for (const [index, id] of ids.entries()) {
      core.commit([buildIncident({ id, number: null, callReceivedAt: index < 2 ? november : november + DAY })]);
    }
    expect(ids.map((id) => core.view.get('incident', id)?.number)).toEqual(['2611-0001', '2611-0002', '2612-0001']);
  });
});

describe('commands', () => {
  test('effect and settlement are one revision', () => {
    const { core, envelope } = openHospital();
    const heard: Change[] = [];
    core.subscribe((change) => heard.push(change));
    const command = envelope('assignBed', assignInput);
    const { settlement, repeated } = core.apply(stationId, command, 10);
    expect({ settlement, repeated }).toEqual({
      settlement: { commandId: command.commandId, rev: 2, outcome: { status: 'applied' } },
      repeated: false,
    });
    expect(
      heard.map(({ rev, rows, settlements }) => ({
        rev,
        kinds: rows.map(({ record }) => record.kind),
        settled: settlements.get(stationId),
      })),
    ).toEqual([{ rev: 2, kinds: ['bed', 'encounter'], settled: [settlement] }]);
    expect(core.view.get('bed', bed.id)?.encounterId).toBe(encounter.id);
  });

  test('the same command again changes nothing and has the same settlement', () => {
    const { core, envelope } = openHospital();
    const command = envelope('assignBed', assignInput);
    const first = core.apply(stationId, command, 10);
    const again = core.apply(stationId, command, 5_000);
    expect(again).toEqual({ settlement: first.settlement, repeated: true });
    expect(core.rev()).toBe(2);
  });

  test('two stations may use one command id: they are two commands', () => {
    const { core, envelope } = openHospital();
    const command = envelope('assignBed', assignInput);
    core.apply(stationId, command, 0);
    expect(core.apply(otherStation, command, 0).settlement.outcome).toMatchObject({ status: 'refused', code: 'alreadyDone' });
  });

  test('a refusal is settled too, with its code', () => {
    const { core, envelope, grants } = openHospital();
    const other = openHospital();
    const refusals = [
      core.apply(stationId, envelope('assignBed', assignInput, 'dispatcher'), 0),
      core.apply(stationId, envelope('flyToTheMoon', {}), 0),
      core.apply(stationId, envelope('assignBed', { bedId: 'x' }), 0),
      core.apply(stationId, other.envelope('assignBed', assignInput), 0),
      core.apply(stationId, { ...envelope('assignBed', assignInput), grant: 'nonsense' }, 0),
      core.apply(stationId, envelope('assignBed', assignInput), 5 * 3_600_000),
      core.apply(stationId, envelope('assignBed', assignInput), 91 * DAY),
    ].map(({ settlement }) => (settlement.outcome.status === 'refused' ? settlement.outcome.code : 'applied'));
    expect(refusals).toEqual(['notAllowed', 'unknownCommand', 'malformed', 'grantInvalid', 'grantInvalid', 'expired', 'tooOld']);
    expect(core.rev()).toBe(8);
    expect(grants.verify('a.b')).toBeUndefined();
  });

  test('O20 an urgent command is decided within 10 s after its gesture, lain on the line or not, and is refused as expired later', () => {
    const { core, envelope, pass } = openHospital();
    const dispatch = (): Envelope => envelope('dispatchUnit', { incidentId: bed.id, unitId: bed.id });
    const codeOf = ({ settlement: { outcome } }: Answer): string =>
      outcome.status === 'refused' ? outcome.code : outcome.status;
    const asked = (one: Envelope, ageMs: number): string => codeOf(core.apply(stationId, one, ageMs));
    expect([asked(dispatch(), 10_000), asked(dispatch(), 10_001)]).toEqual(['notFound', 'expired']);
    const [inTime, late, noClock, acknowledged] = [
      dispatch(),
      dispatch(),
      { ...dispatch(), issuedAtError: DAY },
      dispatch(),
    ] as const;
    const assign = envelope('assignBed', assignInput);
    pass(10_005);
    expect(asked(inTime, 4)).toBe('notFound');
    pass(1);
    expect([asked(late, 4), asked(noClock, 4), asked(assign, 4)]).toEqual(['expired', 'notFound', 'applied']);
    expect(core.applyAll([{ stationId, envelope: acknowledged, ageMs: 0, history: true }]).map(codeOf)).toEqual(['notFound']);
  });
});

describe('catching up', () => {
  test('what a station missed: rows, removals and its own settlements, and nothing of others', () => {
    const { core, envelope } = openHospital();
    const command = envelope('assignBed', assignInput);
    const { settlement } = core.apply(stationId, command, 0);
    core.commit([], [{ kind: 'area', id: area.id }]);
    expect(core.changesSince(stationId, 1)).toEqual({
      base: 1,
      rev: 3,
      rows: [
        { rev: 2, record: core.view.get('bed', bed.id) },
        { rev: 2, record: core.view.get('encounter', encounter.id) },
      ],
      deletes: [{ kind: 'area', id: area.id, rev: 3 }],
      settlements: new Map([[stationId, [settlement]]]),
      before: new Map(),
    });
    expect(core.changesSince(otherStation, 2)).toEqual({
      base: 2,
      rev: 3,
      rows: [],
      deletes: [{ kind: 'area', id: area.id, rev: 3 }],
      settlements: new Map([[otherStation, []]]),
      before: new Map(),
    });
    expect(core.changesSince(stationId, 4)).toBeUndefined();
  });

  test('a record that comes back has no tombstone', () => {
    const { core } = openHospital();
    core.commit([], [{ kind: 'area', id: area.id }]);
    core.commit([area]);
    expect(core.changesSince(stationId, 1)).toMatchObject({ rows: [{ rev: 3, record: area }], deletes: [] });
  });

  test('behind the horizon there is only a snapshot', () => {
    const { core, pass } = openHospital();
    core.commit([], [{ kind: 'area', id: area.id }]);
    core.commit([bed]);
    pass(31 * DAY);
    core.forgetOld();
    expect([core.changesSince(stationId, 1), core.changesSince(stationId, 2)?.base]).toEqual([undefined, 2]);
  });

  test('pages come in key order and end', () => {
    const { core } = openHospital();
    const incidents = Array.from({ length: 1500 }, (_, index) =>
      buildIncident({ id: `00000001-0000-4000-8000-${String(index).padStart(12, '0')}`, number: 'x' }),
    );
    core.commit(incidents);
    const pages = [core.page(null)];
    for (let { next } = pages[0] as (typeof pages)[0]; next; next = pages.at(-1)?.next ?? null) pages.push(core.page(next));
    const keys = pages.flatMap(({ rows }) => rows.map(({ record }) => `${record.kind} ${record.id}`));
    expect([keys.length, new Set(keys).size]).toEqual([1505, 1505]);
    expect(keys).toEqual([...keys].sort());
    const sizes = pages.map(({ rows }) => rows.reduce((sum, { record }) => sum + JSON.stringify(record).length, 0));
    expect(pages.length).toBeGreaterThan(1);
    expect(sizes.every((size) => size < 257 * 1024)).toBe(true);
  });
});

test('a restart keeps epoch, records, numbers and what was settled', () => {
  const directory = mkdtempSync(join(tmpdir(), 'vigil-core-'));
  try {
    const before = openHospital(join(directory, 'hospital.db'));
    const command = before.envelope('assignBed', assignInput);
    const { settlement } = before.core.apply(stationId, command, 0);
    before.store.close();
    const after = openHospital(join(directory, 'hospital.db'));
    expect(after.core.epoch).toBe(before.core.epoch);
    expect(after.core.rev()).toBe(2);
    expect(after.core.apply(stationId, command, 9)).toEqual({ settlement, repeated: true });
    expect([...after.core.view.list('facility')]).toEqual([facility]);
    after.store.close();
  } finally {
    rmSync(directory, { recursive: true });
  }
});
