import { useRef, useState } from 'react';
import type { Id, Instant } from '#domain/model/values.ts';
import { AcuityBadge, PendingMark } from '../../ui/badge.tsx';
import { Panel, Void } from '../../ui/controls.tsx';
import { holdOrder } from './hold-order.ts';
import { type IncidentRow, incidentClock, shortNumber } from './situation.ts';
import { m } from './strings.ts';
import { TimeInStatus } from './time-in-status.tsx';
import { statusName } from './words.ts';

const Row = ({
  row,
  now,
  selected,
  onSelect,
}: {
  readonly row: IncidentRow;
  readonly now: Instant;
  readonly selected: boolean;
  readonly onSelect: (id: Id) => void;
}) => {
  const { incident, missions, pending } = row;
  const { since, limit, lead } = incidentClock(row);
  return (
    <li>
      <button
        type="button"
        className={selected ? 'item map-incident is-selected' : 'item map-incident'}
        aria-current={selected}
        data-incident={incident.id}
        data-key-through="true"
        onClick={() => onSelect(incident.id)}
      >
        <AcuityBadge acuity={incident.priority} />
        <span className="map-incident__what">{incident.category}</span>
        <TimeInStatus elapsed={now - since} limit={limit} />
        <span className="map-incident__where meta">
          {shortNumber(incident)} · {incident.address}
        </span>
        <span className="map-incident__who meta">
          {pending ? <PendingMark label={m('unsent')} /> : null}
          {lead ? (
            <span>
              {statusName(lead.unit.status)} <b>{lead.unit.callsign}</b>
              {missions.length > 1 ? ` +${missions.length - 1}` : ''}
            </span>
          ) : (
            <span className="notice">{m('noUnit')}</span>
          )}
        </span>
      </button>
    </li>
  );
};

/** Open incidents by priority, then age. While a pointer or the focus is on the list its rows keep their places. */
export const IncidentList = ({
  rows,
  known,
  now,
  selectedId,
  onSelect,
}: {
  readonly rows: readonly IncidentRow[];
  readonly known: boolean;
  readonly now: Instant;
  readonly selectedId: Id | null;
  readonly onSelect: (id: Id) => void;
}) => {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const order = useRef<readonly Id[]>([]);
  const shown = pointed || focused ? holdOrder(order.current, rows, ({ incident }) => incident.id) : rows;
  order.current = shown.map(({ incident }) => incident.id);
  const alone = rows.filter(({ missions }) => missions.length === 0).length;
  return (
    <Panel
      title={
        <>
          {m('incidents')}{' '}
          <span className="t2 map-count">
            {known ? m(alone > 0 ? 'incidentCount' : 'incidentCountAll', { count: rows.length, alone }) : '–'}
          </span>
        </>
      }
      meta={m('priorityThenAge')}
    >
      {!known ? (
        <Void kind="unknown" title="–">
          {m('unknownYet')}
        </Void>
      ) : rows.length === 0 ? (
        <Void kind="none" title={m('noIncidents')} />
      ) : (
        <ol
          onPointerEnter={() => setPointed(true)}
          onPointerLeave={() => setPointed(false)}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
        >
          {shown.map((row) => (
            <Row key={row.incident.id} row={row} now={now} selected={row.incident.id === selectedId} onSelect={onSelect} />
          ))}
        </ol>
      )}
    </Panel>
  );
};
