import type { Unit } from '#domain/model/unit.ts';
import type { Id, Position } from '#domain/model/values.ts';
import type { ReceivedFix } from '../../state/store.ts';
import { straightLineMetres } from './straight-line.ts';

/** Units by their distance from a place, those at one spot by callsign: the order in which a key walks through them. */
export const unitsAround = (place: Position, units: readonly Unit[], fixes: ReadonlyMap<Id, ReceivedFix>): readonly Id[] =>
  units
    .flatMap(({ id, callsign }) => {
      const fix = fixes.get(id);
      // Whole tens of metres: units parked together are one distance.
      return fix ? [{ id, callsign, metres: Math.round(straightLineMetres(fix.position, place) / 10) }] : [];
    })
    .toSorted((left, right) => left.metres - right.metres || left.callsign.localeCompare(right.callsign))
    .map(({ id }) => id);
