/** Where the bases of the service are: nobody tells, so it is learned from the units that say they stand at theirs. Pure. */
import type { Position } from '#domain/model/values.ts';
import { freshness } from '#domain/rules/freshness.ts';
import { isFree } from '#domain/rules/unit-status.ts';
import { symbolGaps } from './label-gaps.ts';
import type { NamedMark, Scene } from './picture.ts';
import { m } from './strings.ts';

/** Places of bases by their name. */
export type KnownBases = ReadonlyMap<string, Position>;

/** The bases known before and those that a unit with a live position stands at now; the same map when nothing was learned. */
export const learnBases = (
  { records, positions, now }: Pick<Scene, 'records' | 'positions' | 'now'>,
  known: KnownBases,
): KnownBases => {
  let next: Map<string, Position> | null = null;
  for (const { record: unit } of records.unit.values()) {
    if (unit.status !== 'availableAtStation' || known.has(unit.stationName) || next?.has(unit.stationName)) continue;
    const fix = positions.get(unit.id);
    if (!fix || freshness('unitFix', fix, now).state !== 'live') continue;
    next ??= new Map(known);
    next.set(unit.stationName, fix.position);
  }
  return next ?? known;
};

/** Each known base with how many of its units stand there, of how many it has that are in service. */
export const placeBases = ({ records, layers }: Scene, known: KnownBases): readonly NamedMark[] => {
  if (!layers.stations) return [];
  const counts = new Map<string, { there: number; all: number }>();
  for (const { record: unit } of records.unit.values()) {
    if (!known.has(unit.stationName) || unit.status === 'outOfService') continue;
    const count = counts.get(unit.stationName) ?? { there: 0, all: 0 };
    count.all += 1;
    if (isFree(unit.status) && unit.status === 'availableAtStation') count.there += 1;
    counts.set(unit.stationName, count);
  }
  return [...known].map(([name, position]): NamedMark => {
    const { there, all } = counts.get(name) ?? { there: 0, all: 0 };
    return {
      id: `base ${name}`,
      position,
      look: { kind: 'base', empty: there === 0 },
      order: 0,
      name,
      sub: m('baseUnits', { there, all }),
      tone: 'plain',
      gap: symbolGaps.base,
      rank: 5,
    };
  });
};
