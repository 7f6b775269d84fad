/** `s M21 av`: what a dispatcher types without looking. A unit and a status are matched whole, never by a part of a word. */
import type { Unit, UnitStatus } from '#domain/model/unit.ts';
import { unitStatuses } from '#domain/model/unit.ts';

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

export type BoardCommand =
  | { readonly kind: 'status'; readonly unit: Unit; readonly status: UnitStatus; readonly reason: string | null }
  | { readonly kind: 'find'; readonly text: string }
  | { readonly kind: 'unknown'; readonly problem: 'empty' | 'verb' | 'unit' | 'status' | 'reason'; readonly word: string };

const statusNamed = (word: string): UnitStatus | undefined =>
  statusAliases[word.toLowerCase()] ?? unitStatuses.find((status) => status.toLowerCase() === word.toLowerCase());

/** Reads one command line. `s UNIT STATUS [reason]` sets a status, `f TEXT` or `find TEXT` looks for a unit or an incident. */
export const parseCommand = (line: string, units: Iterable<Unit>): BoardCommand => {
  const [verb = '', ...words] = line.trim().replace(/^\//, '').trim().split(/\s+/);
  const unknown = (problem: 'empty' | 'verb' | 'unit' | 'status' | 'reason', word: string): BoardCommand => ({
    kind: 'unknown',
    problem,
    word,
  });
  if (verb === '') return unknown('empty', '');
  if (verb.toLowerCase() === 'f' || verb.toLowerCase() === 'find')
    return words.length > 0 ? { kind: 'find', text: words.join(' ') } : unknown('empty', '');
  if (verb.toLowerCase() !== 's') return unknown('verb', verb);
  const [callsign = '', statusWord = '', ...reasonWords] = words;
  const unit = [...units].find((candidate) => candidate.callsign.toLowerCase() === callsign.toLowerCase());
  if (!unit) return unknown('unit', callsign);
  const status = statusNamed(statusWord);
  if (!status) return unknown('status', statusWord);
  const reason = reasonWords.join(' ').trim();
  if (status === 'outOfService' && reason === '') return unknown('reason', statusWord);
  return { kind: 'status', unit, status, reason: status === 'outOfService' ? reason : null };
};
