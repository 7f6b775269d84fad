/** Sending crews from this board: who was sent, who could not be told, and what the dispatcher then did by voice. */
import { useCallback, useState } from 'react';
import type { Unit } from '#domain/model/unit.ts';
import type { Id } from '#domain/model/values.ts';
import { useClient, useWindowStore } from '../../../state/hooks.ts';
import { useGesture } from '../../../ui/gesture.ts';
import { refusalText } from '../../../ui/refusal-text.ts';
import { useToast } from '../../../ui/toast.tsx';
import type { Sending } from './send-panel.tsx';
import { d } from './strings.ts';

export type Untold = {
  readonly incidentId: Id;
  readonly unitIds: readonly Id[];
  /** The missions that those of them are to leave that were to be diverted, by unit. */
  readonly instead: ReadonlyMap<Id, { readonly assignmentId: Id; readonly reason: string }>;
};
/** A crew that was to be called back. */
export type Uncalled = { readonly unitId: Id; readonly assignmentId: Id; readonly reason: string };
export type Dispatching = {
  /** Units that a refused dispatch left untold. */
  readonly untold: Untold | null;
  /** The crew that a refused calling-back left untold. */
  readonly uncalled: Uncalled | null;
  /** Sends all, each with a command of its own; true when a crew could not be told and has to be sent by radio. */
  readonly send: (incidentId: Id, sending: Sending) => Promise<boolean>;
  readonly recordVoice: (incidentId: Id, units: readonly Unit[], voiceNote: string) => Promise<void>;
  /** Calls a crew back; true when it could not be told and has to be called by radio. */
  readonly standDown: (unit: Pick<Unit, 'id' | 'callsign'>, reason: string) => Promise<boolean>;
  readonly recordRecall: (unit: Unit, voiceNote: string) => Promise<void>;
  readonly forget: () => void;
};

export const useDispatching = (): Dispatching => {
  const client = useClient();
  const store = useWindowStore();
  const submit = useGesture();
  const toast = useToast();
  const [untold, setUntold] = useState<Untold | null>(null);
  const [uncalled, setUncalled] = useState<Uncalled | null>(null);
  const unitOf = useCallback((id: Id) => store.getState().records?.unit.get(id)?.record, [store]);

  const standDown: Dispatching['standDown'] = async ({ id, callsign }, reason) => {
    const assignmentId = unitOf(id)?.assignmentId ?? null;
    const answer = await submit('cancelDispatch', { unitId: id, reason }, { text: d('stoodDown', { callsign }) });
    const isUntold = answer.status === 'refused' && answer.code === 'needsLink' && assignmentId !== null;
    setUncalled(isUntold ? { unitId: id, assignmentId, reason } : null);
    return isUntold;
  };

  return {
    untold,
    uncalled,
    send: async (incidentId, { free, divert, reason }) => {
      const refused: Id[] = [];
      const instead = new Map<Id, { readonly assignmentId: Id; readonly reason: string }>();
      const orders = [
        ...free.map((unitId) => ({ unitId, isDiversion: false })),
        ...divert.map((unitId) => ({ unitId, isDiversion: true })),
      ];
      // One command each: a unit that was taken meanwhile must not hold back the others.
      for (const { unitId, isDiversion } of orders) {
        const unit = unitOf(unitId);
        const leaves = unit?.assignmentId ?? null;
        const answer = isDiversion
          ? await client.submit('divertUnit', { incidentId, unitId, reason })
          : await client.submit('dispatchUnit', { incidentId, unitId });
        const callsign = unit?.callsign ?? '–';
        if (answer.status === 'saved')
          toast.show({
            text: d(isDiversion ? 'diverted' : 'dispatched', { callsign }),
            undo: () => void standDown({ id: unitId, callsign }, d('takenBack')),
          });
        else if (answer.status === 'refused' && answer.code === 'needsLink') {
          refused.push(unitId);
          if (isDiversion && leaves !== null) instead.set(unitId, { assignmentId: leaves, reason });
        } else
          toast.show({
            tone: 'refused',
            text:
              answer.status === 'notSaved'
                ? d('notSaved', { message: refusalText(answer) })
                : `${callsign}: ${refusalText(answer)}`,
          });
      }
      setUntold(refused.length > 0 ? { incidentId, unitIds: refused, instead } : null);
      return refused.length > 0;
    },
    recordVoice: async (incidentId, units, voiceNote) => {
      for (const { id, callsign } of units) {
        const instead = untold?.incidentId === incidentId ? (untold.instead.get(id) ?? null) : null;
        const text = d('voiceRecorded', { callsign });
        await submit('dispatchByVoice', { incidentId, unitId: id, voiceNote, instead }, { text });
      }
      setUntold(null);
    },
    standDown,
    recordRecall: async ({ id, callsign }, voiceNote) => {
      if (uncalled?.unitId !== id) return;
      const { assignmentId, reason } = uncalled;
      const text = d('voiceRecorded', { callsign });
      await submit('cancelDispatchByVoice', { assignmentId, reason, voiceNote }, { text });
      setUncalled(null);
    },
    forget: () => {
      setUntold(null);
      setUncalled(null);
    },
  };
};
