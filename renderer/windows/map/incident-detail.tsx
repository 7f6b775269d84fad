import type { Assignment } from '#domain/model/assignment.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { AcuityBadge, Chip, PendingMark } from '../../ui/badge.tsx';
import { Duration } from '../../ui/clock.tsx';
import { clockText, spanText } from '../../ui/time.ts';
import { type IncidentRow, processingLimit, statusLimits } from './situation.ts';
import { m } from './strings.ts';
import { unitSymbol } from './symbols/unit-symbol.ts';
import { TimeInStatus } from './time-in-status.tsx';
import { UnitMark } from './unit-mark.tsx';
import { statusName, typeShort } from './words.ts';

const earliest = (assignments: readonly Assignment[], moment: keyof Assignment['times']): Instant | null => {
  const known = assignments.map(({ times }) => times[moment]).filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
};

const Times = ({
  row,
  assignments,
  now,
  zone,
}: {
  readonly row: IncidentRow;
  readonly assignments: readonly Assignment[];
  readonly now: Instant;
  readonly zone: string | null;
}) => {
  const received = row.incident.callReceivedAt;
  const told = earliest(assignments, 'unitNotified');
  const moments = [
    { label: m('times03'), at: told, limit: processingLimit },
    { label: m('times06'), at: earliest(assignments, 'onScene'), limit: null },
    { label: m('times11'), at: earliest(assignments, 'atDestination'), limit: null },
  ];
  return (
    <dl className="map-times">
      <div>
        <dt className="cap">{m('times01')}</dt>
        <dd className="b">{clockText(received, zone, true)}</dd>
        <dd className="meta">
          <Duration milliseconds={now - received} />
        </dd>
      </div>
      {moments.map(({ label, at, limit }) => (
        <div key={label}>
          <dt className="cap">{label}</dt>
          <dd className="b">
            {at !== null ? (
              clockText(at, zone, true)
            ) : limit !== null ? (
              <TimeInStatus elapsed={now - received} limit={limit} />
            ) : (
              <span className="t3">–</span>
            )}
          </dd>
          <dd className="meta">
            {at !== null ? (
              <span className={limit !== null && at - received > limit ? 'notice' : ''}>
                +<Duration milliseconds={at - received} />
              </span>
            ) : limit !== null ? (
              m('target', { span: spanText(limit) })
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
};

/** One incident: what, where, who, its times, who is on it, what was written. */
export const IncidentDetail = ({
  row,
  assignments,
  now,
  zone,
  onSelectUnit,
}: {
  readonly row: IncidentRow;
  readonly assignments: readonly Assignment[];
  readonly now: Instant;
  readonly zone: string | null;
  readonly onSelectUnit: (id: Id) => void;
}) => {
  const { incident, missions, pending } = row;
  return (
    <>
      <div className="panel__head map-head">
        <AcuityBadge acuity={incident.priority} />
        <h2 className="num">{incident.category}</h2>
        <span className="meta">{incident.number ?? '–'}</span>
      </div>
      <div className="section">
        <div className="b">{incident.address}</div>
        {incident.patientSummary === null ? null : <div>{incident.patientSummary}</div>}
        <div className="row map-chips">
          {incident.determinant === null ? null : <Chip text={incident.determinant} />}
          {pending ? <PendingMark label={m('unsent')} /> : null}
        </div>
      </div>
      <div className="section">
        <Times row={row} assignments={assignments} now={now} zone={zone} />
      </div>
      <div className="panel__head">
        <h2>{m('assigned')}</h2>
        {missions.length === 0 ? <span className="meta notice">{m('nobody')}</span> : null}
      </div>
      <ul>
        {missions.map(({ unit, assignment, pending: unitPending }) => (
          <li key={unit.id}>
            <button type="button" className="item map-mission" data-key-through="true" onClick={() => onSelectUnit(unit.id)}>
              <UnitMark symbol={unitSymbol(unit, 'solid', false)} />
              <b>{unit.callsign}</b>
              <span className="t2">
                {typeShort(unit.type)} · {statusName(unit.status)}
                {assignment.how === 'voice' ? ` · ${m('byVoice')}` : ''}
              </span>
              {unitPending ? <PendingMark label={m('unsent')} /> : null}
              <TimeInStatus elapsed={now - unit.statusSince} limit={statusLimits[unit.status] ?? null} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
};

/** What was written on an incident, newest first. */
export const IncidentNotes = ({ row, zone }: { readonly row: IncidentRow; readonly zone: string | null }) => (
  <>
    <div className="panel__head map-head--line">
      <h2>{m('notes')}</h2>
    </div>
    {row.incident.notes.length === 0 ? (
      <div className="section meta">{m('noNotes')}</div>
    ) : (
      <ul>
        {row.incident.notes.toReversed().map((note) => (
          <li key={`${note.at} ${note.text}`} className="map-note">
            <span className="t3">{clockText(note.at, zone, true)}</span>
            <span>
              {note.text} <span className="meta">{note.by.name}</span>
            </span>
          </li>
        ))}
      </ul>
    )}
  </>
);
