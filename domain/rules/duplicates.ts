import type { DispatchSettings } from '../model/dispatch-settings.ts';
import type { Incident } from '../model/incident.ts';
import type { Instant, Position } from '../model/values.ts';
import { straightMetres } from './drive.ts';

export type Duplicate = { readonly incident: Incident; readonly metres: number; readonly sameKind: boolean };

/** Open incidents that a new call may be about: near and not long ago, those of its kind first, then the nearest. */
export const possibleDuplicates = (
  incidents: Iterable<Incident>,
  call: { readonly position: Position; readonly category: string | null },
  settings: DispatchSettings['duplicate'],
  now: Instant,
): readonly Duplicate[] =>
  [...incidents]
    .filter(({ status, callReceivedAt }) => status === 'open' && now - callReceivedAt <= settings.minutes * 60_000)
    .map((incident) => ({
      incident,
      metres: straightMetres(incident.position, call.position),
      sameKind: incident.category === call.category,
    }))
    .filter(({ metres }) => metres <= settings.metres)
    .sort((a, b) => Number(b.sameKind) - Number(a.sameKind) || a.metres - b.metres || (a.incident.id < b.incident.id ? -1 : 1));
