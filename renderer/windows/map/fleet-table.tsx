import type { Unit } from '#domain/model/unit.ts';
import { unitTypes } from '#domain/model/unit.ts';
import type { Id } from '#domain/model/values.ts';
import { isFree, isOnMission } from '#domain/rules/unit-status.ts';
import { m } from './strings.ts';
import { unitSymbol } from './symbols/unit-symbol.ts';
import { UnitMark } from './unit-mark.tsx';
import { typeName } from './words.ts';

/** How much of the fleet is free, by type, and who gives no position at all. */
export const FleetTable = ({
  units,
  isKnown,
  hasPosition,
  onSelect,
}: {
  readonly units: readonly Unit[];
  /** False while this desk was never told of any unit: nothing is counted then. */
  readonly isKnown: boolean;
  readonly hasPosition: (id: Id) => boolean;
  readonly onSelect: (id: Id) => void;
}) => {
  const unplaced = units
    .filter(({ id }) => !hasPosition(id))
    .toSorted((left, right) => left.callsign.localeCompare(right.callsign));
  const free = units.filter(({ status }) => isFree(status)).length;
  return (
    <section className="panel panel--fixed map-fleet">
      <div className="panel__head">
        <h2>{m('units')}</h2>
        <span className="meta">{isKnown ? m('freeOf', { free, count: units.length }) : '–'}</span>
      </div>
      <table className="table">
        <thead>
          <tr>
            <th aria-label={m('units')} />
            <th className="r">{m('legendFree')}</th>
            <th className="r">{m('onMission')}</th>
            <th className="r">{m('out')}</th>
          </tr>
        </thead>
        <tbody>
          {unitTypes.map((type) => {
            const fleet = units.filter((unit) => unit.type === type);
            if (fleet.length === 0) return null;
            const freeHere = fleet.filter(({ status }) => isFree(status)).length;
            return (
              <tr key={type}>
                <td>
                  <span className="row">
                    <UnitMark symbol={unitSymbol({ type, status: 'availableMobile' }, 'solid', false)} size={22} />
                    {typeName(type)}
                  </span>
                </td>
                <td className="r">
                  <b className={freeHere === 0 ? 'clock--near' : ''}>{freeHere}</b>
                </td>
                <td className="r t2">{fleet.filter(({ status }) => isOnMission(status)).length}</td>
                <td className="r t3">{fleet.filter(({ status }) => status === 'outOfService').length}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {unplaced.length > 0 ? (
        <div className="section">
          <div className="cap">{m('noPosition')}</div>
          <div className="map-unplaced">
            {unplaced.slice(0, 24).map((unit) => (
              <button key={unit.id} type="button" className="map-callsign" onClick={() => onSelect(unit.id)}>
                {unit.callsign}
              </button>
            ))}
            {unplaced.length > 24 ? <span className="meta">+{unplaced.length - 24}</span> : null}
          </div>
        </div>
      ) : null}
    </section>
  );
};
