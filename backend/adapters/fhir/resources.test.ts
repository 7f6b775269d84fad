import { describe, expect, test } from 'vitest';
import type { VigilRecord } from '#domain/model/record.ts';
import { movedTo } from '#domain/rules/visit.ts';
import {
  buildArea,
  buildBed,
  buildEncounter,
  buildFacility,
  buildPatient,
  buildTriageAssessment,
  buildVitals,
  ids,
  nothingMeasured,
  testId,
  testNow,
} from '#domain/testing/builders.ts';
import { createView } from '#domain/testing/view.ts';
import { encounterResource } from './encounter.ts';
import { locationResource } from './location.ts';
import { observationResource, observedAt } from './observation.ts';
import { patientResource } from './patient.ts';
import { type Department, departmentAt, type Resource } from './resource.ts';

const over = (...records: readonly VigilRecord[]): Department =>
  departmentAt({
    view: createView(records),
    now: testNow,
    versionOf: (keys) => keys.map(({ kind }) => kind).join('.'),
  });
const minutesAgo = (minutes: number) => testNow - minutes * 60_000;
const text = (minutes: number) => new Date(minutesAgo(minutes)).toISOString();

describe('a visit', () => {
  const visit = buildEncounter({
    status: 'inProgress',
    acuity: 2,
    bedId: ids.bed,
    place: null,
    visitNumber: 'V77',
    nurse: 'Ana',
    doctor: 'Dr Silva',
  });

  test('names where the patient was, is, and what is held', () => {
    const waited = movedTo(visit, { bedId: null, place: 'Waiting room', at: minutesAgo(30), by: 'Ana' });
    const bedded = movedTo(waited, { bedId: ids.bed, place: null, at: minutesAgo(10), by: 'Ana' });
    const held = buildBed({
      id: testId('b', 2),
      label: 'B2',
      status: 'reserved',
      reservation: { encounterId: visit.id, assignmentId: null, reason: 'Isolation', until: null },
    });
    const lapsed = buildBed({
      id: testId('b', 3),
      label: 'B3',
      status: 'reserved',
      reservation: { encounterId: visit.id, assignmentId: null, reason: 'Isolation', until: minutesAgo(1) },
    });
    const department = over(bedded, buildBed({ status: 'occupied', encounterId: visit.id }), held, lapsed, buildFacility());
    expect(encounterResource(department, bedded)).toEqual({
      resourceType: 'Encounter',
      id: ids.encounter,
      meta: { versionId: 'encounter.bed.bed.facility' },
      identifier: [{ type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'VN' }] }, value: 'V77' }],
      status: 'in-progress',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'EMER', display: 'emergency' },
      priority: { coding: [{ system: 'urn:x-vigil:acuity', code: '2' }], text: 'Triage level 2' },
      subject: { reference: `Patient/${ids.patient}` },
      participant: [
        { type: [{ text: 'Nurse' }], individual: { display: 'Ana' } },
        { type: [{ text: 'Doctor' }], individual: { display: 'Dr Silva' } },
      ],
      period: { start: text(30) },
      reasonCode: [{ text: 'Chest pain' }],
      location: [
        { location: { display: 'Waiting room' }, status: 'completed', period: { start: text(30), end: text(10) } },
        {
          location: { reference: `Location/${ids.bed}`, display: 'B1' },
          status: 'active',
          period: { start: text(10) },
        },
        { location: { reference: `Location/${held.id}`, display: 'B2' }, status: 'reserved' },
      ],
      serviceProvider: { display: 'Test Hospital' },
    });
  });

  test.each([
    ['arrived', {}, 'arrived'],
    ['triaged', { acuity: 3 }, 'triaged'],
    ['finished', {}, 'finished'],
    ['leftWithoutBeingSeen', {}, 'cancelled'],
    ['inProgress', { mergedInto: testId('e', 2) }, 'entered-in-error'],
  ] as const)('%s %j is %s', (status, changes, said) => {
    const encounter = buildEncounter({ status, ...changes });
    expect(encounterResource(over(encounter), encounter).status).toBe(said);
  });

  test('that is over says how, where HL7 has a word for it in that too', () => {
    const saidOf = (disposition: 'died' | 'admitted') => {
      const encounter = buildEncounter({ status: 'finished', disposition, departedAt: minutesAgo(1) });
      return encounterResource(over(encounter), encounter).hospitalization;
    };
    expect([saidOf('died'), saidOf('admitted')]).toEqual([
      {
        dischargeDisposition: {
          coding: [
            { system: 'urn:x-vigil:disposition', code: 'died' },
            { system: 'http://terminology.hl7.org/CodeSystem/discharge-disposition', code: 'exp', display: 'Expired' },
          ],
          text: 'Died',
        },
      },
      { dischargeDisposition: { coding: [{ system: 'urn:x-vigil:disposition', code: 'admitted' }], text: 'Admitted' } },
    ]);
  });

  test('from before moves were kept, and over, ends where the patient was', () => {
    const stay = { bedId: ids.bed, place: null, bedAssignedAt: minutesAgo(20), departedAt: minutesAgo(5) };
    const encounter = buildEncounter({ status: 'finished', ...stay });
    expect(encounterResource(over(encounter), encounter).location).toEqual([
      { location: { reference: `Location/${ids.bed}` }, status: 'completed', period: { start: text(20), end: text(5) } },
    ]);
  });
});

describe('a bed', () => {
  const bed = buildBed({ status: 'blocked', note: 'Leak' });

  test('that is blocked', () => {
    expect(locationResource(over(bed, buildArea()), bed)).toEqual({
      resourceType: 'Location',
      id: ids.bed,
      meta: { versionId: 'bed.area' },
      status: 'suspended',
      operationalStatus: { system: 'http://terminology.hl7.org/CodeSystem/v2-0116', code: 'C', display: 'Closed' },
      name: 'B1',
      description: 'Leak',
      mode: 'instance',
      physicalType: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/location-physical-type', code: 'bd', display: 'Bed' }],
      },
      partOf: { reference: `Location/${ids.area}`, display: 'Majors' },
    });
  });

  test.each([
    ['available', 'U'],
    ['reserved', 'U'],
    ['occupied', 'O'],
    ['contaminated', 'K'],
    ['cleaning', 'H'],
    ['closed', 'C'],
  ] as const)('%s is %s', (status, code) => {
    expect(locationResource(over(), { ...bed, status }).operationalStatus).toMatchObject({ code });
  });

  test('that is gone has no status any more', () => {
    const gone = locationResource(over(), { ...bed, retired: true });
    expect([gone.status, gone.operationalStatus]).toEqual(['inactive', undefined]);
  });

  test('lies in an area', () => {
    const area = buildArea();
    expect(locationResource(over(area, buildFacility()), area)).toEqual({
      resourceType: 'Location',
      id: ids.area,
      meta: { versionId: 'area.facility' },
      status: 'active',
      name: 'Majors',
      alias: ['B'],
      mode: 'instance',
      physicalType: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/location-physical-type', code: 'wa', display: 'Ward' }],
      },
      managingOrganization: { display: 'Test Hospital' },
    });
  });
});

describe('a patient', () => {
  test('who was merged and the one who stands for both name each other', () => {
    const kept = buildPatient();
    const gone = buildPatient({
      id: testId('c', 2),
      mrn: null,
      name: null,
      birthDate: null,
      sex: 'unknown',
      mergedInto: kept.id,
    });
    const department = over(kept, gone);
    expect([patientResource(department, kept), patientResource(department, gone)]).toEqual([
      {
        resourceType: 'Patient',
        id: kept.id,
        meta: { versionId: 'patient.patient' },
        identifier: [
          { type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] }, value: 'M000001' },
        ],
        active: true,
        name: [{ use: 'official', family: 'Moreau', given: ['Lea'] }],
        gender: 'female',
        birthDate: '1980-05-04',
        link: [{ other: { reference: `Patient/${gone.id}` }, type: 'replaces' }],
      },
      {
        resourceType: 'Patient',
        id: gone.id,
        meta: { versionId: 'patient' },
        active: false,
        gender: 'unknown',
        link: [{ other: { reference: `Patient/${kept.id}` }, type: 'replaced-by' }],
      },
    ]);
  });
});

describe('a triage', () => {
  const observations = (vitals: Parameters<typeof buildVitals>[0], ageYears: number | null = 46): readonly Resource[] => {
    const assessment = buildTriageAssessment({ encounterId: ids.encounter, acuity: 3, vitals: buildVitals(vitals) });
    const department = over(buildPatient({ ageYears }), buildEncounter(), assessment);
    return observedAt(department.view, assessment).map((observed) => observationResource(department, observed));
  };
  const named = (all: readonly Resource[], name: string) => all.find(({ id }) => id?.endsWith(`.${name}`));

  test('measures a heart rate', () => {
    const rate = named(observations({ heartRate: 91 }), 'hr');
    expect(rate).toEqual({
      resourceType: 'Observation',
      id: `${ids.triageAssessment}.hr`,
      meta: { versionId: 'triageAssessment.encounter.patient' },
      status: 'final',
      category: [
        {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/observation-category',
              code: 'vital-signs',
              display: 'Vital Signs',
            },
          ],
        },
      ],
      code: { coding: [{ system: 'http://loinc.org', code: '8867-4', display: 'Heart rate' }] },
      subject: { reference: `Patient/${ids.patient}` },
      encounter: { reference: `Encounter/${ids.encounter}` },
      effectiveDateTime: rate?.effectiveDateTime,
      performer: rate?.performer,
      valueQuantity: { value: 91, unit: 'beats/minute', system: 'http://unitsofmeasure.org', code: '/min' },
    });
  });

  test('with one half of a blood pressure says that the other was not measured', () => {
    expect(named(observations({ systolic: 120, diastolic: null }), 'bp')?.component).toEqual([
      {
        code: { coding: [{ system: 'http://loinc.org', code: '8480-6', display: 'Systolic blood pressure' }] },
        valueQuantity: { value: 120, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
      },
      {
        code: { coding: [{ system: 'http://loinc.org', code: '8462-4', display: 'Diastolic blood pressure' }] },
        dataAbsentReason: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
              code: 'not-performed',
              display: 'Not Performed',
            },
          ],
        },
      },
    ]);
  });

  test('has a NEWS2 with every parameter measured in an adult, and never otherwise', () => {
    const whole = {
      respiratoryRate: 22,
      spo2: 93,
      oxygen: 'oxygen',
      systolic: 105,
      heartRate: 112,
      consciousness: 'A',
      temperature: 38.4,
    } as const;
    expect([
      named(observations(whole), 'news2')?.valueInteger,
      named(observations({ ...whole, temperature: null }), 'news2'),
      named(observations(whole, 12), 'news2'),
    ]).toEqual([10, undefined, undefined]);
  });

  test('says nothing of what was not measured', () => {
    expect(observations(nothingMeasured).map(({ id }) => id)).toEqual([`${ids.triageAssessment}.acuity`]);
  });
});
