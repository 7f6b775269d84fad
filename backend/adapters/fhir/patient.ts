import type { Patient } from '#domain/model/patient.ts';
import { type Department, filled, identifier, type RecordKey, type Resource, resource } from './resource.ts';

/** A patient; one who was merged names the one who stands for them, and the other way about. */
export const patientResource = ({ mergedInto, versionOf }: Department, patient: Patient): Resource => {
  const merged = mergedInto(patient.id);
  const contributing: readonly RecordKey[] = [patient, ...merged];
  const link = (type: 'replaces' | 'replaced-by', id: string) => ({ other: { reference: `Patient/${id}` }, type });
  return resource('Patient', patient.id, versionOf(contributing), {
    identifier: patient.mrn === null ? [] : [identifier('MR', patient.mrn)],
    active: patient.mergedInto === null,
    name: patient.name && [filled({ use: 'official', family: patient.name.family, given: [patient.name.given].filter(Boolean) })],
    gender: patient.sex,
    birthDate: patient.birthDate,
    link: [
      ...(patient.mergedInto === null ? [] : [link('replaced-by', patient.mergedInto)]),
      ...merged.map(({ id }) => link('replaces', id)),
    ],
  });
};
