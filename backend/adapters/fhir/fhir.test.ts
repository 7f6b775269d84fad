import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bed } from '#domain/model/bed.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Patient } from '#domain/model/patient.ts';
import {
  buildBed,
  buildCapacitySample,
  buildEncounter,
  buildHospital,
  buildPatient,
  buildTriageAssessment,
  testId,
  testNow,
} from '#domain/testing/builders.ts';
import { createTimers } from '../../server/timers.ts';
import { area, facility, openHospital, type TestHospital } from '../../testing/hospital.ts';
import type { ReportServer } from '../listen.ts';
import { startFhir } from './fhir.ts';

const MINUTE = 60_000;
const BEDS = 400;
const bedOf = (n: number) => testId('b', 1_000 + n);
const visitOf = (n: number) => testId('e', 1_000 + n);
const patientOf = (n: number) => testId('c', 1_000 + n);
/** A visit in each bed but every tenth, and 40 who wait. */
const isFree = (n: number) => n % 10 === 0;
const token = 'reader-token-'.repeat(4);

type Json = { readonly [field: string]: unknown };
type Bundle = {
  readonly total: number;
  readonly link: readonly { readonly relation: string; readonly url: string }[];
  readonly entry?: readonly { readonly fullUrl: string; readonly resource: Json & { readonly id: string } }[];
};

const directory = mkdtempSync(join(tmpdir(), 'vigil-fhir-'));
const readers = join(directory, 'readers.json');
let hospital: TestHospital;
let server: ReportServer;
let isWhole = true;

const start = async (over: TestHospital, options: Partial<Parameters<typeof startFhir>[0]> = {}): Promise<ReportServer> => {
  const timers = createTimers((line) => void process.stderr.write(`${line}\n`));
  const started = await startFhir({ port: 0, host: '127.0.0.1', readers, url: null, ...options }, over.core, {
    clock: over.now,
    timers,
    isWhole: () => isWhole,
    log: () => undefined,
  });
  if (!started) throw new Error('Nobody listens.');
  return started;
};

beforeAll(async () => {
  writeFileSync(readers, JSON.stringify({ readers: [{ name: 'bed-office', token }] }));
  hospital = openHospital();
  const beds: Bed[] = [];
  const patients: Patient[] = [];
  const visits: Encounter[] = [];
  for (let n = 0; n < BEDS + 40; n += 1) {
    const bedId = n < BEDS ? bedOf(n) : null;
    if (bedId !== null)
      beds.push(
        buildBed({
          id: bedId,
          areaId: area.id,
          label: `X${n}`,
          order: n,
          ...(isFree(n) ? {} : { status: 'occupied', encounterId: visitOf(n) }),
        }),
      );
    if (isFree(n) && n < BEDS) continue;
    patients.push(buildPatient({ id: patientOf(n), mrn: `M${n}` }));
    const arrivedAt = testNow - n * MINUTE;
    const moves = bedId === null ? [] : [{ at: arrivedAt, bedId, place: null, by: 'Ana', note: null }];
    visits.push(
      buildEncounter({
        id: visitOf(n),
        patientId: patientOf(n),
        arrivedAt,
        moves,
        ...(bedId === null ? { status: 'arrived' } : { status: 'inProgress', bedId, bedAssignedAt: arrivedAt, place: null }),
      }),
    );
  }
  const assessments = visits
    .slice(0, 100)
    .map(({ id }, n) => buildTriageAssessment({ id: testId('7', 1_000 + n), encounterId: id, at: testNow - n * MINUTE }));
  const sample = buildCapacitySample({ at: testNow });
  hospital.core.commit([...beds, ...patients, ...visits, ...assessments, sample, buildHospital({ facilityId: facility.id })]);
  server = await start(hospital);
});
afterAll(async () => {
  await server.stop();
  hospital.store.close();
  rmSync(directory, { recursive: true });
});

const bearer = { authorization: `Bearer ${token}` };
const ask = async (path: string, init: RequestInit = {}, from = server) => {
  const response = await fetch(`http://127.0.0.1:${from.port}${path}`, { ...init, headers: { ...bearer, ...init.headers } });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: (text.startsWith('{') ? JSON.parse(text) : null) as Json,
  };
};
const bundle = async (path: string) => {
  const { status, json } = await ask(path);
  expect(status).toBe(200);
  return json as unknown as Bundle;
};
const idsOf = ({ entry = [] }: Bundle) => entry.map(({ resource }) => resource.id);

describe('a search', () => {
  test('pages through everything once, whatever comes meanwhile', async () => {
    const found: string[] = [];
    let path: string | undefined = '/Encounter?status=in-progress&_count=75';
    let pages = 0;
    while (path !== undefined) {
      const page: Bundle = await bundle(path);
      pages += 1;
      expect(page.total).toBe(pages === 1 ? 360 : 361);
      found.push(...idsOf(page));
      // Behind the page that was read: it moves nobody.
      if (pages === 1) hospital.core.commit([buildEncounter({ id: testId('e', 2), status: 'inProgress', bedId: null })]);
      const next = page.link.find(({ relation }) => relation === 'next');
      path = next?.url.slice(next.url.indexOf('/Encounter'));
    }
    hospital.core.commit([], [{ kind: 'encounter', id: testId('e', 2) }]);
    expect(pages).toBe(5);
    expect(found).toEqual(Array.from({ length: BEDS }, (_, n) => n).flatMap((n) => (isFree(n) ? [] : [visitOf(n)])));
  });

  test('gives whole resources with their address', async () => {
    const base = `http://127.0.0.1:${server.port}`;
    const page = await bundle(`/Encounter?_id=${visitOf(7)}`);
    const read = await ask(`/Encounter/${visitOf(7)}`);
    expect(page).toEqual({
      resourceType: 'Bundle',
      type: 'searchset',
      total: 1,
      link: [{ relation: 'self', url: `${base}/Encounter?_id=${visitOf(7)}` }],
      entry: [{ fullUrl: `${base}/Encounter/${visitOf(7)}`, resource: read.json, search: { mode: 'match' } }],
    });
  });

  test.each([
    ['/Encounter?status=arrived', 40],
    ['/Encounter?status=arrived,in-progress', 400],
    ['/Encounter?status=in-progress&status=arrived', 0],
    [`/Encounter?patient=Patient/${patientOf(7)}`, 1],
    [`/Encounter?patient=${patientOf(7)}`, 1],
    [`/Encounter?location=Location/${bedOf(7)},Location/${bedOf(8)}`, 2],
    [`/Encounter?location=${bedOf(10)}`, 0],
    [`/Encounter?date=lt${new Date(testNow - 430 * MINUTE).toISOString()}`, 9],
    ['/Encounter?date=eb2030', 0],
    ['/Encounter?_count=0', 401],
    ['/Location?operational-status=O', 360],
    ['/Location?operational-status=http://terminology.hl7.org/CodeSystem/v2-0116|U', 41],
    [`/Location?partof=${area.id}&status=active`, 401],
    ['/Patient?identifier=M7', 1],
    [`/Observation?patient=${patientOf(1)}&category=vital-signs&code=http://loinc.org|8867-4`, 1],
    [`/Observation?encounter=${visitOf(1)}&code=85354-9`, 1],
    ['/Observation?date=gt2030', 0],
    ['/MeasureReport?date=2026-11-20', 1],
  ])('%s finds %d', async (path, total) => {
    const page = await bundle(path);
    expect(page.total).toBe(total);
    expect(idsOf(page)).toHaveLength(path.includes('_count=0') ? 0 : Math.min(50, total));
  });

  test('may be posted, so that ids stand in no address', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const posted = await ask('/Encounter/_search', { method: 'POST', body: `patient=${patientOf(7)}`, headers });
    expect([posted.status, idsOf(posted.json as unknown as Bundle)]).toEqual([200, [visitOf(7)]]);
    const long = await ask('/Encounter/_search', { method: 'POST', body: 'x'.repeat(100_000), headers });
    expect([long.status, long.json.resourceType]).toEqual([413, 'OperationOutcome']);
  });
});

describe('a resource', () => {
  test('has a version that changes with what it is made of, and is not sent again before', async () => {
    const path = `/Encounter/${visitOf(3)}`;
    const first = await ask(path);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toBe(`W/"${(first.json.meta as { versionId: string }).versionId}"`);
    const again = await ask(path, { headers: { 'if-none-match': etag } });
    expect([again.status, again.text]).toEqual([304, '']);
    const bed = hospital.core.view.get('bed', bedOf(3));
    if (bed) hospital.core.commit([{ ...bed, label: 'Y3' }]);
    const renamed = await ask(path, { headers: { 'if-none-match': etag } });
    expect([renamed.status, (renamed.json.location as Json[])[0]?.location]).toEqual([
      200,
      { reference: `Location/${bedOf(3)}`, display: 'Y3' },
    ]);
  });

  test('is served as it is said to be', async () => {
    const { json } = await ask('/metadata', { headers: { authorization: '' } });
    expect(json).toMatchObject({ resourceType: 'CapabilityStatement', kind: 'instance', fhirVersion: '4.0.1', status: 'active' });
    const [rest] = json.rest as { resource: { type: string; searchParam: { name: string }[] }[] }[];
    for (const { type, searchParam } of rest?.resource ?? [])
      for (const { name } of searchParam) {
        const value = name === 'date' ? '2026' : 'x';
        expect((await ask(`/${type}?${name}=${value}`)).status).toBe(200);
      }
    expect(rest?.resource.map(({ type }) => type)).toEqual(['Encounter', 'Location', 'Patient', 'Observation', 'MeasureReport']);
  });

  test('of the whole hospital is EDXL-HAVE', async () => {
    const { status, headers, text } = await ask('/have.xml');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/xml; charset=utf-8']);
    expect(text).toContain('360 of 401 staffed beds occupied, 401 patients');
  });
});

describe('what cannot be answered is an OperationOutcome', () => {
  test.each([
    ['/Encounter?color=red', {}, 400, 'invalid', 'Encounter cannot be searched by "color".'],
    ['/Encounter?_include=Encounter:patient', {}, 400, 'invalid', 'Encounter cannot be searched by "_include".'],
    ['/Encounter?status=', {}, 400, 'invalid', '"status" has an empty value.'],
    ['/Encounter?patient=Device/1', {}, 400, 'invalid', '"Device/1" is no Patient.'],
    ['/Encounter?date=yesterday', {}, 400, 'invalid', '"yesterday" of "date" is no date, or has a prefix that is not taken.'],
    ['/Encounter?_count=-1', {}, 400, 'invalid', '"_count" must be a whole number, not "-1".'],
    ['/Encounter/nobody', {}, 404, 'not-found', 'There is no Encounter with this id.'],
    [
      '/Medication',
      {},
      404,
      'not-supported',
      'Served are Encounter, Location, Patient, Observation, MeasureReport, metadata and have.xml.',
    ],
    [`/Encounter/${visitOf(1)}/_history/1`, {}, 404, 'not-supported', 'Only the present version of a resource is served.'],
    ['/Encounter', { method: 'PUT' }, 405, 'not-supported', 'This is to be read: GET, or POST to _search.'],
    ['/Encounter', { method: 'DELETE' }, 405, 'not-supported', 'This is to be read: GET, or POST to _search.'],
    ['/Encounter?_format=xml', {}, 406, 'not-supported', 'Resources are served as JSON.'],
    ['/Encounter', { headers: { accept: 'application/fhir+xml' } }, 406, 'not-supported', 'Resources are served as JSON.'],
    ['/Encounter', { headers: { authorization: 'Bearer x' } }, 401, 'login', 'This needs the token of a reader.'],
    ['/Encounter', { headers: { authorization: '' } }, 401, 'login', 'This needs the token of a reader.'],
  ])('%s %j', async (path, init, status, code, diagnostics) => {
    const answer = await ask(path, init);
    expect([answer.status, answer.headers.get('content-type'), answer.json]).toEqual([
      status,
      'application/fhir+json; charset=utf-8',
      { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] },
    ]);
  });

  test('while records are still collected after a restore', async () => {
    isWhole = false;
    const answer = await ask('/Encounter');
    isWhole = true;
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
  });
});

describe('without readers', () => {
  const under = (port: number, host: string) =>
    new Promise<number>((resolve, reject) => {
      const asking = request({ host: '127.0.0.1', port, path: '/Encounter', headers: { host } }, (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      });
      asking.once('error', reject);
      asking.end();
    });

  test('this machine alone may read, by its own name: a page of elsewhere in its browser may not', async () => {
    const open = await start(hospital, { readers: null });
    const answers = [];
    for (const host of [`127.0.0.1:${open.port}`, 'localhost', 'evil.example', '[::1]:80', 'a b'])
      answers.push(await under(open.port, host));
    await open.stop();
    expect(answers).toEqual([200, 200, 403, 200, 400]);
  });

  test('nothing is listened for from elsewhere', async () => {
    await expect(start(hospital, { readers: null, host: '0.0.0.0' })).rejects.toThrow(
      'To be read by other machines the board needs --fhir-readers.',
    );
  });
});

describe('the audit trail', () => {
  const rowsSince = (count: number) =>
    [...hospital.store.audit.rows()]
      .slice(count)
      .map(({ actor, action, subjects, outcome }) => ({ actor, action, subjects, outcome }));
  const count = () => [...hospital.store.audit.rows()].length;

  test('names who read what, a row for each request, and no value that was asked for', async () => {
    const before = count();
    await ask(`/Encounter/${visitOf(1)}`);
    await ask(`/Encounter?patient=${patientOf(1)}&status=arrived`);
    await ask('/Patient?identifier=M12345');
    await ask('/Patient?name=Moreau');
    await ask('/metadata');
    const actor = 'reader:bed-office';
    expect(rowsSince(before)).toEqual([
      { actor, action: 'fhir:read:Encounter', subjects: [visitOf(1), patientOf(1)], outcome: '200' },
      { actor, action: 'fhir:search:Encounter?patient,status', subjects: [patientOf(1)], outcome: '200' },
      { actor, action: 'fhir:search:Patient?identifier', subjects: [], outcome: '200' },
      { actor, action: 'fhir:search:Patient', subjects: [], outcome: '400' },
    ]);
  });

  test('has a row of those without a token, and not one for each of their requests', async () => {
    hospital.pass(10 * MINUTE);
    const before = count();
    for (let n = 0; n < 5; n += 1) await ask('/Encounter', { headers: { authorization: 'Bearer none' } });
    expect(rowsSince(before)).toEqual([{ actor: 'unknown', action: 'fhir', subjects: [], outcome: 'refused' }]);
  });

  test('takes what comes together in one transaction, and what cannot be noted is not read', async () => {
    const { audit } = hospital.core;
    const startWith = (noteAll: typeof audit.noteAll) =>
      start({ ...hospital, core: { ...hospital.core, audit: { ...audit, noteAll } } });
    const failing = await startWith(() => {
      throw new Error('The disk is full.');
    });
    const answer = await ask('/Encounter', {}, failing);
    await failing.stop();
    expect([answer.status, answer.json.resourceType]).toEqual([500, 'OperationOutcome']);

    let transactions = 0;
    const counting = await startWith((events) => {
      transactions += 1;
      audit.noteAll(events);
    });
    const before = count();
    await Promise.all(Array.from({ length: 40 }, (_, n) => ask(`/Encounter/${visitOf(n + 1)}`, {}, counting)));
    await counting.stop();
    expect(count() - before).toBe(40);
    expect(transactions).toBeLessThan(40);
  });
});
