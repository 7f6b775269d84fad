/** How exactly it is known where callers are. Pure. */
import type { Call } from '#domain/model/call.ts';
import type { Id } from '#domain/model/values.ts';
import type { Fence } from './compose-ways.ts';
import type { Scene } from './picture.ts';

/** The circle in which a caller is, `metres` around what the line or the telephone says. */
export type CallerCircle = Fence & { readonly id: Id };

const circleOf = (id: Id, location: Call['location'] | undefined): readonly CallerCircle[] =>
  location && location.uncertaintyMetres !== null && location.uncertaintyMetres > 0
    ? [{ id, centre: location.position, metres: location.uncertaintyMetres }]
    : [];

/** Circles of calls that nobody has made an incident of yet, and of the incident that is looked at. */
export const placeCallers = ({
  records,
  selection,
  layers,
}: Pick<Scene, 'records' | 'selection' | 'layers'>): readonly CallerCircle[] => {
  if (!layers.callers) return [];
  const chosen = selection?.kind === 'incident' ? records.incident.get(selection.id)?.record : undefined;
  const open = [...records.call.values()]
    .map(({ record }) => record)
    .filter(({ incidentId, endedAt }) => incidentId === null && endedAt === null);
  return [
    ...(chosen ? circleOf(chosen.id, chosen.caller?.location) : []),
    ...open.flatMap((call) => circleOf(call.id, call.location)),
  ];
};
