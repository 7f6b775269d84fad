/** What is told to the patient administration of moves and bed statuses that were made here: A02 and A20. */
import type { LocationName } from '#domain/adt/event.ts';
import type { AdtSite } from '#domain/adt/locations.ts';
import type { Bed, BedStatus } from '#domain/model/bed.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Patient } from '#domain/model/patient.ts';
import type { Instant } from '#domain/model/values.ts';
import { escaped } from './answer.ts';
import { headerLine } from './header-line.ts';
import { writeTimestamp } from './timestamp.ts';

export type Receiver = { readonly application: string; readonly facility: string; readonly site: AdtSite };

/** HL7 table 0116; what the receiver's own table says goes before it. */
const codes: Partial<Record<BedStatus, string>> = {
  closed: 'C',
  blocked: 'C',
  cleaning: 'H',
  contaminated: 'K',
  occupied: 'O',
  available: 'U',
};
const sexCodes = { female: 'F', male: 'M', other: 'O', unknown: 'U' } as const;

/** What the receiver calls a bed; undefined when it has no name for it. */
export const nameOfBed = ({ site }: Receiver, bed: Bed): LocationName | undefined => {
  let byLabel: LocationName | undefined;
  for (const [name, rule] of site.locations) {
    if ('bed' in rule && rule.bed === bed.label) return name;
    if ('bedId' in rule && rule.bedId === bed.id) return name;
    if ('bedsByLabel' in rule) {
      const [pointOfCare = '', room = ''] = name.split('^');
      byLabel ??= `${pointOfCare}^${room}^${bed.label}`;
    }
  }
  return byLabel;
};

const location = (name: LocationName | undefined): string => (name === undefined ? '' : name.split('^').map(escaped).join('^'));

type Sent = { readonly receiver: Receiver; readonly controlId: string; readonly now: Instant; readonly at: Instant };

const begin = ({ receiver, controlId, now, at }: Sent, trigger: string): readonly string[] => [
  headerLine({
    from: ['VIGIL', '', escaped(receiver.application), escaped(receiver.facility)],
    now,
    type: `ADT^${trigger}^ADT_${trigger}`,
    controlId,
    processing: 'P',
    version: '2.5',
  }),
  ['EVN', '', writeTimestamp(now), '', '', '', writeTimestamp(at)].join('|'),
];

/** A patient was moved into a bed, from another place or none. */
export const transferText = (
  sent: Sent,
  {
    patient,
    encounter,
    to,
    from,
  }: {
    readonly patient: Patient | undefined;
    readonly encounter: Encounter;
    readonly to: LocationName;
    readonly from: LocationName | undefined;
  },
): string => {
  const name = patient?.name ? `${escaped(patient.name.family)}^${escaped(patient.name.given)}` : '';
  const mrn = patient?.mrn ? `${escaped(patient.mrn)}^^^^MR` : '';
  const birth = patient?.birthDate?.replaceAll('-', '') ?? '';
  const visit = escaped(encounter.visitNumber ?? '');
  const lines = [
    ...begin(sent, 'A02'),
    ['PID', '1', '', mrn, '', name, '', birth, sexCodes[patient?.sex ?? 'unknown']].join('|'),
    ['PV1', '1', 'E', location(to), '', '', location(from), ...Array.from({ length: 12 }, () => ''), visit].join('|'),
  ];
  return `${lines.join('\r')}\r`;
};

/** A bed has another status; undefined for one that is not told. */
export const bedStatusText = (sent: Sent, bed: Bed, name: LocationName): string | undefined => {
  const own = [...sent.receiver.site.bedStatuses].find(([, status]) => status === bed.status)?.[0];
  const code = own ?? codes[bed.status];
  if (code === undefined) return undefined;
  return `${[...begin(sent, 'A20'), ['NPU', location(name), escaped(code)].join('|')].join('\r')}\r`;
};
