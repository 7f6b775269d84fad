/** The whole live picture of a moment, made from the store. Pure: drawing is others' work. */
import type { Id, Instant, Position } from '#domain/model/values.ts';
import type { ReceivedFix, RecordTables } from '../../state/store.ts';
import { type KnownBases, placeBases } from './compose-bases.ts';
import { type CallerCircle, placeCallers } from './compose-callers.ts';
import { placeHospitals, placeIncidents } from './compose-places.ts';
import { placeUnits } from './compose-units.ts';
import { type Fence, placeFences, placeWays, type Way } from './compose-ways.ts';
import type { Crowd } from './crowd.ts';
import type { Bounds } from './engine/port.ts';
import type { LayersShown } from './layers.ts';
import { incidentRows } from './situation.ts';
import type { PlaceLook } from './symbols/draw.ts';
import type { UnitSymbol } from './symbols/unit-symbol.ts';

export type Selection = { readonly kind: 'incident' | 'unit' | 'hospital'; readonly id: Id };
/** What the board's own text says of the fleet. Ages in milliseconds; null when no fix was ever received. */
export type FleetSummary = {
  readonly units: number;
  readonly withoutPosition: number;
  readonly newestAge: number | null;
  readonly oldestAge: number | null;
  readonly newestFix: Instant | null;
  /** Open incidents that a switched layer keeps off the map. */
  readonly incidentsHidden: number;
};

/** Beside a symbol: the source's clock is wrong, the crew is late. */
export type Sign = 'skewed' | 'delayed';
/** How far a unit stands in front: in the crowd, chosen or on what was chosen, or in emergency over everything. */
export type Standing = 'crowd' | 'chosen' | 'emergency';
export type UnitSpot = {
  readonly id: Id;
  readonly position: Position;
  readonly symbol: UnitSymbol;
  readonly standing: Standing;
  /** Degrees from north; null while it stands or nobody knows. */
  readonly heading: number | null;
  readonly signs: readonly Sign[];
};
/** Units parked at one spot, drawn as one. */
export type GroupSpot = {
  readonly id: Id;
  readonly position: Position;
  readonly look: PlaceLook;
  readonly members: readonly Id[];
};
/** Two lines beside a symbol, beginning `gap` ems from its middle; the lowest `rank` is placed first, 0 is what a person chose. */
export type Label = {
  readonly id: Id;
  readonly position: Position;
  readonly name: string;
  readonly sub: string;
  readonly tone: 'plain' | 'late' | 'alarm';
  readonly gap: number;
  readonly rank: number;
};
/** A symbol that always asks for its words. The highest `order` lies on top. */
export type NamedMark = Label & { readonly look: PlaceLook; readonly order: number };
export type Picture = {
  readonly crowd: Crowd;
  readonly units: readonly UnitSpot[];
  readonly groups: readonly GroupSpot[];
  readonly labels: readonly Label[];
  readonly incidents: readonly NamedMark[];
  readonly hospitals: readonly NamedMark[];
  readonly bases: readonly NamedMark[];
  readonly ways: readonly Way[];
  readonly fences: readonly Fence[];
  readonly callers: readonly CallerCircle[];
  /** Where every open incident is, hidden ones included: what the view follows. */
  readonly active: ReadonlyMap<Id, Position>;
  readonly summary: FleetSummary;
};
export type Scene = {
  readonly records: RecordTables;
  readonly positions: ReadonlyMap<Id, ReceivedFix>;
  readonly now: Instant;
  /** The desk hears nothing: every position is a memory, and one banner says so for all. */
  readonly cutOff: boolean;
  readonly selection: Selection | null;
  /** Units chosen for the selected incident and not yet sent. */
  readonly proposed: readonly Id[];
  readonly view: Bounds;
  readonly layers: LayersShown;
  readonly bases: KnownBases;
  /** The crowd of the picture before. */
  readonly crowd: Crowd;
};

/** Newest and oldest word of the fleet. */
const summaryOf = ({ records, positions, now }: Scene, incidentsHidden: number): FleetSummary => {
  let newest: ReceivedFix | null = null;
  let oldest: ReceivedFix | null = null;
  let withPosition = 0;
  for (const { record: unit } of records.unit.values()) {
    const fix = positions.get(unit.id);
    if (!fix) continue;
    withPosition += 1;
    if (!newest || fix.receivedAt > newest.receivedAt) newest = fix;
    if (!oldest || fix.receivedAt < oldest.receivedAt) oldest = fix;
  }
  const ageOf = (fix: ReceivedFix | null): number | null => fix && Math.max(0, now - fix.receivedAt);
  return {
    units: records.unit.size,
    withoutPosition: records.unit.size - withPosition,
    newestAge: ageOf(newest),
    oldestAge: ageOf(oldest),
    newestFix: newest?.observedAt ?? null,
    incidentsHidden,
  };
};

/** The picture of a moment. */
export const composePicture = (scene: Scene): Picture => {
  const rows = incidentRows(scene.records);
  const incidents = placeIncidents(rows, scene);
  const placed = placeUnits(scene);
  return {
    ...placed,
    incidents,
    hospitals: scene.layers.hospitals || scene.selection?.kind === 'hospital' ? placeHospitals(scene) : [],
    bases: placeBases(scene, scene.bases),
    ways: placeWays(scene, placed.crowd),
    fences: placeFences(scene),
    callers: placeCallers(scene),
    active: new Map(rows.map(({ incident }) => [incident.id, incident.position])),
    summary: summaryOf(scene, rows.length - incidents.length),
  };
};
