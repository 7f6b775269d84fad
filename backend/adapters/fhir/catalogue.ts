/** Everything that is served. The CapabilityStatement is made of this, so that it says what is true. */
import type { Area } from '#domain/model/area.ts';
import type { Bed } from '#domain/model/bed.ts';
import type { CapacitySample } from '#domain/model/capacity-sample.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Patient } from '#domain/model/patient.ts';
import { measureReport } from '../capacity/measure-report.ts';
import { encounterResource, encounterStatus, locationsOf } from './encounter.ts';
import { locationResource, locationStatus, operationalStatus } from './location.ts';
import { type Observed, observationId, observationResource, observedAt, patientOf } from './observation.ts';
import { patientResource } from './patient.ts';
import { codeSystems } from './resource.ts';
import { type Kind, type Served, served } from './search.ts';

const encounters: Kind<Encounter> = {
  type: 'Encounter',
  idOf: ({ id }) => id,
  list: ({ view }) => view.list('encounter'),
  find: ({ view }, id) => view.get('encounter', id),
  resource: encounterResource,
  parameters: {
    status: {
      type: 'token',
      documentation: 'arrived, triaged, in-progress, finished, cancelled or entered-in-error.',
      of: (encounter) => [{ code: encounterStatus(encounter) }],
    },
    patient: {
      type: 'reference',
      target: 'Patient',
      documentation: 'Whose visit it is.',
      of: ({ patientId }) => [patientId],
    },
    location: {
      type: 'reference',
      target: 'Location',
      documentation: 'A bed in which the patient is or was, or that is held for the visit.',
      of: (encounter, department) => locationsOf(department, encounter),
    },
    date: {
      type: 'date',
      documentation: 'From the arrival to the departure.',
      of: ({ arrivedAt, departedAt }) => ({ from: arrivedAt, to: departedAt ?? Number.POSITIVE_INFINITY }),
    },
    identifier: {
      type: 'token',
      documentation: "The hospital's number of the visit.",
      of: ({ visitNumber }) => (visitNumber === null ? [] : [{ code: visitNumber }]),
    },
  },
};

const locations: Kind<Area | Bed> = {
  type: 'Location',
  idOf: ({ id }) => id,
  list: ({ view }) => [...view.list('area'), ...view.list('bed')],
  find: ({ view }, id) => view.get('bed', id) ?? view.get('area', id),
  resource: locationResource,
  parameters: {
    status: {
      type: 'token',
      documentation: 'active, suspended (blocked or closed) or inactive (no longer part of the department).',
      of: (place) => [{ code: locationStatus(place) }],
    },
    'operational-status': {
      type: 'token',
      documentation: 'The status of a bed in table 0116: C, H, K, O or U.',
      of: (place) => (place.kind === 'bed' ? [operationalStatus(place) ?? []].flat() : []),
    },
    partof: {
      type: 'reference',
      target: 'Location',
      documentation: 'The area of a bed.',
      of: (place) => (place.kind === 'bed' ? [place.areaId] : []),
    },
  },
};

const patients: Kind<Patient> = {
  type: 'Patient',
  idOf: ({ id }) => id,
  list: ({ view }) => view.list('patient'),
  find: ({ view }, id) => view.get('patient', id),
  resource: patientResource,
  parameters: {
    identifier: {
      type: 'token',
      documentation: "The hospital's number of the patient.",
      of: ({ mrn }) => (mrn === null ? [] : [{ code: mrn }]),
    },
  },
};

const observations: Kind<Observed> = {
  type: 'Observation',
  idOf: observationId,
  list: ({ view }) => [...view.list('triageAssessment')].flatMap((assessment) => observedAt(view, assessment)),
  find: ({ view }, id) => {
    const assessment = view.get('triageAssessment', id.split('.')[0] ?? '');
    return assessment && observedAt(view, assessment).find((observed) => observationId(observed) === id);
  },
  resource: observationResource,
  parameters: {
    status: { type: 'token', documentation: 'All are final.', of: () => [{ code: 'final' }] },
    patient: {
      type: 'reference',
      target: 'Patient',
      documentation: 'Of whom it is.',
      of: ({ assessment }, { view }) => [patientOf(view, assessment) ?? []].flat(),
    },
    encounter: {
      type: 'reference',
      target: 'Encounter',
      documentation: 'In which visit it was made.',
      of: ({ assessment }) => [assessment.encounterId],
    },
    date: {
      type: 'date',
      documentation: 'When it was made.',
      of: ({ assessment: { at } }) => ({ from: at, to: at + 1 }),
    },
    code: { type: 'token', documentation: 'What was observed.', of: ({ measure }) => measure.codings },
    category: {
      type: 'token',
      documentation: 'vital-signs, exam, laboratory or survey.',
      of: ({ measure }) => [{ system: codeSystems.observationCategory, code: measure.category }],
    },
  },
};

const measureReports: Kind<CapacitySample> = {
  type: 'MeasureReport',
  idOf: ({ id }) => id,
  list: ({ view }) => view.list('capacitySample'),
  find: ({ view }, id) => view.get('capacitySample', id),
  resource: measureReport,
  parameters: {
    date: {
      type: 'date',
      documentation: 'When the department was counted.',
      of: ({ at }) => ({ from: at, to: at + 1 }),
    },
  },
};

/** Every kind of resource that is served, by its type. */
export const catalogue: ReadonlyMap<string, Served> = new Map(
  [served(encounters), served(locations), served(patients), served(observations), served(measureReports)].map((one) => [
    one.type,
    one,
  ]),
);
