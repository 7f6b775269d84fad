import type { CallCategory, DispatchSettings, RunCard } from '../model/dispatch-settings.ts';
import type { HospitalService } from '../model/hospital.ts';
import type { IncidentPriority } from '../model/incident.ts';
import type { RecordView } from '../model/record.ts';
import type { Capability } from '../model/unit.ts';

const category = (name: string, code: string, priority: IncidentPriority): CallCategory => ({ name, code, priority });

/** Vigil's own sample list of call categories: not anybody's dispatch protocol. */
const categories: readonly CallCategory[] = [
  category('Cardiac arrest', 'CA', 1),
  category('Unconscious', 'UN', 1),
  category('Choking', 'CH', 1),
  category('Major bleeding', 'MB', 1),
  category('Chest pain', 'CP', 2),
  category('Breathing difficulty', 'BD', 2),
  category('Stroke signs', 'ST', 2),
  category('Seizure', 'SZ', 2),
  category('Road collision', 'RC', 2),
  category('Allergic reaction', 'AR', 2),
  category('Burns', 'BU', 2),
  category('Childbirth', 'CB', 2),
  category('Fall', 'FA', 3),
  category('Abdominal pain', 'AP', 3),
  category('Diabetic problem', 'DP', 3),
  category('Overdose', 'OD', 3),
  category('Mental health crisis', 'MH', 3),
  category('Assault', 'AS', 3),
  category('Sick person', 'SP', 4),
  category('Back pain', 'BP', 4),
  category('Transfer', 'TR', 4),
];

const card = (
  name: string | null,
  priority: IncidentPriority | null,
  needs: Readonly<Partial<Record<Capability, number>>>,
  ...services: readonly HospitalService[]
): RunCard => ({
  category: name,
  priority,
  needs: Object.entries(needs).map(([what, count]) => ({ what: what as Capability, count })),
  services: [...services],
});

/** Sample run cards: a site replaces them by its own. */
const runCards: readonly RunCard[] = [
  card('Cardiac arrest', null, { transport: 1, als: 2, physician: 1 }, 'cardiac'),
  card('Chest pain', null, { transport: 1, als: 1 }, 'cardiac'),
  card('Stroke signs', null, { transport: 1 }, 'stroke'),
  card('Road collision', null, { transport: 1, als: 1, command: 1 }, 'trauma'),
  card('Burns', null, { transport: 1, als: 1 }, 'burn'),
  card('Childbirth', null, { transport: 1 }, 'maternity'),
  card('Mental health crisis', null, { transport: 1 }, 'psychiatric'),
  card(null, 1, { transport: 1, als: 1 }),
  card(null, null, { transport: 1 }),
];

const limits = (status: DispatchSettings['statusLimits'][number]['status'], warn: number, alert: number) => ({
  status,
  warn,
  alert,
});
const waits = (priority: IncidentPriority, warn: number, alert: number) => ({ priority, warn, alert });

/**
 * What is shipped, for a site that has set nothing. Turnout 1 min (NFPA 1710), handover 15 min with steps at 30, 45 and 60, and
 * the roll-call every 20 min with 60 s and 120 s, and the response targets (England's ARP) are published figures; the other limits
 * are this project's working assumption.
 */
export const shippedDispatchSettings: DispatchSettings = {
  priorityScheme: 'arp',
  categories: [...categories],
  runCards: [...runCards],
  statusLimits: [
    limits('dispatched', 0.5, 1),
    limits('acknowledged', 1, 2),
    limits('enRoute', 10, 20),
    limits('staging', 10, 20),
    limits('onScene', 20, 40),
    limits('atPatient', 20, 40),
    limits('transporting', 20, 40),
    limits('atDestination', 15, 30),
    limits('offloading', 15, 30),
    limits('clearing', 10, 20),
    limits('outOfService', 30, 60),
  ],
  waitLimits: [waits(1, 0.5, 1), waits(2, 1, 3), waits(3, 10, 30), waits(4, 30, 60), waits(5, 60, 120)],
  offloadSteps: [15, 30, 45, 60],
  geofence: { mode: 'suggest', metres: 150 },
  rollCall: { everyMinutes: 20, answerSeconds: 60, retrySeconds: 120 },
  duplicate: { metres: 300, minutes: 60 },
  unansweredSeconds: 10,
  responseTargets: [
    { priority: 1, mean: 7, centile90: 15 },
    { priority: 2, mean: 18, centile90: 40 },
    { priority: 3, mean: null, centile90: 120 },
    { priority: 4, mean: null, centile90: 180 },
  ],
  shiftStarts: [7 * 60, 19 * 60],
};

/** The settings of the site whose records these are. */
export const dispatchSettingsOf = (view: RecordView): DispatchSettings => {
  for (const { dispatch } of view.list('facility')) if (dispatch) return dispatch;
  return shippedDispatchSettings;
};

/** A priority as the site's scheme calls it: `C1` or `1`. */
export const priorityLabel = (scheme: DispatchSettings['priorityScheme'], priority: IncidentPriority): string =>
  scheme === 'arp' ? `C${priority}` : String(priority);

/** The priorities a person can choose: ARP knows four. */
export const prioritiesOf = (scheme: DispatchSettings['priorityScheme']): readonly IncidentPriority[] =>
  scheme === 'arp' ? [1, 2, 3, 4] : [1, 2, 3, 4, 5];

/** The card of a call: its own category and priority before its category, before its priority, before the card of all. */
export const runCardFor = (
  settings: Pick<DispatchSettings, 'runCards'>,
  call: { readonly category: string; readonly priority: IncidentPriority },
): RunCard | undefined => {
  const fits = settings.runCards.filter(
    (one) =>
      (one.category === null || one.category === call.category) && (one.priority === null || one.priority === call.priority),
  );
  const weight = (one: RunCard): number => (one.category === null ? 0 : 2) + (one.priority === null ? 0 : 1);
  return fits.sort((a, b) => weight(b) - weight(a))[0];
};
