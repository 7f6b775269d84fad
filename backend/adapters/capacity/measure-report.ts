/**
 * The count of the department at one moment as a MeasureReport, in the form that the SANER guide uses for bed capacity: groups of
 * populations with counts. The codes are our own, and no profile is claimed.
 */
import type { CapacitySample } from '#domain/model/capacity-sample.ts';
import {
  codeSystems,
  concept,
  type Department,
  type Fields,
  filled,
  instantText,
  type Resource,
  resource,
} from '../fhir/resource.ts';

/** Null is not known, and left out: it is no zero. */
type Count = readonly [code: string, text: string, count: number | null];

const group = (code: string, text: string, counts: readonly Count[], score: Fields = {}): Fields =>
  filled({
    code: concept([{ system: codeSystems.ownCapacity, code }], text),
    population: counts.flatMap(([name, words, count]) =>
      count === null ? [] : [{ code: concept([{ system: codeSystems.ownCapacity, code: name }], words), count }],
    ),
    ...score,
  });

/** One count of the department; NEDOCS, not rounded, is the score of the group `crowding` and absent where an input was missing. */
export const measureReport = ({ view, versionOf }: Department, sample: CapacitySample): Resource => {
  const [facility] = view.list('facility');
  const at = instantText(sample.at);
  return resource('MeasureReport', sample.id, versionOf([sample, ...(facility ? [facility] : [])]), {
    status: 'complete',
    type: 'summary',
    measure: 'urn:x-vigil:measure:emergency-department-capacity',
    date: at,
    reporter: facility && { display: facility.name },
    period: { start: at, end: at },
    group: [
      group('beds', 'Beds of the emergency department', [
        ['staffed', 'Beds that can hold a patient', sample.staffed],
        ['occupied', 'Occupied beds', sample.occupied],
        ['free', 'Beds that can hold a patient and hold none', sample.staffed - sample.occupied],
      ]),
      group('patients', 'Patients of the emergency department', [
        ['present', 'Patients in the department', sample.present],
        ['waiting', 'Patients without a bed', sample.waiting],
        ['boarders', 'Admitted patients who wait for a ward', sample.boarders],
        ['inbound', 'Ambulances on the way with a patient', sample.inbound],
        ['arrivals', 'Arrivals since the count before', sample.arrivals],
        ['departures', 'Departures since the count before', sample.departures],
      ]),
      ...(sample.nedocs === null ? [] : [group('crowding', 'NEDOCS', [], { measureScore: { value: sample.nedocs } })]),
    ],
  });
};
