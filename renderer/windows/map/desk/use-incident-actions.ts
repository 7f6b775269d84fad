/** What is done to an incident from this board, each with what takes it back where there is such a thing. */
import { useMemo } from 'react';
import { derivedId } from '#domain/commands/derived-id.ts';
import type { CommandInput } from '#domain/commands/registry.ts';
import type { Incident, IncidentPriority } from '#domain/model/incident.ts';
import type { Unit, UnitStatus } from '#domain/model/unit.ts';
import type { Id } from '#domain/model/values.ts';
import { missionsOn, stoodOf } from '#domain/rules/incident-merge.ts';
import { useWindowStore } from '../../../state/hooks.ts';
import { viewOf } from '../../../state/store.ts';
import { useGesture } from '../../../ui/gesture.ts';
import { shortNumber } from '../situation.ts';
import { statusName } from '../words.ts';
import { type Corrected, correctionOf } from './correct-panel.tsx';
import { d } from './strings.ts';

const asCorrected = (incident: Incident): Corrected => incident;

/** The gestures of a dispatcher besides sending crews. They say what they did, or why it was refused. */
export const useIncidentActions = () => {
  const submit = useGesture();
  const store = useWindowStore();
  return useMemo(() => {
    const correct = (before: Incident, after: Corrected): void => {
      const input = correctionOf(before, after);
      if (!input) return;
      const back = correctionOf({ ...before, ...after, position: [after.position[0], after.position[1]] }, asCorrected(before));
      void submit('correctIncident', input, {
        text: d('corrected', { number: shortNumber(before) }),
        ...(back ? { undo: () => void submit('correctIncident', back, { text: d('takenBackDone') }) } : {}),
      });
    };
    return {
      correct,
      setPriority: (incident: Incident, priority: IncidentPriority): void =>
        correct(incident, { ...asCorrected(incident), priority }),
      note: (incidentId: Id, text: string): void => void submit('addIncidentNote', { incidentId, text }, { text: d('noted') }),
      cancel: (incident: Incident, reason: string): void =>
        void submit(
          'cancelIncident',
          { incidentId: incident.id, reason },
          {
            text: d('cancelled', { number: shortNumber(incident) }),
            undo: () =>
              void submit('reopenIncident', { incidentId: incident.id, reason: d('takenBack') }, { text: d('reopenedCrews') }),
          },
        ),
      reopen: (incident: Incident, reason: string): void =>
        void submit(
          'reopenIncident',
          { incidentId: incident.id, reason },
          { text: d('reopened', { number: shortNumber(incident) }) },
        ),
      merge: (stays: Incident, merged: Incident): void => {
        const records = store.getState().records;
        const [number, into] = [shortNumber(merged), shortNumber(stays)];
        const before: CommandInput<'takeBackMerge'> = {
          incidentId: stays.id,
          mergedIncidentId: merged.id,
          assignmentIds: records ? missionsOn(viewOf(records), merged.id).map(({ id }) => id) : [],
          stood: stoodOf(stays),
          ended: { status: merged.status === 'merged' ? 'open' : merged.status, closedAt: merged.closedAt },
        };
        void submit(
          'mergeIncidents',
          { incidentId: stays.id, mergedIncidentId: merged.id },
          {
            text: d('merged', { number, into }),
            undo: () => void submit('takeBackMerge', before, { text: d('unmerged', { number, into }) }),
          },
        );
      },
      split: (incident: Incident, second: Corrected, unitIds: readonly Id[]): void =>
        void submit(
          'splitIncident',
          {
            incidentId: incident.id,
            category: second.category,
            priority: second.priority,
            address: second.address,
            position: [second.position[0], second.position[1]],
            patientSummary: second.patientSummary,
            unitIds: [...unitIds],
          },
          {
            text: d('splitDone', { number: shortNumber(incident) }),
            undo: (commandId) =>
              void submit(
                'takeBackSplit',
                { incidentId: incident.id, splitIncidentId: derivedId(commandId, 0) },
                { text: d('unsplit', { number: shortNumber(incident) }) },
              ),
          },
        ),
      recordMoment: (input: CommandInput<'recordMoment'>): void =>
        void submit('recordMoment', input, { text: d('timeRecorded') }),
      setStatus: (unit: Unit, status: UnitStatus, reason: string | null): void =>
        void submit(
          'setUnitStatus',
          { unitId: unit.id, status, reason },
          { text: d('statusDone', { callsign: unit.callsign, status: statusName(status) }) },
        ),
      refused: (unit: Unit, reason: string): void =>
        void submit('refuseDispatch', { unitId: unit.id, reason }, { text: d('refusalRecorded', { callsign: unit.callsign }) }),
      setEmergency: (unit: Unit, emergency: boolean, reason: string): void =>
        void submit(
          'setEmergency',
          { unitId: unit.id, emergency, reason },
          { text: d(emergency ? 'emergencyOf' : 'emergencyOver', { callsign: unit.callsign }) },
        ),
      answerRollCall: (unit: Unit): void =>
        void submit('answerRollCall', { unitId: unit.id }, { text: d('rollAnswered', { callsign: unit.callsign }) }),
      setDestination: (unit: Unit, hospital: { readonly id: Id; readonly name: string }, before: Id | null): void =>
        void submit(
          'setDestination',
          { unitId: unit.id, hospitalId: hospital.id },
          {
            text: d('destinationSet', { callsign: unit.callsign, hospital: hospital.name }),
            ...(before === null
              ? {}
              : {
                  undo: () =>
                    void submit('setDestination', { unitId: unit.id, hospitalId: before }, { text: d('takenBackDone') }),
                }),
          },
        ),
      prealert: (unit: Unit, input: CommandInput<'recordPrealert'>): void =>
        void submit('recordPrealert', input, { text: d('prealertRecorded', { callsign: unit.callsign }) }),
    };
  }, [submit, store]);
};
export type IncidentActions = ReturnType<typeof useIncidentActions>;
