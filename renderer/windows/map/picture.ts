/** The whole live picture as plain features, made from the store at one moment. Pure: drawing and sending are others' work. */
import type { Assignment } from '#domain/model/assignment.ts';
import type { Hospital } from '#domain/model/hospital.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id, Instant, Position } from '#domain/model/values.ts';
import { type Freshness, freshness } from '#domain/rules/freshness.ts';
import { isFree } from '#domain/rules/unit-status.ts';
import type { ReceivedFix, RecordTables } from '../../state/store.ts';
import { spanText } from '../../ui/time.ts';
import type { Bounds } from './engine/port.ts';
import { type LabelClaim, labelled } from './label-budget.ts';
import { type IncidentRow, inboundByHospital, incidentClock, incidentRows, shortNumber, statusLimits } from './situation.ts';
import { m } from './strings.ts';
import { hospitalImageName, type PinLook, pinImageName } from './symbols/draw.ts';
import { headingRadius, type UnitSymbol, unitImageName, unitSymbol } from './symbols/unit-symbol.ts';
import { hospitalNote, statusName } from './words.ts';

export type Selection = { readonly kind: 'incident' | 'unit' | 'hospital'; readonly id: Id };
/** An image that a feature names, told so that it can be drawn once. */
export type ImageNeed =
  | { readonly kind: 'unit'; readonly symbol: UnitSymbol }
  | { readonly kind: 'heading'; readonly radius: number; readonly solidity: UnitSymbol['solidity'] }
  | { readonly kind: 'pin'; readonly look: PinLook }
  | { readonly kind: 'hospital'; readonly status: Hospital['emsTrafficStatus']; readonly selected: boolean }
  | { readonly kind: 'group'; readonly count: number; readonly anyFree: boolean; readonly quiet: boolean };
/** What the board's own text says of the fleet. Ages in milliseconds; null when no fix was ever received. */
export type FleetSummary = {
  readonly units: number;
  readonly withoutPosition: number;
  readonly newestAge: number | null;
  readonly oldestAge: number | null;
  readonly newestFix: Instant | null;
};
/** The order of units that a person chose or that go to what was chosen. */
export const chosenOrder = 90;
/** One symbol: `icon` names its image, the highest `order` lies on top; `heading` turns the image `tick` by degrees from north. */
export type Mark = {
  readonly id: Id;
  readonly position: Position;
  readonly icon: string;
  readonly order: number;
  readonly heading: { readonly degrees: number; readonly tick: string } | null;
};
/** Two lines beside a symbol, beginning `gap` ems from its middle; the lowest `rank` is placed first, 0 is what a person chose. */
export type Label = {
  readonly id: Id;
  readonly position: Position;
  readonly name: string;
  readonly sub: string;
  readonly late: boolean;
  readonly gap: number;
  readonly rank: number;
};
/** A symbol that always asks for its words. */
export type NamedMark = Mark & Label;
export type Link = { readonly from: Position; readonly to: Position; readonly proposed: boolean };
export type Picture = {
  readonly units: ReadonlyMap<Id, Mark>;
  readonly labels: ReadonlyMap<Id, Label>;
  readonly incidents: ReadonlyMap<Id, NamedMark>;
  readonly hospitals: ReadonlyMap<Id, NamedMark>;
  readonly links: readonly Link[];
  readonly images: ReadonlyMap<string, ImageNeed>;
  /** Units parked at one spot, by the id of the feature that stands for them. */
  readonly groups: ReadonlyMap<Id, readonly Id[]>;
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
  readonly labelBudget: number;
};

type Placed = {
  readonly unit: Unit;
  readonly fix: ReceivedFix;
  readonly fresh: Freshness;
  readonly assignment: Assignment | undefined;
};
type Words = { readonly sub: string; readonly late: boolean };

/** The one line under a callsign: what needs someone first, else how long or when. */
export const unitLine = ({ unit, fresh, assignment }: Omit<Placed, 'fix'>, now: Instant, cutOff: boolean): Words => {
  if (unit.emergency) return { sub: m('emergency'), late: true };
  if (fresh.state === 'lost') return { sub: m('fixLost', { span: spanText(fresh.ageMs) }), late: !cutOff };
  if (fresh.state === 'stale' || cutOff)
    return { sub: m('fixAge', { span: spanText(fresh.ageMs) }), late: fresh.state === 'stale' && !cutOff };
  if (fresh.skewed) return { sub: m('clockSkew'), late: true };
  const inStatus = now - unit.statusSince;
  const limit = statusLimits[unit.status];
  const late = limit !== undefined && inStatus > limit;
  if (unit.status === 'offloading') return { sub: m('offloadFor', { span: spanText(inStatus) }), late };
  if (unit.status === 'transporting' && assignment?.etaAt) {
    const left = assignment.etaAt - now;
    return left >= 0 ? { sub: m('etaIn', { span: spanText(left) }), late: false } : { sub: m('etaPassed'), late: true };
  }
  if (unit.status === 'outOfService') return { sub: unit.outOfServiceReason ?? statusName('outOfService'), late: false };
  if (isFree(unit.status))
    return {
      sub: unit.restingUntil !== null && unit.restingUntil > now ? m('resting', { span: spanText(unit.restingUntil - now) }) : '',
      late: false,
    };
  return { sub: spanText(inStatus), late };
};

/** Where a label may begin, in ems from the middle of its symbol: just outside its image. */
const gaps = { bare: 1.7, ringed: 2.15, selected: 2.6, group: 1.85, hospital: 1.75, pin: 2.25, selectedPin: 2.85 } as const;

/** Units within some 20 m share a cell. */
const cell = ([longitude, latitude]: Position): string => `${longitude.toFixed(4)} ${latitude.toFixed(4)}`;

const summaryOf = (placed: readonly Placed[], units: number): FleetSummary => {
  let newest: Placed | null = null;
  let oldest: Placed | null = null;
  for (const one of placed) {
    if (!newest || one.fix.receivedAt > newest.fix.receivedAt) newest = one;
    if (!oldest || one.fix.receivedAt < oldest.fix.receivedAt) oldest = one;
  }
  return {
    units,
    withoutPosition: units - placed.length,
    newestAge: newest?.fresh.ageMs ?? null,
    oldestAge: oldest?.fresh.ageMs ?? null,
    newestFix: newest?.fix.observedAt ?? null,
  };
};

const rankOf = ({ unit, fresh }: Placed, selected: boolean, chosen: boolean): number =>
  selected
    ? 0
    : chosen || unit.emergency
      ? 1
      : fresh.state === 'stale' || fresh.state === 'lost'
        ? 3
        : unit.status === 'outOfService'
          ? 6
          : isFree(unit.status)
            ? 5
            : 4;

const placeUnits = (scene: Scene, images: Map<string, ImageNeed>) => {
  const { records, positions, now, cutOff, selection, proposed, view, labelBudget } = scene;
  const placed: Placed[] = [];
  for (const { record: unit } of records.unit.values()) {
    const fix = positions.get(unit.id);
    if (!fix) continue;
    const assignment = unit.assignmentId === null ? undefined : records.assignment.get(unit.assignmentId)?.record;
    placed.push({ unit, fix, fresh: freshness('unitFix', fix, now), assignment });
  }
  const isChosen = ({ unit, assignment }: Placed): boolean =>
    selection?.id === unit.id ||
    proposed.includes(unit.id) ||
    (selection?.kind === 'incident' && assignment?.incidentId === selection.id);

  const together = new Map<string, Placed[]>();
  for (const one of placed) {
    if (isChosen(one) || one.unit.emergency || !(isFree(one.unit.status) || one.unit.status === 'outOfService')) continue;
    const spot = cell(one.fix.position);
    const members = together.get(spot);
    if (members) members.push(one);
    else together.set(spot, [one]);
  }
  const grouped = new Set<Id>();
  const groups = new Map<Id, readonly Id[]>();
  const points = new Map<Id, Mark>();
  const claims: (LabelClaim & Label)[] = [];
  for (const [spot, members] of together) {
    const first = members[0];
    if (members.length < 2 || !first) continue;
    const id = `group ${spot}`;
    const anyFree = members.some(({ unit, fresh }) => isFree(unit.status) && fresh.state !== 'lost');
    const icon = `group-${members.length}-${anyFree}-${cutOff}`;
    images.set(icon, { kind: 'group', count: members.length, anyFree, quiet: cutOff });
    for (const { unit } of members) grouped.add(unit.id);
    groups.set(
      id,
      members.map(({ unit }) => unit.id),
    );
    points.set(id, { id, position: first.fix.position, icon, order: 40, heading: null });
    const callsigns = members.map(({ unit }) => unit.callsign).toSorted();
    const station = members.every(
      ({ unit }) => unit.stationName === first.unit.stationName && unit.status === 'availableAtStation',
    );
    claims.push({
      id,
      position: first.fix.position,
      rank: 2,
      gap: gaps.group,
      name: station ? first.unit.stationName : m('here', { count: members.length }),
      sub: callsigns.length > 4 ? `${callsigns.slice(0, 3).join(' · ')} +${callsigns.length - 3}` : callsigns.join(' · '),
      late: false,
    });
  }
  for (const one of placed) {
    const { unit, fix, fresh } = one;
    if (grouped.has(unit.id)) continue;
    const old = fresh.state === 'stale' || fresh.state === 'lost';
    const solidity = cutOff ? 'hollowQuiet' : old ? 'hollow' : 'solid';
    const symbol = unitSymbol(unit, solidity, selection?.id === unit.id);
    const icon = unitImageName(symbol);
    if (!images.has(icon)) images.set(icon, { kind: 'unit', symbol });
    const heads = fix.heading !== null && fresh.state !== 'lost' && (fix.speed === null || fix.speed > 3);
    const radius = headingRadius(symbol.ring);
    const tick = `heading-${radius}-${solidity}`;
    if (heads && !images.has(tick)) images.set(tick, { kind: 'heading', radius, solidity });
    const chosen = isChosen(one);
    points.set(unit.id, {
      id: unit.id,
      position: fix.position,
      icon,
      order: chosen ? chosenOrder : unit.emergency ? 80 : isFree(unit.status) ? 60 : 50,
      heading: heads ? { degrees: fix.heading ?? 0, tick } : null,
    });
    claims.push({
      id: unit.id,
      position: fix.position,
      rank: rankOf(one, symbol.selected, chosen),
      gap: symbol.selected ? gaps.selected : symbol.ring === 'none' || symbol.ring === 'slash' ? gaps.bare : gaps.ringed,
      name: unit.callsign,
      ...unitLine(one, now, cutOff),
    });
  }
  const shown = labelled(claims, view, labelBudget);
  const labels = new Map(claims.filter(({ id }) => shown.has(id)).map((claim): [Id, Label] => [claim.id, claim]));
  return { points, labels, groups, placed };
};

const placeIncidents = (
  rows: readonly IncidentRow[],
  { now, selection }: Scene,
  images: Map<string, ImageNeed>,
): ReadonlyMap<Id, NamedMark> =>
  new Map(
    rows.map((row): [Id, NamedMark] => {
      const { incident, missions } = row;
      const look: PinLook = {
        priority: incident.priority,
        alone: missions.length === 0,
        selected: selection?.id === incident.id,
      };
      const icon = pinImageName(look);
      images.set(icon, { kind: 'pin', look });
      const { since, limit, lead } = incidentClock(row);
      const span = spanText(now - since);
      const sub = lead ? `${statusName(lead.unit.status).toLowerCase()} ${span}` : m('noUnitSince', { span });
      return [
        incident.id,
        {
          id: incident.id,
          position: incident.position,
          icon,
          // The most urgent lies on top.
          order: look.selected ? 1 : -incident.priority,
          heading: null,
          name: shortNumber(incident),
          sub,
          late: !lead || (limit !== null && now - since > limit),
          gap: look.selected ? gaps.selectedPin : gaps.pin,
          rank: look.selected ? 0 : incident.priority,
        },
      ];
    }),
  );

const placeHospitals = ({ records, selection }: Scene, images: Map<string, ImageNeed>): ReadonlyMap<Id, NamedMark> => {
  const inbound = inboundByHospital(records);
  return new Map(
    [...records.hospital.values()].map(({ record: hospital }): [Id, NamedMark] => {
      const selected = selection?.id === hospital.id;
      const icon = hospitalImageName(hospital.emsTrafficStatus, selected);
      images.set(icon, { kind: 'hospital', status: hospital.emsTrafficStatus, selected });
      return [
        hospital.id,
        {
          id: hospital.id,
          position: hospital.position,
          icon,
          order: selected ? 1 : 0,
          heading: null,
          name: hospital.name,
          sub: hospitalNote(hospital, inbound.get(hospital.id) ?? 0),
          late: false,
          gap: selected ? gaps.selected : gaps.hospital,
          rank: selected ? 0 : 5,
        },
      ];
    }),
  );
};

const linksOf = ({ records, positions, selection, proposed }: Scene): readonly Link[] => {
  const lines: Link[] = [];
  const join = (unitId: Id, to: Position | undefined, isProposed: boolean): void => {
    const from = positions.get(unitId)?.position;
    if (from && to) lines.push({ from, to, proposed: isProposed });
  };
  if (selection?.kind === 'incident') {
    const target = records.incident.get(selection.id)?.record.position;
    for (const { record: unit } of records.unit.values()) {
      if (unit.assignmentId === null || records.assignment.get(unit.assignmentId)?.record.incidentId !== selection.id) continue;
      if (unit.status !== 'transporting') join(unit.id, target, false);
    }
    for (const unitId of proposed) join(unitId, target, true);
  }
  if (selection?.kind === 'unit') {
    const unit = records.unit.get(selection.id)?.record;
    const assignment = unit && unit.assignmentId !== null ? records.assignment.get(unit.assignmentId)?.record : undefined;
    const hospital =
      assignment && unit?.status === 'transporting' && assignment.hospitalId !== null
        ? records.hospital.get(assignment.hospitalId)?.record
        : undefined;
    if (unit && assignment)
      join(unit.id, hospital?.position ?? records.incident.get(assignment.incidentId)?.record.position, false);
  }
  return lines;
};

/** The picture of a moment. */
export const composePicture = (scene: Scene): Picture => {
  const images = new Map<string, ImageNeed>();
  const { points, labels, groups, placed } = placeUnits(scene, images);
  return {
    units: points,
    labels,
    groups,
    incidents: placeIncidents(incidentRows(scene.records), scene, images),
    hospitals: placeHospitals(scene, images),
    links: linksOf(scene),
    images,
    summary: summaryOf(placed, scene.records.unit.size),
  };
};
