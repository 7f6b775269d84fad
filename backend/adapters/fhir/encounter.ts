/**
 * Visits as Encounters of class EMER. Occupied and reserved are different things: where the patient is, is `active`; a bed that is
 * held for the visit is `reserved`; where the patient was is `completed`. Nothing is `planned`: Vigil knows no such state.
 */
import type { Bed } from '#domain/model/bed.ts';
import type { Disposition, Encounter, EncounterStatus } from '#domain/model/encounter.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { holdIsOver, isHeldFor } from '#domain/rules/bed-hold.ts';
import {
  type Coding,
  codeSystems,
  concept,
  type Department,
  type Fields,
  filled,
  identifier,
  period,
  type Resource,
  resource,
} from './resource.ts';

const statuses: Readonly<Record<EncounterStatus, string>> = {
  arrived: 'arrived',
  triaged: 'triaged',
  inProgress: 'in-progress',
  finished: 'finished',
  leftWithoutBeingSeen: 'cancelled',
};

/** The status as FHIR has it; a visit that was merged into another was entered in error. */
export const encounterStatus = ({ status, mergedInto }: Encounter): string =>
  mergedInto === undefined ? (statuses[status] as string) : 'entered-in-error';

const dispositions: Readonly<Record<Disposition, { readonly text: string; readonly hl7: Coding | null }>> = {
  // HL7 asks where to, and that is not known of who goes; who is admitted does not go.
  discharged: { text: 'Discharged', hl7: null },
  admitted: { text: 'Admitted', hl7: null },
  transferred: {
    text: 'Transferred to another hospital',
    hl7: { system: codeSystems.discharge, code: 'other-hcf', display: 'Other healthcare facility' },
  },
  leftWithoutBeingSeen: {
    text: 'Left without being seen',
    hl7: { system: codeSystems.discharge, code: 'aadvice', display: 'Left against advice' },
  },
  leftAgainstAdvice: {
    text: 'Left against advice',
    hl7: { system: codeSystems.discharge, code: 'aadvice', display: 'Left against advice' },
  },
  died: { text: 'Died', hl7: { system: codeSystems.discharge, code: 'exp', display: 'Expired' } },
};

const hospitalization = ({ disposition }: Encounter): Fields | undefined => {
  if (disposition === null) return undefined;
  const { text, hl7 } = dispositions[disposition];
  const own = { system: codeSystems.ownDisposition, code: disposition };
  return { dischargeDisposition: concept(hl7 ? [own, hl7] : [own], text) };
};

/** The beds that are held for a visit now. */
const bedsHeldFor = ({ view, now, reservedBeds }: Department, encounter: Encounter): readonly Bed[] =>
  reservedBeds().filter((bed) => isHeldFor(view, bed, encounter) && !holdIsOver(bed, now));

type Stay = { readonly bedId: Id | null; readonly place: string | null; readonly start: Instant; readonly end: Instant | null };

/** Where the patient was and is, oldest first; of a visit of before moves were kept only where it is. */
const staysOf = ({ moves, bedId, place, bedAssignedAt, arrivedAt, departedAt }: Encounter): readonly Stay[] => {
  if (moves.length === 0) {
    const start = bedAssignedAt ?? arrivedAt;
    return bedId === null && place === null ? [] : [{ bedId, place, start, end: departedAt }];
  }
  return moves.flatMap((move, index): Stay[] => {
    if (move.bedId === null && move.place === null) return [];
    const end = moves[index + 1]?.at ?? departedAt;
    return [{ bedId: move.bedId, place: move.place, start: move.at, end }];
  });
};

const stayFields = (view: RecordView, { bedId, place, start, end }: Stay): Fields => {
  const bed = bedId === null ? undefined : view.get('bed', bedId);
  return {
    location: filled({ reference: bedId === null ? undefined : `Location/${bedId}`, display: bed?.label ?? place }),
    status: end === null ? 'active' : 'completed',
    period: period(start, end),
  };
};

/** The beds that a visit names: where the patient was and is, and those that are held. */
export const locationsOf = (department: Department, encounter: Encounter): readonly Id[] => [
  ...staysOf(encounter).flatMap(({ bedId }) => bedId ?? []),
  ...bedsHeldFor(department, encounter).map(({ id }) => id),
];

/** A visit. The triage level stands in `priority`; nurse and doctor are names as the board shows them. */
export const encounterResource = (department: Department, encounter: Encounter): Resource => {
  const { view, versionOf } = department;
  const held = bedsHeldFor(department, encounter);
  const stays = staysOf(encounter);
  const named = [...new Set(stays.flatMap(({ bedId }) => bedId ?? []))].flatMap((id) => view.get('bed', id) ?? []);
  const [facility] = view.list('facility');
  const staff = (text: string, name: string | null) =>
    name === null ? [] : [{ type: [{ text }], individual: { display: name } }];
  return resource('Encounter', encounter.id, versionOf([encounter, ...named, ...held, ...(facility ? [facility] : [])]), {
    identifier: encounter.visitNumber === null ? [] : [identifier('VN', encounter.visitNumber)],
    status: encounterStatus(encounter),
    class: { system: codeSystems.actCode, code: 'EMER', display: 'emergency' },
    priority:
      encounter.acuity &&
      concept([{ system: codeSystems.ownAcuity, code: String(encounter.acuity) }], `Triage level ${encounter.acuity}`),
    subject: { reference: `Patient/${encounter.patientId}` },
    participant: [...staff('Nurse', encounter.nurse), ...staff('Doctor', encounter.doctor)],
    period: period(encounter.arrivedAt, encounter.departedAt),
    reasonCode: encounter.complaint && [{ text: encounter.complaint }],
    hospitalization: hospitalization(encounter),
    location: [
      ...stays.map((stay) => stayFields(view, stay)),
      ...held.map(({ id, label }) => ({ location: { reference: `Location/${id}`, display: label }, status: 'reserved' })),
    ],
    serviceProvider: facility && { display: facility.name },
  });
};
