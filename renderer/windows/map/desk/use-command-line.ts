import { useState } from 'react';
import type { Incident } from '#domain/model/incident.ts';
import type { Unit } from '#domain/model/unit.ts';
import { serverTimeOf, useWindowStore } from '../../../state/hooks.ts';
import { recordsOf } from '../../../state/store.ts';
import { clockText } from '../../../ui/time.ts';
import type { Selection } from '../picture.ts';
import { type BoardCommand, incidentNumbered, type Problem, parseCommand, statusAliases } from './board-command.ts';
import { d } from './strings.ts';
import type { Dispatching } from './use-dispatching.ts';
import type { IncidentActions } from './use-incident-actions.ts';

export type CommandLine = {
  /** What was done last and when. */
  readonly last: string | null;
  /** Does what a line says; answers with the problem to show, or null when it was done. */
  readonly run: (line: string) => string | null;
};

const problemText = (problem: Problem, word: string): string =>
  problem === 'empty' ? '' : d(`problem_${problem}`, { word, aliases: Object.keys(statusAliases).join(' ') });

/** The line for people who type: the same gestures as the keys, the same sentences. */
export const useCommandLine = (desk: {
  readonly chosen: Incident | null;
  readonly zone: string | null;
  readonly actions: IncidentActions;
  readonly dispatching: Dispatching;
  readonly onFound: (selection: Selection) => void;
  /** A crew that could not be told. */
  readonly onUntold: (incident: Incident) => void;
  /** A crew that could not be called back. */
  readonly onUncalled: (unit: Unit) => void;
}): CommandLine => {
  const store = useWindowStore();
  const [last, setLast] = useState<string | null>(null);
  const { actions, dispatching } = desk;

  const find = (text: string, units: readonly Unit[], incidents: readonly Incident[]): boolean => {
    const wanted = text.toLowerCase();
    const unit = units.find(({ callsign }) => callsign.toLowerCase() === wanted);
    const isOpen = ({ status }: Incident): boolean => status === 'open';
    // A number is one incident's; words are looked for in what is open before what has ended.
    const incident =
      incidentNumbered(wanted, incidents) ??
      [...incidents.filter(isOpen), ...incidents.filter((one) => !isOpen(one))].find(({ number, category, address }) =>
        `${number ?? ''} ${category} ${address}`.toLowerCase().includes(wanted),
      );
    const found: Selection | null = unit
      ? { kind: 'unit', id: unit.id }
      : incident
        ? { kind: 'incident', id: incident.id }
        : null;
    if (found) desk.onFound(found);
    return found !== null;
  };
  const sendOne = async (incident: Incident, unit: Unit, reason: string | null): Promise<void> => {
    const sending = reason === null ? { free: [unit.id], divert: [], reason: '' } : { free: [], divert: [unit.id], reason };
    if (await dispatching.send(incident.id, sending)) desk.onUntold(incident);
  };
  const act = (command: Exclude<BoardCommand, { kind: 'unknown' | 'find' }>): void => {
    switch (command.kind) {
      case 'status':
        actions.setStatus(command.unit, command.status, command.reason);
        break;
      case 'dispatch':
        void sendOne(command.incident, command.unit, null);
        break;
      case 'divert':
        void sendOne(command.incident, command.unit, command.reason);
        break;
      case 'voice':
        void dispatching.recordVoice(command.incident.id, [command.unit], command.text);
        break;
      case 'cancel':
        actions.cancel(command.incident, command.reason);
        break;
      case 'reopen':
        actions.reopen(command.incident, command.reason);
        break;
      case 'standDown':
        void dispatching.standDown(command.unit, command.reason).then((isUntold) => isUntold && desk.onUncalled(command.unit));
        break;
      case 'refused':
        actions.refused(command.unit, command.reason);
        break;
      case 'note':
        actions.note(command.incident.id, command.text);
        break;
      case 'priority':
        actions.setPriority(command.incident, command.priority);
        break;
      case 'destination': {
        const { assignmentId } = command.unit;
        const before = assignmentId === null ? null : store.getState().records?.assignment.get(assignmentId)?.record.hospitalId;
        actions.setDestination(command.unit, command.hospital, before ?? null);
        break;
      }
      case 'emergency':
        actions.setEmergency(command.unit, command.emergency, command.reason || d('emergencyByDesk'));
        break;
    }
  };
  return {
    last,
    run: (line) => {
      const state = store.getState();
      if (!state.records) return d('notKnownYet');
      const units = recordsOf(state.records, 'unit');
      const incidents = recordsOf(state.records, 'incident');
      const command = parseCommand(line, {
        units,
        incidents,
        hospitals: recordsOf(state.records, 'hospital'),
        chosen: desk.chosen,
      });
      if (command.kind === 'unknown') return command.problem === 'empty' ? null : problemText(command.problem, command.word);
      if (command.kind === 'find')
        return find(command.text, units, incidents) ? null : d('problem_nothing', { word: command.text });
      act(command);
      setLast(
        d('lastCommand', { line: line.trim().replace(/^\//, ''), at: clockText(serverTimeOf(state) ?? 0, desk.zone, true) }),
      );
      return null;
    },
  };
};
