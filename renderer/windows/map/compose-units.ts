/**
 * The units of a view. Thousands move every second, so this looks once at each, words are made only for those that may carry
 * them, and looks are shared objects. An emergency, and what a person chose, stands alone and is drawn whatever is switched off.
 */
import { unitStatuses } from '#domain/model/unit.ts';
import type { Id, Position } from '#domain/model/values.ts';
import { freshness } from '#domain/rules/freshness.ts';
import { isFree } from '#domain/rules/unit-status.ts';
import { isWithin } from './auto-fit.ts';
import { crowdOf, labelBudget } from './crowd.ts';
import type { Bounds } from './engine/port.ts';
import { symbolGaps } from './label-gaps.ts';
import type { GroupSpot, Label, Picture, Scene, Sign, Standing, UnitSpot } from './picture.ts';
import { settingsOf, statusLimits } from './situation.ts';
import { m } from './strings.ts';
import { type Solidity, type UnitSymbol, unitSymbol } from './symbols/unit-symbol.ts';
import { type PlacedUnit, unitLine } from './unit-line.ts';

/** Part of a screen that is composed beyond its edges, so that a moving view does not uncover bare ground. */
const marginShare = 0.25;
const noSigns: readonly Sign[] = [];
const signsOf = (skewed: boolean, delayed: boolean): readonly Sign[] =>
  skewed || delayed ? [...(skewed ? (['skewed'] as const) : []), ...(delayed ? (['delayed'] as const) : [])] : noSigns;

const widened = ([[west, south], [east, north]]: Bounds): Bounds => {
  const [wide, high] = [(east - west) * marginShare, (north - south) * marginShare];
  return [
    [west - wide, south - high],
    [east + wide, north + high],
  ];
};
/** Units within some 10 m share a cell, told as one number. */
const cellOf = ([longitude, latitude]: Position): number =>
  Math.round((latitude + 90) * 10_000) * 4_000_000 + Math.round((longitude + 180) * 10_000);

type Seen = PlacedUnit & { readonly standing: Standing; readonly inView: boolean };
/** Something that would carry words: its turn, and how they are made once it has one. */
type Claim = { readonly rank: number; readonly label: () => Label };

const solidityOf = ({ fresh }: PlacedUnit, cutOff: boolean): Solidity => {
  if (fresh.state === 'lost') return cutOff ? 'lostQuiet' : 'lost';
  if (cutOff) return 'hollowQuiet';
  return fresh.state === 'stale' ? 'hollow' : 'solid';
};
const rankOf = ({ unit, fresh, standing }: Seen, selected: boolean): number => {
  if (selected || standing === 'emergency') return 0;
  if (standing === 'chosen') return 1;
  if (fresh.state === 'stale' || fresh.state === 'lost' || fresh.skewed || unit.delayed) return 3;
  return unit.status === 'outOfService' ? 6 : isFree(unit.status) ? 5 : 4;
};
const gapOf = ({ standing }: Seen, { selected, ring }: UnitSymbol): number => {
  if (standing === 'emergency') return symbolGaps.emergency;
  if (selected) return symbolGaps.selected;
  return ring === 'none' || ring === 'slash' ? symbolGaps.bare : symbolGaps.ringed;
};

/** The units to look at: in view or near it, drawn by the layers that are on. */
const unitsOf = ({ records, positions, now, selection, proposed, view, layers }: Scene): readonly Seen[] => {
  const near = widened(view);
  const settings = settingsOf(records);
  const limitsOf = new Map(unitStatuses.map((status) => [status, statusLimits(settings, status)]));
  const found: Seen[] = [];
  for (const { record: unit } of records.unit.values()) {
    const fix = positions.get(unit.id);
    if (!fix || !isWithin(fix.position, near)) continue;
    const assignment = unit.assignmentId === null ? undefined : records.assignment.get(unit.assignmentId)?.record;
    const chosen =
      selection !== null && (selection.id === unit.id || assignment?.incidentId === selection.id || proposed.includes(unit.id));
    const standing = unit.emergency ? 'emergency' : chosen ? 'chosen' : 'crowd';
    if (standing === 'crowd' && !layers.units) continue;
    const limits = limitsOf.get(unit.status) ?? null;
    found.push({
      unit,
      fix,
      fresh: freshness('unitFix', fix, now),
      assignment,
      limits,
      standing,
      inView: isWithin(fix.position, view),
    });
  }
  return found;
};

/** Units that wait at one spot, two or more, by their cell. */
const parked = (units: readonly Seen[]): readonly (readonly Seen[])[] => {
  const together = new Map<number, Seen[]>();
  for (const one of units) {
    if (one.standing !== 'crowd' || !(isFree(one.unit.status) || one.unit.status === 'outOfService')) continue;
    const spot = cellOf(one.fix.position);
    const members = together.get(spot);
    if (members) members.push(one);
    else together.set(spot, [one]);
  }
  return [...together.values()].filter((members) => members.length > 1);
};

const groupName = (members: readonly Seen[]): string => {
  const name = members[0]?.unit.stationName ?? '';
  return members.every(({ unit }) => unit.stationName === name && unit.status === 'availableAtStation')
    ? name
    : m('here', { count: members.length });
};

/** Units, the groups of those parked together, and the words of as many as the view has room for. */
export const placeUnits = (scene: Scene): Pick<Picture, 'crowd' | 'units' | 'groups' | 'labels'> => {
  const { now, cutOff, selection, layers } = scene;
  const all = unitsOf(scene);
  const crowd = crowdOf(
    all.reduce((count, { inView }) => count + (inView ? 1 : 0), 0),
    scene.crowd,
  );
  const claims: Claim[] = [];

  const grouped = new Set<Id>();
  const groups = parked(all).flatMap((members): GroupSpot[] => {
    const [first] = members;
    if (!first) return [];
    for (const { unit } of members) grouped.add(unit.id);
    const { position } = first.fix;
    const id = `group ${cellOf(position)}`;
    // In a throng two that stand together are nothing to speak of.
    const rank = crowd === 'dense' ? 5 : 2;
    const label = (): Label => {
      const callsigns = members.map(({ unit }) => unit.callsign).toSorted();
      const sub = callsigns.length > 4 ? `${callsigns.slice(0, 3).join(' · ')} +${callsigns.length - 3}` : callsigns.join(' · ');
      return { id, position, rank, gap: symbolGaps.group, name: groupName(members), sub, tone: 'plain' };
    };
    if (first.inView) claims.push({ rank, label });
    const anyFree = members.some(({ unit, fresh }) => isFree(unit.status) && fresh.state !== 'lost');
    return [
      {
        id,
        position,
        look: { kind: 'group', count: members.length, anyFree, quiet: cutOff },
        members: members.map(({ unit }) => unit.id),
      },
    ];
  });

  const units: UnitSpot[] = [];
  for (const one of all) {
    const { unit, fix, fresh, standing } = one;
    if (grouped.has(unit.id)) continue;
    const symbol = unitSymbol(unit, solidityOf(one, cutOff), selection?.id === unit.id);
    const isMoving = fix.heading !== null && fresh.state !== 'lost' && (fix.speed === null || fix.speed > 3);
    units.push({
      id: unit.id,
      position: fix.position,
      symbol,
      standing,
      heading: isMoving ? fix.heading : null,
      signs: signsOf(fresh.skewed, unit.delayed),
    });
    const rank = rankOf(one, symbol.selected);
    // In a throng who waits or is out has no turn to speak before those that have something to say.
    if (!one.inView || (crowd === 'dense' && rank >= 5)) continue;
    claims.push({
      rank,
      label: () => {
        const { sub, late } = unitLine(one, now, cutOff);
        const tone = unit.emergency ? 'alarm' : late ? 'late' : 'plain';
        return { id: unit.id, position: fix.position, rank, gap: gapOf(one, symbol), name: unit.callsign, sub, tone };
      },
    });
  }
  const mustSpeak = layers.labels ? 6 : 1;
  const speaking = claims.filter(({ rank }) => rank <= mustSpeak);
  const shown =
    speaking.length <= labelBudget[crowd]
      ? speaking
      : speaking.toSorted((left, right) => left.rank - right.rank).slice(0, labelBudget[crowd]);
  return { crowd, units, groups, labels: shown.map(({ label }) => label()) };
};
