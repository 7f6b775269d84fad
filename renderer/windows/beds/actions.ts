import { useMemo } from 'react';
import type { CommandInput } from '#domain/commands/registry.ts';
import type { Bed } from '#domain/model/bed.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Id } from '#domain/model/values.ts';
import { serverTimeOf, useWindowStore } from '../../state/hooks.ts';
import { useGesture, useUndoable } from '../../ui/gesture.ts';
import { shortName } from '../../ui/person.ts';
import { t } from '../../ui/translate.ts';
import { b } from './strings.ts';

export type Disposition = CommandInput<'releaseBed'>['disposition'];
/** Why a rule of the department is overridden; empty where none is. */
type Override = Pick<CommandInput<'assignBed'>, 'override'>;

/** Every gesture of the bed board: submitted at once, each with the way back that the domain offers. */
export const useBedActions = () => {
  const gesture = useGesture();
  const undoable = useUndoable(b('undone'));
  const store = useWindowStore();
  return useMemo(() => {
    const nameOf = (encounter: Encounter): string =>
      shortName(store.getState().records?.patient.get(encounter.patientId)?.record);
    /** So many minutes from now; null where nobody knows. */
    const after = (minutes: number | null): number | null =>
      minutes === null ? null : Math.floor(serverTimeOf(store.getState()) ?? Date.now()) + minutes * 60_000;
    return {
      assign: (bed: Bed, encounter: Encounter, override: Override) =>
        undoable(
          'assignBed',
          { bedId: bed.id, encounterId: encounter.id, ...override },
          t('beds.did.assigned', { bed: bed.label, name: nameOf(encounter) }),
        ),
      /** Held until `until` (server time), for one who is to come into it later. */
      hold: (bed: Bed, encounter: Encounter, until: number) =>
        undoable(
          'reserveBed',
          { bedId: bed.id, encounterId: encounter.id, assignmentId: null, reason: b('heldFor'), until: Math.floor(until) },
          b('did.held', { bed: bed.label, name: nameOf(encounter) }),
        ),
      swap: (one: Bed, encounter: Encounter, other: Bed, otherEncounter: Encounter, override: Override) =>
        undoable(
          'swapBeds',
          {
            bedId: one.id,
            otherBedId: other.id,
            encounterId: encounter.id,
            otherEncounterId: otherEncounter.id,
            ...override,
          },
          b('did.swapped', {
            bed: other.label,
            other: one.label,
            name: nameOf(encounter),
            second: nameOf(otherEncounter),
          }),
        ),
      release: (bed: Bed, encounter: Encounter, disposition: Disposition) =>
        undoable(
          'releaseBed',
          { bedId: bed.id, encounterId: encounter.id, disposition },
          t(`beds.did.${disposition}`, { bed: bed.label, name: nameOf(encounter) }),
        ),
      requestCleaning: (bed: Bed) =>
        undoable('cleanBed', { bedId: bed.id, stage: 'request', expectedMinutes: null }, b('did.asked', { bed: bed.label })),
      startCleaning: (bed: Bed, minutes: number, cleaner: string) =>
        undoable(
          'cleanBed',
          { bedId: bed.id, stage: 'start', expectedMinutes: minutes, ...(cleaner === '' ? {} : { cleaner }) },
          t('beds.did.clean.start', { bed: bed.label }),
        ),
      endCleaning: (bed: Bed) =>
        undoable(
          'cleanBed',
          { bedId: bed.id, stage: 'done', expectedMinutes: null },
          t('beds.did.clean.done', { bed: bed.label }),
        ),
      open: (bed: Bed) =>
        undoable('openBed', { bedId: bed.id, open: true, reason: null, until: null }, b('did.opened', { bed: bed.label })),
      close: (bed: Bed, reason: string, minutes: number | null) =>
        undoable(
          'openBed',
          { bedId: bed.id, open: false, reason, until: after(minutes) },
          b('did.closed', { bed: bed.label, reason }),
        ),
      block: (bed: Bed, reason: string, minutes: number | null) =>
        undoable('blockBed', { bedId: bed.id, reason, until: after(minutes) }, t('beds.did.blocked', { bed: bed.label, reason })),
      unblock: (bed: Bed) => undoable('unblockBed', { bedId: bed.id }, t('beds.did.unblocked', { bed: bed.label })),
      setOut: (encounter: Encounter, to: string, minutes: number | null) =>
        undoable(
          'setAway',
          { encounterId: encounter.id, away: { to, expectedBackAt: after(minutes) } },
          b('did.out', { name: nameOf(encounter), to }),
        ),
      setBack: (encounter: Encounter) =>
        undoable('setAway', { encounterId: encounter.id, away: null }, b('did.back', { name: nameOf(encounter) })),
      recordLeft: (encounter: Encounter) =>
        undoable('recordLeft', { encounterId: encounter.id }, b('did.left', { name: nameOf(encounter) })),
      returnToWaiting: (encounter: Encounter) =>
        undoable(
          'returnToWaiting',
          { encounterId: encounter.id, place: encounter.place },
          b('did.returned', { name: nameOf(encounter) }),
        ),
      acknowledge: (alarmId: Id) => gesture('acknowledgeAlarm', { alarmId }),
    };
  }, [gesture, undoable, store]);
};
