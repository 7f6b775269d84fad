import { useMemo } from 'react';
import type { Bed } from '#domain/model/bed.ts';
import { holdUntil } from '#domain/rules/bed-hold.ts';
import { boardSettingsOf, shippedBoardSettings } from '#domain/rules/board-defaults.ts';
import { patientOf } from '#domain/rules/inbound.ts';
import { useWindowStore } from '../../state/hooks.ts';
import { viewOf } from '../../state/store.ts';
import { useUndoable } from '../gesture.ts';
import { clockText } from '../time.ts';
import type { InboundRow } from './rows.ts';
import { i } from './strings.ts';

/** What can be done about an arrival: hold a bed for it, and give a held one back. Each is the way back from the other. */
export const useInboundActions = () => {
  const undoable = useUndoable('');
  const store = useWindowStore();
  return useMemo(() => {
    const giveBack = (bed: Bed) => undoable('endReservation', { bedId: bed.id }, i('didEnd', { bed: bed.label }));
    const hold = (bed: Bed, { inbound, eta }: InboundRow, now: number) => {
      const { records } = store.getState();
      const settings = records ? boardSettingsOf(viewOf(records)) : shippedBoardSettings;
      const until = holdUntil(eta.state === 'unknown' ? null : eta.at, now, settings);
      const { callsign } = inbound.unit;
      const zone = store.getState().frame?.timeZone ?? null;
      const what = patientOf(inbound) ?? inbound.incident?.category ?? i('prealert');
      return undoable(
        'reserveBed',
        {
          bedId: bed.id,
          encounterId: null,
          assignmentId: inbound.assignment.id,
          reason: i('holdReason', { callsign, what }).slice(0, 200),
          until,
        },
        i('didHold', { bed: bed.label, callsign, time: clockText(until, zone) }),
      );
    };
    return { hold, giveBack };
  }, [undoable, store]);
};
