import { z } from 'zod';
import { surgeSchema } from '../model/surge.ts';
import { lineSchema } from '../model/values.ts';
import { boardSettingsOf } from '../rules/board-defaults.ts';
import { defineCommand, refuse } from './definition.ts';

/** Records what is done because a threshold of crowding was reached; the first action opens the surge. */
export const recordSurgeAction = defineCommand({
  name: 'recordSurgeAction',
  input: z.strictObject({ code: surgeSchema.shape.code, value: surgeSchema.shape.value, action: lineSchema.min(1) }),
  roles: ['chargeNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { code, value, action }, { issuedAt, author, newId }) => {
    const taken = { at: issuedAt, by: author, text: action };
    const open = [...view.list('surge')].find((surge) => surge.code === code && surge.ended === null);
    if (open) return [{ ...open, actions: [...open.actions, taken].slice(-100) }];
    const threshold = boardSettingsOf(view).surge.find((one) => one.code === code);
    if (!threshold) return refuse('notFound', 'This threshold is not one of this department.');
    const { name, measure } = threshold;
    return [{ kind: 'surge', id: newId(0), code, name, measure, value, startedAt: issuedAt, actions: [taken], ended: null }];
  },
});
