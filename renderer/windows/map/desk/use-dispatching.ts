/** Sending crews from this board: who was sent, who could not be told, and what the dispatcher then did by voice. */
import { useCallback, useState } from 'react';
import type { Unit } from '#domain/model/unit.ts';
import type { Id } from '#domain/model/values.ts';
import { useClient, useWindowStore } from '../../../state/hooks.ts';
import { useGesture } from '../../../ui/gesture.ts';
import { useToast } from '../../../ui/toast.tsx';
import type { Sending } from './send-panel.tsx';
import { d } from './strings.ts';

export type Untold = { readonly incidentId: Id; readonly unitIds: readonly Id[] };
export type Dispatching = {
  /** Units that a refused dispatch left untold. */
  readonly untold: Untold | null;
  /** Sends all, each with a command of its own; true when a crew could not be told and has to be sent by radio. */
  readonly send: (incidentId: Id, sending: Sending) => Promise<boolean>;
  readonly recordVoice: (incidentId: Id, units: readonly Unit[], voiceNote: string) => Promise<void>;
  readonly standDown: (unit: Unit, reason: string) => Promise<void>;
  readonly forget: () => void;
};

export const useDispatching = (): Dispatching => {
  const client = useClient();
  const store = useWindowStore();
  const submit = useGesture();
  const toast = useToast();
  const [untold, setUntold] = useState<Untold | null>(null);
  const callsignOf = useCallback((id: Id) => store.getState().records?.unit.get(id)?.record.callsign ?? '–', [store]);

  return {
    untold,
    send: async (incidentId, { free, divert, reason }) => {
      const refused: Id[] = [];
      const orders = [
        ...free.map((unitId) => ({ unitId, isDiversion: false })),
        ...divert.map((unitId) => ({ unitId, isDiversion: true })),
      ];
      // One command each: a unit that was taken meanwhile must not hold back the others.
      for (const { unitId, isDiversion } of orders) {
        const answer = isDiversion
          ? await client.submit('divertUnit', { incidentId, unitId, reason })
          : await client.submit('dispatchUnit', { incidentId, unitId });
        const callsign = callsignOf(unitId);
        if (answer.status === 'saved')
          toast.show({
            text: d(isDiversion ? 'diverted' : 'dispatched', { callsign }),
            undo: () => void submit('cancelDispatch', { unitId, reason: d('takenBack') }, { text: d('stoodDown', { callsign }) }),
          });
        else if (answer.status === 'refused' && answer.code === 'needsLink' && !isDiversion) refused.push(unitId);
        else
          toast.show({
            tone: 'refused',
            text: answer.status === 'notSaved' ? d('notSaved', { message: answer.message }) : `${callsign}: ${answer.message}`,
          });
      }
      setUntold(refused.length > 0 ? { incidentId, unitIds: refused } : null);
      return refused.length > 0;
    },
    recordVoice: async (incidentId, units, voiceNote) => {
      for (const { id, callsign } of units)
        await submit('dispatchByVoice', { incidentId, unitId: id, voiceNote }, { text: d('voiceRecorded', { callsign }) });
      setUntold(null);
    },
    standDown: async ({ id, callsign }, reason) => {
      await submit('cancelDispatch', { unitId: id, reason }, { text: d('stoodDown', { callsign }) });
    },
    forget: () => setUntold(null),
  };
};
