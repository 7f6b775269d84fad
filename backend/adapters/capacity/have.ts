/**
 * The state of this hospital as EDXL-HAVE 1.0 (OASIS 2008): what it says to ambulances, and the beds it has told of by category. HAVE
 * has no category for the beds of an emergency department; their counts stand in a comment, for people. What is not known is absent.
 */
import type { Hospital } from '#domain/model/hospital.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { sampleAt } from '#domain/rules/capacity-history.ts';
import { instantText } from '../fhir/resource.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML 1.0 cannot hold, escaped or not. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const escaped = (text: string): string => text.replace(UNWRITABLE, '\ufffd').replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);

/** An element with a text, or around others; empty where there is nothing to say. */
const element = (name: string, content: string | number | null): string => {
  if (content === null || content === '') return '';
  return `<${name}>${typeof content === 'number' ? content : escaped(content)}</${name}>`;
};
const around = (name: string, inner: readonly string[]): string => {
  const content = inner.join('');
  return content === '' ? '' : `<${name}>${content}</${name}>`;
};

const traffic = { normal: 'Normal', advisory: 'Advisory', closed: 'Closed', notApplicable: 'NotApplicable' } as const;
const offload = { normal: 'Normal', delayed: 'Delayed' } as const;
const clinical = { normal: 'Normal', level1: 'Level1', level2: 'Level2', full: 'Full' } as const;
const facilityWords = { normal: 'Normal', compromised: 'Compromised', evacuating: 'Evacuating', closed: 'Closed' } as const;
const bedTypes = {
  adultICU: 'AdultICU',
  burn: 'Burn',
  medicalSurgical: 'MedicalSurgical',
  negativeFlowIsolation: 'NegativeFlowIsolation',
  operatingRooms: 'OperatingRooms',
  pediatricICU: 'PediatricICU',
  pediatrics: 'Pediatrics',
  psychiatric: 'Psychiatric',
} as const;

const bedCapacity = ({ category, available, baseline }: Hospital['capacity'][number]): string =>
  available === null && baseline === null
    ? ''
    : around('BedCapacity', [
        element('BedType', bedTypes[category]),
        around('Capacity', [
          element('CapacityStatus', available === null ? null : available > 0 ? 'VacantAvailable' : 'NotAvailable'),
          element('AvailableCount', available),
          element('BaselineCount', baseline),
        ]),
      ]);

const departmentSentence = (view: RecordView, now: Instant, facilityId: Id): string => {
  const { staffed, occupied, present, waiting, boarders, nedocs } = sampleAt(view, now, facilityId, undefined);
  const score = nedocs === null ? 'NEDOCS not known' : `NEDOCS ${Math.round(nedocs)}`;
  return `Emergency department: ${occupied} of ${staffed} staffed beds occupied, ${present} patients, ${waiting} without a bed, ${boarders} boarding, ${score}.`;
};

const hospitalElement = (view: RecordView, hospital: Hospital, facilityId: Id, now: Instant): string => {
  const [longitude, latitude] = hospital.position;
  return around('Hospital', [
    around('Organization', [
      around('OrganizationInformation', [around('xnl:OrganisationName', [element('xnl:NameElement', hospital.name)])]),
      around('OrganizationGeoLocation', [around('gml:Point', [element('gml:pos', `${latitude} ${longitude}`)])]),
    ]),
    around('EmergencyDepartmentStatus', [
      around('EMSTraffic', [
        element('EMSTrafficStatus', traffic[hospital.emsTrafficStatus]),
        element('EMSTrafficReason', hospital.divert?.reason ?? null),
      ]),
      around('EMSAmbulanceStatus', [
        element('EMSOffloadStatus', offload[hospital.emsOffload]),
        element('EMSOffloadMinutes', hospital.offloadDelayMinutes),
      ]),
      element('CommentText', departmentSentence(view, now, facilityId)),
    ]),
    around('HospitalBedCapacityStatus', hospital.capacity.map(bedCapacity)),
    around('HospitalFacilityStatus', [
      element('ClinicalStatus', hospital.clinicalStatus && clinical[hospital.clinicalStatus]),
      element('FacilityStatus', hospital.facilityStatus && facilityWords[hospital.facilityStatus]),
    ]),
    element('LastUpdateTime', instantText(now)),
  ]);
};

/** The document for every hospital whose beds are kept here; undefined when there is none. Other hospitals tell of themselves. */
export const haveDocument = (view: RecordView, now: Instant): string | undefined => {
  const own = [...view.list('hospital')].flatMap((hospital) =>
    hospital.facilityId === null ? [] : [hospitalElement(view, hospital, hospital.facilityId, now)],
  );
  if (own.length === 0) return undefined;
  const spaces =
    'xmlns="urn:oasis:names:tc:emergency:EDXL:HAVE:1.0" xmlns:xnl="urn:oasis:names:tc:ciq:xnl:3" xmlns:gml="http://www.opengis.net/gml"';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<HospitalStatus ${spaces}>${own.join('')}</HospitalStatus>\n`;
};
