/** A department of three beds to which messages of patient administration are told, for tests. */
import { decideAdt } from '../adt/decide.ts';
import type { AdtDecision } from '../adt/decision.ts';
import { type AdtEvent, type AdtVisit, type VisitEvent, type VisitTrigger, visitKey } from '../adt/event.ts';
import type { AdtSite } from '../adt/locations.ts';
import type { RecordView, VigilRecord } from '../model/record.ts';
import { buildBed, buildDevice, buildFacility, testId, testNow } from './builders.ts';
import { createView, viewWith } from './view.ts';

/** Milliseconds. */
export const MINUTE = 60_000;
const site: AdtSite = {
  name: 'PAS',
  placement: null,
  housekeeping: 'vigil',
  locations: new Map<string, never>([
    ['ED', { bedsByLabel: true }],
    ['ED^WAIT', { place: 'Waiting room' }],
    ['CT', { place: 'CT' }],
    ['WARD', { notOurs: true }],
  ] as unknown as [string, never][]),
  otherwise: 'wait',
  bedStatuses: new Map(),
  admission: 'boards',
  dispositions: new Map(),
};
export const beds = ['B1', 'B2', 'B3'].map((label, index) =>
  buildBed({ id: testId('b', index + 1), label, since: testNow - 600 * MINUTE }),
);
export const bedId = (label: string) => beds.find((bed) => bed.label === label)?.id;
const devices = beds.map((bed, index) => buildDevice({ id: testId('d', index + 1), bedId: bed.id, encounterId: null }));
const empty = createView([buildFacility(), ...beds, ...devices]);
const idOf = (name: string) =>
  testId(
    'a',
    [...name].reduce((sum, one) => (sum * 31 + one.charCodeAt(0)) % 2 ** 40, 7),
  );

/** Makes messages of visits, each with a control id of its own; `minute` is counted from five hours ago. */
export const createEvents = () => {
  let count = 0;
  return (
    trigger: VisitTrigger,
    minute: number,
    location: string | null = null,
    more: Partial<AdtVisit> & { readonly mrn?: string } = {},
  ): VisitEvent => {
    const { mrn = 'M1', ...visit } = more;
    count += 1;
    return {
      trigger,
      sender: 'PAS|GH',
      controlId: `C${count}`,
      occurredAt: testNow - 300 * MINUTE + minute * MINUTE,
      recordedAt: testNow - 300 * MINUTE + minute * MINUTE,
      patient: { mrn, name: { family: 'Moreau', given: 'Lea' }, birthDate: '1980-05-04', sex: 'female' },
      visit: {
        number: mrn.replace('M', 'V'),
        patientClass: 'E',
        location,
        priorLocation: null,
        temporaryLocation: null,
        priorTemporaryLocation: null,
        admittedAt: null,
        dischargedAt: null,
        expectedDischargeAt: null,
        reason: null,
        ...visit,
      },
    };
  };
};

/** A department to which messages are told one after the other. */
export const department = (records: readonly VigilRecord[] = [], spoken: Partial<AdtSite> = {}) => {
  let view: RecordView = viewWith(empty, records);
  const ledger: { readonly event: VisitEvent; readonly encounterId: string | null }[] = [];
  return {
    tell: (told: AdtEvent): AdtDecision => {
      const concerns = ({ event }: (typeof ledger)[number]): boolean =>
        told.trigger === 'A40'
          ? [told.patient.mrn, told.mergedMrn].includes(event.patient.mrn)
          : 'visit' in told && visitKey(event) === visitKey(told);
      const visit = ledger.filter(concerns);
      const decision = decideAdt(
        {
          view,
          patientNumbered: (mrn) => [...view.list('patient')].find((patient) => patient.mrn === mrn),
          site: { ...site, ...spoken },
          now: testNow,
          idOf,
          history: visit.map((one) => one.event),
          knownEncounterId: visit.findLast((one) => one.encounterId !== null)?.encounterId ?? null,
          again: false,
        },
        told,
      );
      view = viewWith(view, decision.puts);
      if (decision.belongsToVisit && 'visit' in told) ledger.push({ event: told, encounterId: decision.encounterId });
      return decision;
    },
    view: () => view,
    write: (changed: readonly VigilRecord[]) => {
      view = viewWith(view, changed);
    },
    /** Bed, presence and monitor of each visit; what census means. */
    census: () =>
      [...view.list('encounter')]
        .map(({ visitNumber, bedId: bed, departedAt, place }) => [
          visitNumber,
          bed && view.get('bed', bed)?.label,
          departedAt === null,
          bed === null ? place : null,
        ])
        .sort(),
    occupied: () =>
      [...view.list('bed')].filter(({ encounterId }) => encounterId !== null).map(({ label, status }) => `${label} ${status}`),
    monitored: () => [...view.list('device')].map(({ encounterId }) => encounterId !== null),
    open: () =>
      [...view.list('disagreement')]
        .filter(({ ended }) => ended === null)
        .map(({ about, theirs, ours }) => [about, theirs.text, ours.text]),
  };
};
