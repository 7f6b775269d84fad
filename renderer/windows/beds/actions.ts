import { useMemo } from 'react';
import type { CommandInput } from '#domain/commands/registry.ts';
import type { Bed } from '#domain/model/bed.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Id } from '#domain/model/values.ts';
import { useWindowStore } from '../../state/hooks.ts';
import { useGesture } from '../../ui/gesture.ts';
import { shortName } from '../../ui/person.ts';
import { t } from '../../ui/translate.ts';

export type Disposition = CommandInput<'releaseBed'>['disposition'];
/** How long a standard clean takes here, minutes. */
const cleanMinutes = 20;

/** Every gesture of the bed board: submitted at once, each with the way back that the domain offers. */
export const useBedActions = () => {
  const gesture = useGesture();
  const store = useWindowStore();
  return useMemo(() => {
    const nameOf = (encounter: Encounter): string =>
      shortName(store.getState().records?.patient.get(encounter.patientId)?.record);
    return {
      assign: (bed: Bed, encounter: Encounter) =>
        gesture(
          'assignBed',
          { bedId: bed.id, encounterId: encounter.id },
          {
            text: t('beds.did.assigned', { bed: bed.label, name: nameOf(encounter) }),
            // A patient moved from another bed cannot go back: that bed is contaminated now.
            ...(encounter.bedId === null
              ? { undo: () => void gesture('unassignBed', { bedId: bed.id, encounterId: encounter.id, place: encounter.place }) }
              : {}),
          },
        ),
      release: (bed: Bed, encounter: Encounter, disposition: Disposition) =>
        gesture(
          'releaseBed',
          { bedId: bed.id, encounterId: encounter.id, disposition },
          {
            text: t(`beds.did.${disposition}`, { bed: bed.label, name: nameOf(encounter) }),
            undo: () => {
              const releasedAt = store.getState().records?.bed.get(bed.id)?.record.since;
              if (releasedAt !== undefined)
                void gesture('restoreToBed', { bedId: bed.id, encounterId: encounter.id, releasedAt });
            },
          },
        ),
      clean: (bed: Bed) => {
        const stage = bed.status === 'contaminated' ? 'start' : 'done';
        return gesture(
          'cleanBed',
          { bedId: bed.id, stage, expectedMinutes: stage === 'start' ? cleanMinutes : null },
          { text: t(`beds.did.clean.${stage}`, { bed: bed.label }) },
        );
      },
      block: (bed: Bed, reason: string) =>
        gesture(
          'blockBed',
          { bedId: bed.id, reason, until: null },
          { text: t('beds.did.blocked', { bed: bed.label, reason }), undo: () => void gesture('unblockBed', { bedId: bed.id }) },
        ),
      unblock: (bed: Bed) =>
        gesture(
          'unblockBed',
          { bedId: bed.id },
          {
            text: t('beds.did.unblocked', { bed: bed.label }),
            ...(bed.note === null || bed.note === ''
              ? {}
              : { undo: () => void gesture('blockBed', { bedId: bed.id, reason: bed.note ?? '', until: bed.until }) }),
          },
        ),
      acknowledge: (alarmId: Id) => gesture('acknowledgeAlarm', { alarmId }),
    };
  }, [gesture, store]);
};
