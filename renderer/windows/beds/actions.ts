import { useMemo } from 'react';
import type { CommandInput } from '#domain/commands/registry.ts';
import type { Bed } from '#domain/model/bed.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Id } from '#domain/model/values.ts';
import { placementConcerns } from '#domain/rules/placement.ts';
import { serverTimeOf, useWindowStore } from '../../state/hooks.ts';
import { useGesture } from '../../ui/gesture.ts';
import { shortName } from '../../ui/person.ts';
import { t } from '../../ui/translate.ts';
import { b } from './strings.ts';

export type Disposition = CommandInput<'releaseBed'>['disposition'];
/** Why a rule of the department is overridden; empty where none is. */
type Override = Pick<CommandInput<'assignBed'>, 'override'>;

/** Every gesture of the bed board: submitted at once, each with the way back that the domain offers. */
export const useBedActions = () => {
  const gesture = useGesture();
  const store = useWindowStore();
  return useMemo(() => {
    const nameOf = (encounter: Encounter): string =>
      shortName(store.getState().records?.patient.get(encounter.patientId)?.record);
    const serverTime = (): number => Math.floor(serverTimeOf(store.getState()) ?? Date.now());
    /** So many minutes from now; null where nobody knows. */
    const after = (minutes: number | null): number | null => (minutes === null ? null : serverTime() + minutes * 60_000);
    /** An end that is over is none. */
    const stillAhead = (until: number | null): number | null => (until !== null && until > serverTime() ? until : null);
    const bedNow = (bed: Bed): Bed | undefined => store.getState().records?.bed.get(bed.id)?.record;
    return {
      /** `from` is the bed the patient lies in now. */
      assign: (bed: Bed, encounter: Encounter, from: Bed | undefined, override: Override) => {
        const { place } = encounter;
        const taken = { bedId: bed.id, encounterId: encounter.id };
        return gesture(
          'assignBed',
          { ...taken, ...override },
          {
            text: t('beds.did.assigned', { bed: bed.label, name: nameOf(encounter) }),
            undo: () => {
              const leftAt = from && bedNow(from)?.since;
              if (!from) void gesture('unassignBed', { ...taken, place });
              else if (leftAt !== undefined) void gesture('unassignBed', { ...taken, backTo: { bedId: from.id, leftAt } });
            },
          },
        );
      },
      swap: (one: Bed, encounter: Encounter, other: Bed, otherEncounter: Encounter, override: Override) => {
        const pair = { bedId: one.id, otherBedId: other.id };
        return gesture(
          'swapBeds',
          { ...pair, encounterId: encounter.id, otherEncounterId: otherEncounter.id, ...override },
          {
            text: b('did.swapped', {
              bed: other.label,
              other: one.label,
              name: nameOf(encounter),
              second: nameOf(otherEncounter),
            }),
            // Each lay there before: what speaks against it then was decided then.
            undo: () =>
              void gesture('swapBeds', {
                ...pair,
                encounterId: otherEncounter.id,
                otherEncounterId: encounter.id,
                override: { concerns: [...placementConcerns], reason: b('undone') },
              }),
          },
        );
      },
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
      requestCleaning: (bed: Bed) => {
        const asked = { bedId: bed.id, expectedMinutes: null };
        return gesture(
          'cleanBed',
          { ...asked, stage: 'request' },
          {
            text: b('did.asked', { bed: bed.label }),
            undo: () => {
              const requestedAt = bedNow(bed)?.since;
              if (requestedAt !== undefined) void gesture('cleanBed', { ...asked, stage: 'withdraw', requestedAt });
            },
          },
        );
      },
      startCleaning: (bed: Bed, minutes: number, cleaner: string) =>
        gesture(
          'cleanBed',
          { bedId: bed.id, stage: 'start', expectedMinutes: minutes, ...(cleaner === '' ? {} : { cleaner }) },
          {
            text: t('beds.did.clean.start', { bed: bed.label }),
            undo: () => void gesture('cleanBed', { bedId: bed.id, stage: 'stop', expectedMinutes: null }),
          },
        ),
      endCleaning: (bed: Bed) =>
        gesture(
          'cleanBed',
          { bedId: bed.id, stage: 'done', expectedMinutes: null },
          {
            text: t('beds.did.clean.done', { bed: bed.label }),
            undo: () =>
              void gesture('cleanBed', {
                bedId: bed.id,
                stage: 'request',
                expectedMinutes: null,
                ...(bed.note === null ? {} : { note: bed.note }),
              }),
          },
        ),
      open: (bed: Bed) =>
        gesture(
          'openBed',
          { bedId: bed.id, open: true, reason: null, until: null },
          {
            text: b('did.opened', { bed: bed.label }),
            undo: () => void gesture('openBed', { bedId: bed.id, open: false, reason: bed.note, until: stillAhead(bed.until) }),
          },
        ),
      close: (bed: Bed, reason: string, minutes: number | null) =>
        gesture(
          'openBed',
          { bedId: bed.id, open: false, reason, until: after(minutes) },
          {
            text: b('did.closed', { bed: bed.label, reason }),
            undo: () => void gesture('openBed', { bedId: bed.id, open: true, reason: null, until: null }),
          },
        ),
      block: (bed: Bed, reason: string, minutes: number | null) =>
        gesture(
          'blockBed',
          { bedId: bed.id, reason, until: after(minutes) },
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
              : {
                  undo: () => void gesture('blockBed', { bedId: bed.id, reason: bed.note ?? '', until: stillAhead(bed.until) }),
                }),
          },
        ),
      setOut: (encounter: Encounter, to: string, minutes: number | null) =>
        gesture(
          'setAway',
          { encounterId: encounter.id, away: { to, expectedBackAt: after(minutes) } },
          {
            text: b('did.out', { name: nameOf(encounter), to }),
            undo: () => void gesture('setAway', { encounterId: encounter.id, away: null }),
          },
        ),
      setBack: (encounter: Encounter) => {
        const { away } = encounter;
        return gesture(
          'setAway',
          { encounterId: encounter.id, away: null },
          {
            text: b('did.back', { name: nameOf(encounter) }),
            ...(away && away.to !== ''
              ? {
                  undo: () =>
                    void gesture('setAway', {
                      encounterId: encounter.id,
                      away: { to: away.to, expectedBackAt: away.expectedBackAt, since: away.since },
                    }),
                }
              : {}),
          },
        );
      },
      recordLeft: (encounter: Encounter) =>
        gesture(
          'recordLeft',
          { encounterId: encounter.id },
          {
            text: b('did.left', { name: nameOf(encounter) }),
            undo: () => void gesture('returnToWaiting', { encounterId: encounter.id, place: encounter.place }),
          },
        ),
      returnToWaiting: (encounter: Encounter) =>
        gesture(
          'returnToWaiting',
          { encounterId: encounter.id, place: encounter.place },
          {
            text: b('did.returned', { name: nameOf(encounter) }),
            undo: () => void gesture('recordLeft', { encounterId: encounter.id }),
          },
        ),
      acknowledge: (alarmId: Id) => gesture('acknowledgeAlarm', { alarmId }),
    };
  }, [gesture, store]);
};
