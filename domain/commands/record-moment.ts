import { z } from 'zod';
import { assignmentTimesSchema } from '../model/assignment.ts';
import { idSchema, instantSchema } from '../model/values.ts';
import { timeOrder } from '../rules/assignment-times.ts';
import { defineCommand, refuse } from './definition.ts';

/** Corrects or adds one time of a mission, as a crew reported it later. What stands in the wrong order is shown as that, never swapped. */
export const recordMoment = defineCommand({
  name: 'recordMoment',
  input: z.strictObject({ assignmentId: idSchema, moment: z.enum(timeOrder), at: instantSchema }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { assignmentId, moment, at }, { issuedAt }) => {
    const assignment = view.get('assignment', assignmentId);
    if (!assignment) return refuse('notFound', 'unknownMission');
    if (at > issuedAt) return refuse('malformed', 'timeToCome');
    if (assignment.times[moment] === at) return refuse('alreadyDone', 'timeStands');
    const seenArrivals = assignment.seenArrivals.filter((seen) => seen.moment !== moment);
    return [{ ...assignment, times: assignmentTimesSchema.parse({ ...assignment.times, [moment]: at }), seenArrivals }];
  },
});
