import { z } from 'zod';
import { surgeSchema } from '../model/surge.ts';
import { lineSchema } from '../model/values.ts';
import { boardSettingsOf } from '../rules/board-defaults.ts';
import { standingActions } from '../rules/surge-watch.ts';
import { defineCommand, refuse } from './definition.ts';
import { derivedId } from './derived-id.ts';

const mostActions = 100;

/** The id of the action that a `recordSurgeAction` given as `commandId` records. */
export const surgeActionOf = (commandId: string): string => derivedId(commandId, 1);

/**
 * Records what is done because a threshold of crowding was reached; the first action opens the surge. An action belongs to the surge
 * that ran when it was taken, in its own place, also when it is heard of later: from a desk that was offline, after the end. A
 * surge of which everything was taken back begins anew. Undone by takeBackSurgeAction.
 */
export const recordSurgeAction = defineCommand({
  name: 'recordSurgeAction',
  input: z.strictObject({ code: surgeSchema.shape.code, value: surgeSchema.shape.value, action: lineSchema.min(1) }),
  roles: ['chargeNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { code, value, action }, { commandId, issuedAt, author, newId }) => {
    const taken = { at: issuedAt, by: author, text: action, id: surgeActionOf(commandId), takenBack: null };
    const surges = [...view.list('surge')].filter((surge) => surge.code === code);
    const ran =
      surges.find(({ startedAt, ended }) => ended !== null && startedAt <= issuedAt && issuedAt < ended.at) ??
      surges.find(({ ended }) => ended === null);
    if (ran)
      return [
        {
          ...ran,
          ...(issuedAt < ran.startedAt || standingActions(ran).length === 0 ? { startedAt: issuedAt, value } : {}),
          actions: [...ran.actions, taken].toSorted((a, b) => a.at - b.at).slice(-mostActions),
        },
      ];
    const threshold = boardSettingsOf(view).surge.find((one) => one.code === code);
    if (!threshold) return refuse('notFound', 'unknownThreshold');
    const { name, measure } = threshold;
    return [{ kind: 'surge', id: newId(0), code, name, measure, value, startedAt: issuedAt, actions: [taken], ended: null }];
  },
});
