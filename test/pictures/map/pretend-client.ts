/** What a desk would answer, made of the window's own store: commands are decided on it, units ranked over it, no road is known. */
import { decide } from '#domain/commands/decide.ts';
import type { Call } from '#domain/model/call.ts';
import type { RecordKind, VigilRecord } from '#domain/model/record.ts';
import type { Id, Position } from '#domain/model/values.ts';
import { dispatchSettingsOf, runCardFor } from '#domain/rules/dispatch-defaults.ts';
import { type Drive, straightMetres } from '#domain/rules/drive.ts';
import { loadOf, recommendHospitals } from '#domain/rules/hospital-recommendation.ts';
import { recommendUnits } from '#domain/rules/recommendation.ts';
import { buildGrant } from '#domain/testing/builders.ts';
import type { WindowClient } from '#renderer/client/client.ts';
import { emptyTables, type RecordTables, recordsOf, type Shown, type WindowStore } from '#renderer/state/store.ts';

const streets = ['Rivera', 'Canelones', 'Durazno', 'Maldonado', 'Constituyente', 'Guayabos', 'Mercedes', 'Uruguay'];
const driven = (from: Position, to: Position): Drive => {
  const metres = straightMetres(from, to) * 1.3;
  return { state: 'reached', seconds: metres / 11, metres, offRoad: 8 };
};

const put = (store: WindowStore, records: readonly VigilRecord[], pending: boolean): void => {
  const tables = { ...store.getState().records } as Record<RecordKind, ReadonlyMap<Id, Shown<RecordKind>>>;
  for (const record of records) tables[record.kind] = new Map(tables[record.kind]).set(record.id, { record, pending });
  store.setState({ records: tables as unknown as RecordTables });
};

/** So many calls that ring: the first well located, the second badly, the third not at all. */
export const ring = (store: WindowStore, count: number, points: readonly (readonly [number, number])[]): void => {
  const calls = Array.from({ length: count }, (_none, index): Call => {
    const [longitude, latitude] = points[index * 7] ?? [-56.17, -34.89];
    return {
      kind: 'call',
      id: `00000000-0000-4000-8000-0006000000${String(index).padStart(2, '0')}`,
      receivedAt: Date.now() - 24_000 + index * 9_000,
      phone: index === 1 ? null : `+598 99 10${index} 447`,
      subscriber: index === 0 ? 'Familia Olivera' : null,
      address: index === 0 ? 'Canelones 1183, apto 4' : null,
      location:
        index === 2 ? null : { position: [longitude, latitude], uncertaintyMetres: index === 1 ? 480 : 35, source: 'aml' },
      locatedAt: index === 2 ? null : Date.now() - 5_000,
      status: 'ringing',
      answeredBy: null,
      answeredAt: null,
      endedAt: null,
      endReason: null,
      incidentId: null,
    };
  });
  put(store, calls, false);
};

/** A client without a desk behind it. Offline, what must not be queued is refused and the rest stays pending. */
export const pretendClient = (
  store: WindowStore,
  offline: boolean,
  asked: Pick<WindowClient, 'route' | 'cover' | 'replay'>,
): WindowClient => {
  const tablesNow = (): RecordTables => store.getState().records ?? emptyTables();
  const view = {
    get: (kind: RecordKind, id: Id) => tablesNow()[kind].get(id)?.record as never,
    list: (kind: RecordKind) => [...tablesNow()[kind].values()].map(({ record }) => record) as never,
  };
  const handsFor = (to: Position) =>
    recordsOf(tablesNow(), 'unit').map((unit) => {
      const fix = store.getState().positions.get(unit.id) ?? null;
      const assignment = unit.assignmentId === null ? undefined : tablesNow().assignment.get(unit.assignmentId)?.record;
      const mission = assignment ? (tablesNow().incident.get(assignment.incidentId)?.record ?? null) : null;
      return { unit, fix, mission, refused: false, drive: fix ? driven(fix.position, to) : ({ state: 'unknown' } as const) };
    });
  return {
    askMessageDesk: () => Promise.resolve({ about: 'refused', code: 'noInterface', message: '' }),
    submit: async (name, input, commandId = crypto.randomUUID()) => {
      const needsLink = ['dispatchUnit', 'divertUnit', 'cancelDispatch', 'cancelIncident'].includes(name);
      if (offline && needsLink)
        return { status: 'refused', commandId, code: 'needsLink', message: 'The crew has not been told: send by radio.' };
      const envelope = { commandId, name, input, issuedAt: Date.now(), issuedAtError: 5, grant: 'x' };
      const decision = decide(view, envelope, buildGrant({ expiresAt: Date.now() + 1e9, roles: ['dispatcher'] }), 0);
      if (!decision.ok) return { status: 'refused', commandId, ...decision.refusal };
      put(store, decision.puts, true);
      if (!offline) setTimeout(() => put(store, decision.puts, false), 1_500);
      return { status: 'saved', commandId, issuedAt: envelope.issuedAt };
    },
    signIn: async () => undefined,
    countersign: () => Promise.reject(new Error('Signing in needs the link to the hospital.')),
    draftKey: () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
    resolveConflict: () => Promise.resolve({ status: 'kept' }),
    watchHealth: () => () => undefined,
    supportBundle: () => Promise.resolve({ fileName: 'x.txt', text: '' }),
    exportMissions: () => Promise.resolve({ fileName: 'vigil-missions.csv', text: '', lines: 0 }),
    saveText: () => Promise.resolve(null),
    copyText: () => Promise.resolve(),
    drawHandover: () =>
      Promise.resolve({ file: 'print-00000000-0000-7000-8000-000000000000.vigilpack', fileName: 'handover.pdf', pages: 4 }),
    printSheet: () => Promise.resolve({ state: 'noPrinter' }),
    saveSheet: ({ fileName }) => Promise.resolve({ state: 'saved', savedAs: fileName }),
    downtimePack: () => Promise.resolve({ state: 'none', message: 'This desk has not made a downtime pack yet.' }),
    closeWindow: () => undefined,
    searchAddress: async (text, near) => {
      const [, word = '', number = ''] = /^(\D*?)\s*(\d*)$/.exec(text.trim()) ?? [];
      const found = streets.filter((street) => street.toLowerCase().startsWith(word.toLowerCase()));
      const [longitude, latitude] = near ?? [-56.17, -34.89];
      return {
        state: 'found',
        matches: (text.trim() === '' ? [] : found).map((street, index) => ({
          kind: number === '' ? 'street' : 'address',
          text: number === '' ? street : `${street} ${number}`,
          position: [longitude + 0.004 * index, latitude + 0.002],
          marks: [[0, word.length]],
          notes: index === 1 ? ['nearestNumber'] : [],
          askedNumber: number === '' ? null : number,
          placeKind: null,
          metres: null,
          score: 1,
        })),
      };
    },
    recommend: async (incidentId) => {
      const incident = tablesNow().incident.get(incidentId)?.record;
      if (!incident) return { state: 'unknownIncident' };
      const card = runCardFor(dispatchSettingsOf(view), incident);
      return {
        state: 'ranked',
        at: Date.now(),
        routed: { by: 'offline', fellBack: false, message: null },
        ...recommendUnits(incident, card, handsFor(incident.position), Date.now()),
      };
    },
    recommendHospital: async (incidentId, from) => {
      const incident = tablesNow().incident.get(incidentId)?.record;
      if (!incident) return { state: 'unknownIncident' };
      const start = from ?? incident.position;
      const services = runCardFor(dispatchSettingsOf(view), incident)?.services ?? [];
      const hands = recordsOf(tablesNow(), 'hospital').map((hospital) => ({
        hospital,
        drive: driven(start, hospital.position),
      }));
      return {
        state: 'ranked',
        at: Date.now(),
        routed: { by: 'offline', fellBack: false, message: null },
        services,
        ...recommendHospitals(start, services, hands, loadOf([]), Date.now()),
      };
    },
    ...asked,
    select: () => undefined,
    report: (code, message) => console.info('report', code, message),
    showBoard: () => undefined,
    setTheme: (theme) => store.setState({ theme }),
    newId: () => crypto.randomUUID(),
  };
};
