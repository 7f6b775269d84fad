import { memo, useRef, useState } from 'react';
import type { Id } from '#domain/model/values.ts';
import { priorityLabel } from '#domain/rules/dispatch-defaults.ts';
import { AcuityBadge, Chip, PendingMark } from '../../ui/badge.tsx';
import { Panel, Void } from '../../ui/controls.tsx';
import type { QueueFilter } from './desk/queue.ts';
import { d } from './desk/strings.ts';
import { holdOrder } from './hold-order.ts';
import { type IncidentRow, incidentClock, shortNumber } from './situation.ts';
import { m } from './strings.ts';
import { TimeInStatus } from './time-in-status.tsx';
import { statusName } from './words.ts';

/** Rows are made anew with every record that changes; a list is drawn anew only where one of them says something else. */
const isSameRow = (one: IncidentRow, other: IncidentRow): boolean =>
  one.incident === other.incident &&
  one.pending === other.pending &&
  one.settings === other.settings &&
  one.missions.length === other.missions.length &&
  one.missions.every(
    ({ unit, assignment, pending }, index) =>
      unit === other.missions[index]?.unit &&
      assignment === other.missions[index]?.assignment &&
      pending === other.missions[index]?.pending,
  );

const Row = memo(
  ({
    row,
    selected,
    onSelect,
  }: {
    readonly row: IncidentRow;
    readonly selected: boolean;
    readonly onSelect: (id: Id) => void;
  }) => {
    const { incident, missions, pending } = row;
    const { since, limits, lead } = incidentClock(row);
    const isOpen = incident.status === 'open';
    return (
      <li>
        <button
          type="button"
          className={`item map-incident${selected ? ' is-selected' : ''}${isOpen ? '' : ' map-incident--ended'}`}
          aria-current={selected}
          data-incident={incident.id}
          data-key-through="true"
          onClick={() => onSelect(incident.id)}
        >
          <AcuityBadge acuity={incident.priority} />
          <span className="map-incident__what">{incident.category}</span>
          {isOpen ? <TimeInStatus since={since} limits={limits} /> : <Chip text={d(`status_${incident.status}`)} />}
          <span className="map-incident__where meta">
            {shortNumber(incident)} · {incident.address}
          </span>
          <span className="map-incident__who meta">
            {pending ? <PendingMark label={m('unsent')} /> : null}
            {!isOpen ? null : lead ? (
              <span>
                {statusName(lead.unit.status)} <b>{lead.unit.callsign}</b>
                {missions.length > 1 ? ` +${missions.length - 1}` : ''}
              </span>
            ) : (
              <span className="notice">{m('noUnit')}</span>
            )}
            {isOpen ? null : priorityLabel(row.settings.priorityScheme, incident.priority)}
          </span>
        </button>
      </li>
    );
  },
  (before, after) => before.selected === after.selected && before.onSelect === after.onSelect && isSameRow(before.row, after.row),
);

/** Open incidents by priority, then age. While a pointer or the focus is on the list its rows keep their places. */
export const IncidentList = ({
  rows,
  open,
  ended,
  filter,
  known,
  selectedId,
  onSelect,
}: {
  /** Those that the filter lets through. */
  readonly rows: readonly IncidentRow[];
  readonly open: readonly IncidentRow[];
  /** Those that ended lately; null while they are not asked for. */
  readonly ended: readonly IncidentRow[] | null;
  readonly filter: QueueFilter;
  readonly known: boolean;
  readonly selectedId: Id | null;
  readonly onSelect: (id: Id) => void;
}) => {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const order = useRef<readonly Id[]>([]);
  const shown = pointed || focused ? holdOrder(order.current, rows, ({ incident }) => incident.id) : rows;
  order.current = shown.map(({ incident }) => incident.id);
  const alone = open.filter(({ missions }) => missions.length === 0).length;
  const row = (one: IncidentRow) => (
    <Row key={one.incident.id} row={one} selected={one.incident.id === selectedId} onSelect={onSelect} />
  );
  return (
    <Panel
      title={
        <>
          {m('incidents')}{' '}
          <span className="t2 map-count">
            {known ? m(alone > 0 ? 'incidentCount' : 'incidentCountAll', { count: open.length, alone }) : '–'}
          </span>
        </>
      }
      meta={m('priorityThenAge')}
    >
      {filter === 'all' ? null : (
        <div className="map-filter" role="status">
          <b>{d('filterOn')}</b> {d(`filter_${filter}`)} · {d('filterCount', { shown: rows.length, count: open.length })}{' '}
          <kbd>Q</kbd>
        </div>
      )}
      {!known ? (
        <Void kind="unknown" title="–">
          {m('unknownYet')}
        </Void>
      ) : open.length === 0 ? (
        <Void kind="none" title={m('noIncidents')} />
      ) : (
        <ol
          onPointerEnter={() => setPointed(true)}
          onPointerLeave={() => setPointed(false)}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
        >
          {shown.map(row)}
        </ol>
      )}
      {ended === null ? null : (
        <>
          <div className="panel__head">
            <h2>{d('ended')}</h2>
            <span className="meta">
              {ended.length} <kbd>O</kbd>
            </span>
          </div>
          {ended.length === 0 ? <div className="section meta">{d('noneEnded')}</div> : <ol>{ended.slice(0, 200).map(row)}</ol>}
        </>
      )}
    </Panel>
  );
};
