/** Messages at the invented department. */

import type { VigilRecord } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import { buildMessage, testId } from '#domain/testing/builders.ts';

const minute = 60_000;

/** Messages in every state: urgent and waiting, answered by some, answered by all. */
export const inventedMessages = (now: Instant): readonly VigilRecord[] => {
  const by = { personId: testId('9', 2), name: 'Lena Sorel' };
  const answered = { at: now - 3 * minute, by: { personId: testId('9', 1), name: 'Kerr' } };
  const crewOf = (number: number) => ({ to: 'unit' as const, unitId: testId('2', number) });
  return [
    buildMessage({
      id: testId('6', 201),
      sentAt: now - 5 * minute,
      by,
      urgent: true,
      text: 'Major incident standby: bus on the Rambla, up to 20 injured. Say how many red and amber you can take.',
      recipients: [
        { recipient: { to: 'role', role: 'chargeNurse' }, acknowledged: null },
        { recipient: { to: 'role', role: 'triageNurse' }, acknowledged: answered },
        { recipient: crewOf(1), acknowledged: answered },
        { recipient: crewOf(2), acknowledged: null },
        { recipient: crewOf(3), acknowledged: null },
      ],
      incidentId: testId('1', 2),
    }),
    buildMessage({
      id: testId('6', 202),
      sentAt: now - 12 * minute,
      by,
      text: 'CT 1 is back in use.',
      recipients: [{ recipient: { to: 'role', role: 'chargeNurse' }, acknowledged: null }],
    }),
    buildMessage({
      id: testId('6', 203),
      sentAt: now - 40 * minute,
      by,
      text: 'Avenida Italia is closed at Comercio until 07:00.',
      recipients: [
        { recipient: { to: 'role', role: 'chargeNurse' }, acknowledged: answered },
        { recipient: crewOf(4), acknowledged: answered },
      ],
    }),
  ];
};
