/** Which ways and circles belong on the map. Pure; the roads themselves are asked for elsewhere. */
import type { Assignment } from '#domain/model/assignment.ts';
import type { Unit, UnitStatus } from '#domain/model/unit.ts';
import type { Id, Position } from '#domain/model/values.ts';
import { shippedDispatchSettings } from '#domain/rules/dispatch-defaults.ts';
import { isWithin } from './auto-fit.ts';
import type { Crowd } from './crowd.ts';
import type { Scene } from './picture.ts';

/** A unit's way to where it is sent. `chosen` is of what a person looks at, `proposed` of a unit not sent yet. */
export type Way = {
  readonly id: Id;
  readonly from: Position;
  readonly to: Position;
  readonly kind: 'active' | 'chosen' | 'proposed';
  readonly byAir: boolean;
};
/** A circle on the ground. */
export type Fence = { readonly centre: Position; readonly metres: number };

/** On one screen more ways than these are a tangle. Those of what a person chose come first. */
const mostWays = 120;
const toScene: ReadonlySet<UnitStatus> = new Set(['dispatched', 'acknowledged', 'enRoute']);

const targetOf = ({ records }: Scene, unit: Unit, assignment: Assignment): Position | undefined => {
  if (toScene.has(unit.status)) return records.incident.get(assignment.incidentId)?.record.position;
  if (unit.status !== 'transporting' || assignment.hospitalId === null) return undefined;
  return records.hospital.get(assignment.hospitalId)?.record.position;
};

/** The ways to draw: of missions on the road when their layer is on and few enough share the view, and always of what is chosen or proposed. */
export const placeWays = (scene: Scene, crowd: Crowd): readonly Way[] => {
  const { records, positions, selection, proposed, layers, view } = scene;
  const isSeen = (position: Position): boolean => isWithin(position, view);
  const ways: Record<Way['kind'], Way[]> = { active: [], chosen: [], proposed: [] };
  for (const { record: unit } of records.unit.values()) {
    const assignment = unit.assignmentId === null ? undefined : records.assignment.get(unit.assignmentId)?.record;
    const from = positions.get(unit.id)?.position;
    if (!assignment || !from) continue;
    const isChosen = selection !== null && (selection.id === unit.id || selection.id === assignment.incidentId);
    // A way without its unit would lead from nowhere.
    if (!isChosen && (!layers.routes || !layers.units || crowd === 'dense')) continue;
    const to = targetOf(scene, unit, assignment);
    if (!to || !(isChosen || isSeen(from) || isSeen(to))) continue;
    const kind = isChosen ? 'chosen' : 'active';
    ways[kind].push({ id: unit.id, from, to, kind, byAir: unit.type === 'helicopter' });
  }
  const target = selection?.kind === 'incident' ? records.incident.get(selection.id)?.record.position : undefined;
  for (const id of target ? proposed : []) {
    const from = positions.get(id)?.position;
    const byAir = records.unit.get(id)?.record.type === 'helicopter';
    if (from && target) ways.proposed.push({ id: `proposed ${id}`, from, to: target, kind: 'proposed', byAir });
  }
  return [...ways.proposed, ...ways.chosen, ...ways.active].slice(0, mostWays);
};

/** Where a unit counts as arrived: around open incidents and hospitals, as the site has set it. */
export const placeFences = ({ records, layers }: Scene): readonly Fence[] => {
  if (!layers.fences) return [];
  const [facility] = records.facility.values();
  const { metres } = (facility?.record.dispatch ?? shippedDispatchSettings).geofence;
  const open = [...records.incident.values()].filter(({ record }) => record.status === 'open');
  return [...open, ...records.hospital.values()].map(({ record }) => ({ centre: record.position, metres }));
};
