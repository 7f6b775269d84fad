import { z } from 'zod';
import { taskSchema } from '../model/task.ts';
import { defineCommand } from './definition.ts';
import { presentVisit } from './present-visit.ts';

const { encounterId, text, owner, dueAt } = taskSchema.shape;

/** Asks for something to be done, for a patient or for the department. */
export const addTask = defineCommand({
  name: 'addTask',
  input: z.strictObject({ encounterId, text: text.min(1), owner, dueAt }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, asked, { issuedAt, author, newId }) => {
    const visit = asked.encounterId === null ? null : presentVisit(view, asked.encounterId);
    if (visit && 'code' in visit) return visit;
    return [{ kind: 'task', id: newId(0), ...asked, createdAt: issuedAt, by: author, ended: null }];
  },
});
