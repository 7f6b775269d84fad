import type { RecordView } from '../model/record.ts';
import type { Id } from '../model/values.ts';

const visit = (view: RecordView, id: Id): string => {
  const encounter = view.get('encounter', id);
  const patient = encounter && view.get('patient', encounter.patientId);
  return patient?.name?.family ?? patient?.initials ?? 'a patient';
};

/** The value of a field as a person reads it; null for one that is not set. Ids become the names of what they stand for. */
export const fieldText = (view: RecordView, field: string, value: unknown): string | null => {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.length === 0 ? 'none known' : value.map(String).join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  switch (field) {
    case 'bedId':
      return view.get('bed', text)?.label ?? 'a bed';
    case 'encounterId':
      return visit(view, text);
    case 'patientId':
    case 'mergedInto':
      return view.get('patient', text)?.name?.family ?? view.get('patient', text)?.initials ?? 'another record';
    case 'hospitalId':
      return view.get('hospital', text)?.name ?? 'a hospital';
    case 'unitId':
      return view.get('unit', text)?.callsign ?? 'a unit';
    case 'incidentId':
      return view.get('incident', text)?.number ?? view.get('incident', text)?.address ?? 'an incident';
    default:
      return text;
  }
};
