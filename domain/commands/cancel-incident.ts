import { z } from 'zod';
import { idSchema, lineSchema } from '../model/values.ts';
import { stoodDown, unitsOn } from '../rules/dispatching.ts';
import { withEvent } from '../rules/incident-events.ts';
import { isBeforeScene } from '../rules/unit-status.ts';
import { defineCommand, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

/** Ends an incident that needs nobody, and calls its crews back. Never queued: a crew that was not told drives on. */
export const cancelIncident = defineCommand({
  name: 'cancelIncident',
  input: z.strictObject({ incidentId: idSchema, reason: lineSchema.min(1) }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'refuse', instead: 'instead.cancel' },
  apply: (view, { incidentId, reason }, { issuedAt, author }) => {
    const incident = view.get('incident', incidentId);
    if (!incident) return refuse('notFound', 'unknownIncident');
    if (incident.status !== 'open') return refuse('alreadyDone', 'incidentIs', { status: wordOf(`incident.${incident.status}`) });
    const crews = unitsOn(view, incidentId);
    const there = crews.find(({ unit }) => !isBeforeScene(unit.status));
    if (there)
      return refuse('conflict', 'unitAtScene', { unit: there.unit.callsign, status: wordOf(`unit.${there.unit.status}`) });
    return [
      withEvent(
        { ...incident, status: 'cancelled', closedAt: issuedAt, endReason: reason },
        'cancelled',
        reason,
        issuedAt,
        author,
      ),
      ...crews.flatMap(({ unit, assignment }) => stoodDown(assignment, unit, issuedAt, { endReason: reason })),
    ];
  },
});
