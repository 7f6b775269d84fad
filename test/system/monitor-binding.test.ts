import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startAdt } from '#backend/adt/adt.ts';
import { systemTimers } from '#backend/server/timers.ts';
import { openLine } from '#backend/testing/adt-hospital.ts';
import { adtText, exactTime } from '#backend/testing/adt-messages.ts';
import type { Device } from '#domain/model/device.ts';
import { readingSinceBinding } from '#domain/rules/device-binding.ts';
import { buildArea, buildBed, buildDevice, buildFacility, testId } from '#domain/testing/builders.ts';
import { keyOf, startHospital, startStationProcess, until } from './station-process.ts';

const bed = buildBed({ status: 'available', encounterId: null });
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

test.each([
  ['A03', {}],
  ['A02', { location: 'ED^^B2' }],
] as const)(
  'after the answer to an %s what the monitor sends is of nobody, and nothing measured before is of the next patient',
  async (trigger, to) => {
    const directory = mkdtempSync(join(tmpdir(), 'vigil-binding-'));
    ends.push(() => rmSync(directory, { recursive: true, force: true }));
    const site = join(directory, 'adt.json');
    const sender = {
      application: 'PAS',
      facility: 'GH',
      name: 'PAS',
      housekeeping: 'adt',
      locations: { ED: { bedsByLabel: true } },
    };
    writeFileSync(site, JSON.stringify({ senders: [sender] }));
    const device = buildDevice({ bedId: bed.id });
    const records = [buildFacility(), buildArea(), bed, buildBed({ id: testId('b', 2), label: 'B2' }), device];
    const hospital = await startHospital(join(directory, 'hospital.db'), records);
    ends.push(hospital.stop);
    const { core, store } = hospital;
    const adt = await startAdt(
      { listen: { host: '127.0.0.1', port: 0 }, site, send: null },
      { core, store, clock: Date.now, timers: systemTimers, isWhole: () => true, log: () => undefined },
    );
    ends.push(adt.stop);
    const desk = startStationProcess({ directory: join(directory, 'desk'), key: randomBytes(32), backendPort: hospital.port });
    ends.push(desk.stop);
    const line = openLine(adt.port ?? 0);
    ends.push(line.close);

    let told = 0;
    const tell = async (given: string, visit: string, place: object): Promise<void> => {
      told += 1;
      const mrn = `M${visit}`;
      const [code, , reason] = await line.ask(
        adtText({ trigger: given, controlId: `C${told}`, at: Date.now(), visit, mrn, timestamp: exactTime, ...place }),
      );
      expect([code, reason]).toEqual(['AA', expect.any(String)]);
    };
    /** A packet of the monitor, and what the desk holds when it has come there. */
    const packet = async (heartRate: number, observedAt: number) => {
      const nothing = { spo2: null, respiratoryRate: null, systolic: null, diastolic: null, temperature: null, pressureAt: null };
      hospital.offerTelemetry([], [{ deviceId: device.id, observedAt, heartRate, ...nothing }]);
      await until(`the packet of ${heartRate}`, () => desk.readings.get(device.id)?.heartRate === heartRate);
      const bound = desk.records.get(keyOf('device', device.id))?.record as Device;
      const visit = bound.encounterId === null ? undefined : core.view.get('encounter', bound.encounterId)?.visitNumber;
      return [visit ?? 'nobody', readingSinceBinding(bound, desk.readings.get(device.id))?.heartRate ?? null];
    };

    await tell('A01', 'V1', { location: 'ED^^B1' });
    await until('the desk holds the monitor', () => desk.records.has(keyOf('device', device.id)));
    expect(await packet(61, Date.now())).toEqual(['V1', 61]);
    await tell(trigger, 'V1', to);
    expect(await packet(62, Date.now())).toEqual(['nobody', 62]);
    const before = Date.now() - 1;
    await tell('A01', 'V2', { location: 'ED^^B1' });
    // It was under way while the patient changed.
    expect(await packet(63, before)).toEqual(['V2', null]);
    expect(await packet(64, Date.now())).toEqual(['V2', 64]);
  },
);
