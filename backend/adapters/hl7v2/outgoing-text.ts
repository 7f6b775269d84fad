/** What is told to the patient administration of moves, departures and bed statuses that were made here: A02 A12, A03 A13, A20. */
import type { LocationName } from '#domain/adt/event.ts';
import type { AdtSite } from '#domain/adt/locations.ts';
import type { Bed, BedStatus } from '#domain/model/bed.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Patient } from '#domain/model/patient.ts';
import type { Instant } from '#domain/model/values.ts';
import { escaped } from './answer.ts';
import { headerLine } from './header-line.ts';
import { writeTimestamp } from './timestamp.ts';

export type Receiver = {
  readonly application: string;
  readonly facility: string;
  readonly site: AdtSite;
  /** Whether it is told who has left the department, which ends the stay there. */
  readonly departures: boolean;
};

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

/** What the receiver calls a part of the department without beds; undefined when it has no name for it. */
export const nameOfPlace = ({ site }: Receiver, place: string): LocationName | undefined => {
  for (const [name, rule] of site.locations) if ('place' in rule && rule.place === place) return name;
  return undefined;
};

const location = (name: LocationName | undefined): string => (name === undefined ? '' : name.split('^').map(escaped).join('^'));

const blank = (count: number): readonly string[] => Array.from({ length: count }, () => '');

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

/** A move (A02), a departure (A03), or the taking back of one (A12, A13). */
export type VisitTold = 'A02' | 'A12' | 'A03' | 'A13';

/** What happened to a patient. `to` is where they are now, or were last (A03); of A12 `from` is the place that was taken back. */
export const visitText = (
  sent: Sent,
  {
    trigger,
    patient,
    encounter,
    to,
    from,
  }: {
    readonly trigger: VisitTold;
    readonly patient: Patient | undefined;
    readonly encounter: Encounter;
    readonly to: LocationName | undefined;
    readonly from: LocationName | undefined;
  },
): string => {
  const name = patient?.name ? `${escaped(patient.name.family)}^${escaped(patient.name.given)}` : '';
  const mrn = patient?.mrn ? `${escaped(patient.mrn)}^^^^MR` : '';
  const birth = patient?.birthDate?.replaceAll('-', '') ?? '';
  const visit = escaped(encounter.visitNumber ?? '');
  const discharged = trigger === 'A03' ? writeTimestamp(sent.at) : '';
  const lines = [
    ...begin(sent, trigger),
    ['PID', '1', '', mrn, '', name, '', birth, sexCodes[patient?.sex ?? 'unknown']].join('|'),
    ['PV1', '1', 'E', location(to), '', '', location(from), ...blank(12), visit, ...blank(25), discharged]
      .join('|')
      .replace(/\|+$/, ''),
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
