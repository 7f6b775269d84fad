import { useMemo } from 'react';
import type { Bed } from '#domain/model/bed.ts';
import { holdUntil } from '#domain/rules/bed-hold.ts';
import { patientOf } from '#domain/rules/inbound.ts';
import { useWindowStore } from '../../state/hooks.ts';
import { useGesture } from '../gesture.ts';
import { clockText } from '../time.ts';
import type { InboundRow } from './rows.ts';
import { i } from './strings.ts';

/** What can be done about an arrival: hold a bed for it, and give a held one back. Each is the way back from the other. */
export const useInboundActions = () => {
  const gesture = useGesture();
  const store = useWindowStore();
  return useMemo(() => {
    const giveBack = (bed: Bed) => {
      const { reservation } = bed;
      const until = reservation?.until ?? null;
      const again = () => reservation && until !== null && void gesture('reserveBed', { bedId: bed.id, ...reservation, until });
      return gesture(
        'endReservation',
        { bedId: bed.id },
        { text: i('didEnd', { bed: bed.label }), ...(until === null || reservation?.reason === '' ? {} : { undo: again }) },
      );
    };
    const hold = (bed: Bed, { inbound, eta }: InboundRow, now: number) => {
      const until = holdUntil(eta.state === 'unknown' ? null : eta.at, now);
      const { callsign } = inbound.unit;
      const zone = store.getState().frame?.timeZone ?? null;
      const what = patientOf(inbound) ?? inbound.incident?.category ?? i('prealert');
      return gesture(
        'reserveBed',
        {
          bedId: bed.id,
          encounterId: null,
          assignmentId: inbound.assignment.id,
          reason: i('holdReason', { callsign, what }).slice(0, 200),
          until,
        },
        {
          text: i('didHold', { bed: bed.label, callsign, time: clockText(until, zone) }),
          undo: () => void gesture('endReservation', { bedId: bed.id }),
        },
      );
    };
    return { hold, giveBack };
  }, [gesture, store]);
};
