/** How this administration writes what it did: HL7 v2.5, its own dialect, times with milliseconds in UTC. */
import type { Instant } from '#domain/model/values.ts';
import type { BedState, Deed, Visit, Where } from './register.ts';

/** Places without beds by the administration's code, and what the boards call them. */
export const waitingPlaces = { WAIT: 'Waiting room', HALL: 'Corridor' } as const;
export const outPlaces = { CT: 'CT', XR: 'X-ray', US: 'Ultrasound', MR: 'MRI' } as const;
export const wards = ['W1', 'W2', 'W3', 'ICU', 'SURG', 'CARD'] as const;
const bedCodes: Readonly<Record<BedState, string>> = { ready: 'U', occupied: 'O', dirty: 'K', cleaning: 'H', shut: 'C' };

/** The file of `--adt-site` for a hospital with this administration, as JSON. */
export const administrationSite = (): string =>
  JSON.stringify({
    senders: [
      {
        application: 'PAS',
        facility: 'SIM',
        name: 'PAS',
        placement: 'adt',
        housekeeping: 'adt',
        locations: {
          ED: { bedsByLabel: true },
          ...Object.fromEntries(Object.entries(waitingPlaces).map(([code, place]) => [`ED^${code}`, { place }])),
          ...Object.fromEntries(Object.entries(outPlaces).map(([code, place]) => [code, { place }])),
          ...Object.fromEntries(wards.map((ward) => [ward, { notOurs: true }])),
        },
      },
    ],
  });

const time = (at: Instant): string => `${new Date(at).toISOString().replaceAll(/[-:TZ]/g, '')}+0000`;
const bedName = (label: string): string => `ED^${label.replace(/\d+$/, '')}^${label}`;

const placeName = (where: Where | undefined): string => {
  if (where?.kind === 'bed') return bedName(where.bed);
  if (where?.kind === 'waiting') return `ED^${where.place}`;
  return where?.kind === 'left' && where.ward !== null ? where.ward : '';
};

const text = (given: string): string =>
  given.replaceAll(
    /[\\|^~&]/g,
    (character) => ({ '\\': '\\E\\', '|': '\\F\\', '^': '\\S\\', '~': '\\R\\', '&': '\\T\\' })[character] ?? '',
  );

const fields = (name: string, numbered: Readonly<Record<number, string>>): string => {
  const last = Math.max(...Object.keys(numbered).map(Number));
  return [name, ...Array.from({ length: last }, (_, index) => numbered[index + 1] ?? '')].join('|');
};

const visitLines = (deed: Extract<Deed, { readonly visit: Visit }>): readonly string[] => {
  const { trigger, at, visit, before } = deed;
  // Of who leaves the place is told that is left.
  const where = trigger === 'A03' || trigger === 'A11' ? before?.where : visit.where;
  // Who is admitted gets a place of the ward, and is here until the move there.
  const name = (trigger === 'A01' ? visit.admitted?.ward : null) ?? placeName(where);
  const isElsewhere = before !== null && placeName(before.where) !== name;
  return [
    fields('PV1', {
      1: '1',
      2: visit.admitted ? 'I' : 'E',
      3: name,
      6: isElsewhere ? placeName(before?.where) : '',
      11: trigger === 'A09' ? (visit.out?.to ?? '') : '',
      19: visit.number,
      43: trigger === 'A10' ? (before?.out?.to ?? '') : '',
      ...(trigger === 'A03' ? { 36: visit.where.kind === 'left' && visit.where.to === 'died' ? '20' : '01', 45: time(at) } : {}),
    }),
    fields('PV2', { 3: `^${text(visit.reason)}`, ...(visit.leavesAt === null ? {} : { 9: time(visit.leavesAt) }) }),
  ];
};

/** A deed as a message; `controlId` names it for ever. */
export const messageText = (deed: Deed, controlId: string, now: Instant): string => {
  const { trigger, at } = deed;
  const lines = [
    `MSH|^~\\&|PAS|SIM|VIGIL|ED|${time(now)}||ADT^${trigger}|${controlId}|P|2.5||||||UNICODE UTF-8`,
    fields('EVN', { 1: trigger, 2: time(at), 6: time(at) }),
  ];
  if (deed.trigger === 'A20') lines.push(fields('NPU', { 1: bedName(deed.bed.label), 2: bedCodes[deed.bed.state] }));
  else {
    const { number, family, given, birthDate, sex } = deed.person;
    lines.push(
      fields('PID', {
        1: '1',
        3: `${number}^^^SIM^MR`,
        5: `${text(family)}^${text(given)}`,
        7: birthDate.replaceAll('-', ''),
        8: sex === 'female' ? 'F' : 'M',
      }),
    );
    if (deed.trigger === 'A40') lines.push(fields('MRG', { 1: `${deed.gone}^^^SIM^MR` }));
    else lines.push(...visitLines(deed));
  }
  return lines.map((line) => `${line}\r`).join('');
};
