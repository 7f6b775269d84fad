import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { defineCommand, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

/** A task is done or not wanted any more; null opens it again. */
export const endTask = defineCommand({
  name: 'endTask',
  input: z.strictObject({ taskId: idSchema, outcome: z.enum(['done', 'cancelled']).nullable() }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { taskId, outcome }, { issuedAt, author }) => {
    const task = view.get('task', taskId);
    if (!task) return refuse('notFound', 'unknownTask');
    if ((task.ended?.outcome ?? null) === outcome)
      return refuse('alreadyDone', 'taskIsAlready', { state: wordOf(`task.${outcome ?? 'open'}`) });
    if (task.ended && outcome !== null)
      return refuse('conflict', 'taskEnded', { name: task.ended.by.name, state: wordOf(`task.${task.ended.outcome}`) });
    return [{ ...task, ended: outcome && { at: issuedAt, by: author, outcome } }];
  },
});
