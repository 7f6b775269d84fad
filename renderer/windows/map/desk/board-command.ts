/**
 * `s M21 av`: what a dispatcher types without looking. A unit and a status are matched whole, never by a part of a word; an
 * incident by the digits that people say on the radio.
 */
import type { Hospital } from '#domain/model/hospital.ts';
import type { Incident, IncidentPriority } from '#domain/model/incident.ts';
import type { Unit, UnitStatus } from '#domain/model/unit.ts';
import { unitStatuses } from '#domain/model/unit.ts';
import { isBeforeScene } from '#domain/rules/unit-status.ts';

/** Short forms, each standing for one status. */
export const statusAliases: Readonly<Record<string, UnitStatus>> = {
  as: 'availableAtStation',
  st: 'availableAtStation',
  av: 'availableMobile',
  am: 'availableMobile',
  ak: 'acknowledged',
  er: 'enRoute',
  sg: 'staging',
  os: 'onScene',
  ap: 'atPatient',
  tr: 'transporting',
  ad: 'atDestination',
  of: 'offloading',
  cl: 'clearing',
  oos: 'outOfService',
};

/** What a line is read against; `chosen` is the incident before the dispatcher. */
export type CommandScene = {
  readonly units: Iterable<Unit>;
  readonly incidents: Iterable<Incident>;
  readonly hospitals: Iterable<Hospital>;
  readonly chosen: Incident | null;
};
export type Problem = 'empty' | 'verb' | 'unit' | 'status' | 'reason' | 'incident' | 'hospital' | 'priority' | 'text';
export type BoardCommand =
  | { readonly kind: 'status'; readonly unit: Unit; readonly status: UnitStatus; readonly reason: string | null }
  | { readonly kind: 'find'; readonly text: string }
  | { readonly kind: 'dispatch'; readonly unit: Unit; readonly incident: Incident }
  | { readonly kind: 'divert'; readonly unit: Unit; readonly incident: Incident; readonly reason: string }
  | { readonly kind: 'voice'; readonly unit: Unit; readonly incident: Incident; readonly text: string }
  | { readonly kind: 'cancel'; readonly incident: Incident; readonly reason: string }
  | { readonly kind: 'reopen'; readonly incident: Incident; readonly reason: string }
  | { readonly kind: 'standDown' | 'refused'; readonly unit: Unit; readonly reason: string }
  | { readonly kind: 'note'; readonly incident: Incident; readonly text: string }
  | { readonly kind: 'priority'; readonly incident: Incident; readonly priority: IncidentPriority }
  | { readonly kind: 'destination'; readonly unit: Unit; readonly hospital: Hospital }
  | { readonly kind: 'emergency'; readonly unit: Unit; readonly emergency: boolean; readonly reason: string }
  | { readonly kind: 'unknown'; readonly problem: Problem; readonly word: string };

const statusNamed = (word: string): UnitStatus | undefined =>
  statusAliases[word.toLowerCase()] ?? unitStatuses.find((status) => status.toLowerCase() === word.toLowerCase());

/** The incident of a number: its last digits, leading zeros left out; an open one before one that ended, the newest first. */
export const incidentNumbered = (word: string, incidents: Iterable<Incident>): Incident | undefined =>
  /^\d+$/.test(word)
    ? [...incidents]
        .filter(({ number }) => Number(number?.split('-').at(-1)) === Number(word))
        .sort((a, b) => Number(b.status === 'open') - Number(a.status === 'open') || b.callReceivedAt - a.callReceivedAt)[0]
    : undefined;

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
const hospitalNamed = (text: string, hospitals: Iterable<Hospital>): Hospital | undefined => {
  const all = [...hospitals];
  const wanted = plain(text);
  const found = all.filter(({ name }) =>
    plain(name)
      .split(/\s+/)
      .some((_word, at, words) => words.slice(at).join(' ').startsWith(wanted)),
  );
  return all.find(({ name }) => plain(name) === wanted) ?? (found.length === 1 ? found[0] : undefined);
};

const reader = ({ units, incidents, hospitals, chosen }: CommandScene) => {
  const unknown = (problem: Problem, word: string): BoardCommand => ({ kind: 'unknown', problem, word });
  const unitOf = (word: string): Unit | undefined =>
    [...units].find(({ callsign }) => callsign.toLowerCase() === word.toLowerCase());
  const ofUnit = (words: readonly string[], then: (unit: Unit, rest: readonly string[]) => BoardCommand): BoardCommand => {
    const unit = unitOf(words[0] ?? '');
    return unit ? then(unit, words.slice(1)) : unknown('unit', words[0] ?? '');
  };
  /** The incident that the words begin with, else the chosen one. */
  const ofIncident = (
    words: readonly string[],
    then: (incident: Incident, rest: readonly string[]) => BoardCommand,
  ): BoardCommand => {
    const named = incidentNumbered(words[0] ?? '', incidents);
    if (named) return then(named, words.slice(1));
    return chosen ? then(chosen, words) : unknown('incident', words[0] ?? '');
  };
  const said = (rest: readonly string[], then: (text: string) => BoardCommand, problem: Problem = 'reason'): BoardCommand => {
    const text = rest.join(' ').trim();
    return text === '' ? unknown(problem, '') : then(text);
  };

  const verbs: Readonly<Record<string, (words: readonly string[]) => BoardCommand>> = {
    f: (words) => said(words, (text) => ({ kind: 'find', text }), 'empty'),
    s: (words) =>
      ofUnit(words, (unit, [word = '', ...rest]) => {
        const status = statusNamed(word);
        if (!status) return unknown('status', word);
        if (status !== 'outOfService') return { kind: 'status', unit, status, reason: null };
        return said(rest, (reason) => ({ kind: 'status', unit, status, reason }), 'reason');
      }),
    d: (words) =>
      ofUnit(words, (unit, after) =>
        ofIncident(after, (incident, rest) =>
          isBeforeScene(unit.status) && unit.assignmentId !== null
            ? said(rest, (reason) => ({ kind: 'divert', unit, incident, reason }))
            : { kind: 'dispatch', unit, incident },
        ),
      ),
    v: (words) =>
      ofUnit(words, (unit, after) =>
        ofIncident(after, (incident, rest) => said(rest, (text) => ({ kind: 'voice', unit, incident, text }), 'text')),
      ),
    x: (words) => {
      const unit = unitOf(words[0] ?? '');
      if (unit) return said(words.slice(1), (reason) => ({ kind: 'standDown', unit, reason }));
      return ofIncident(words, (incident, rest) => said(rest, (reason) => ({ kind: 'cancel', incident, reason })));
    },
    no: (words) => ofUnit(words, (unit, rest) => said(rest, (reason) => ({ kind: 'refused', unit, reason }))),
    o: (words) => ofIncident(words, (incident, rest) => said(rest, (reason) => ({ kind: 'reopen', incident, reason }))),
    n: (words) => ofIncident(words, (incident, rest) => said(rest, (text) => ({ kind: 'note', incident, text }), 'text')),
    p: (words) => {
      const level = Number(words.at(-1));
      if (![1, 2, 3, 4, 5].includes(level)) return unknown('priority', words.at(-1) ?? '');
      return ofIncident(words.slice(0, -1), (incident) => ({
        kind: 'priority',
        incident,
        priority: level as IncidentPriority,
      }));
    },
    h: (words) =>
      ofUnit(words, (unit, rest) => {
        const hospital = hospitalNamed(rest.join(' '), hospitals);
        return hospital && rest.length > 0 ? { kind: 'destination', unit, hospital } : unknown('hospital', rest.join(' '));
      }),
    e: (words) =>
      ofUnit(words, (unit, rest) =>
        rest[0]?.toLowerCase() === 'off'
          ? said(rest.slice(1), (reason) => ({ kind: 'emergency', unit, emergency: false, reason }))
          : { kind: 'emergency', unit, emergency: true, reason: rest.join(' ').trim() },
      ),
  };
  return { verbs, unknown };
};

/**
 * Reads one command line: `s UNIT STATUS [reason]` · `d UNIT [INCIDENT] [reason to divert]` · `v UNIT [INCIDENT] how` told by voice ·
 * `x UNIT|INCIDENT reason` · `no UNIT reason` refused · `o INCIDENT reason` reopened · `n [INCIDENT] text` · `p [INCIDENT] 1-5` ·
 * `h UNIT hospital` · `e UNIT [off] reason` · `f TEXT`. An incident left out is the chosen one.
 */
export const parseCommand = (line: string, scene: CommandScene): BoardCommand => {
  const [verb = '', ...words] = line.trim().replace(/^\//, '').trim().split(/\s+/);
  const { verbs, unknown } = reader(scene);
  if (verb === '') return unknown('empty', '');
  const name = verb.toLowerCase() === 'find' ? 'f' : verb.toLowerCase();
  const read = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  return read ? read(words) : unknown('verb', verb);
};
