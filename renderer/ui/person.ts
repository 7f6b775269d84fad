import type { Patient } from '#domain/model/patient.ts';
import { t } from './translate.ts';

/** `Moreau, K` for a tile; initials where the projection holds no name; `–` for a patient this desk does not know. */
export const shortName = (patient: Patient | undefined): string => {
  if (!patient) return '–';
  if (!patient.name) return patient.initials;
  const initial = [...patient.name.given][0];
  return initial === undefined ? patient.name.family : `${patient.name.family}, ${initial}`;
};

/** `Moreau, Katherine` for a panel. */
export const longName = (patient: Patient | undefined): string =>
  patient?.name ? [patient.name.family, patient.name.given].filter((part) => part !== '').join(', ') : shortName(patient);

/** `71 F`, `~50 M` when estimated; what is not known is left out. */
export const ageAndSex = (patient: Patient | undefined): string => {
  if (!patient) return '';
  const age = patient.ageYears === null ? '' : `${patient.ageEstimated ? '~' : ''}${patient.ageYears}`;
  return [age, patient.sex === 'unknown' ? '' : t(`sex.${patient.sex}`)].filter((part) => part !== '').join(' ');
};
