import type { Assignment } from '#domain/model/assignment.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { priorityLabel } from '#domain/rules/dispatch-defaults.ts';
import { AcuityBadge, Chip, PendingMark } from '../../ui/badge.tsx';
import { Duration } from '../../ui/clock.tsx';
import { clockText, spanText } from '../../ui/time.ts';
import { useNow } from './desk/now.tsx';
import { d } from './desk/strings.ts';
import { type IncidentRow, statusLimits, waitLimits } from './situation.ts';
import { m } from './strings.ts';
import { unitSymbol } from './symbols/unit-symbol.ts';
import { TimeInStatus } from './time-in-status.tsx';
import { UnitMark } from './unit-mark.tsx';
import { statusName, typeShort } from './words.ts';

const earliest = (assignments: readonly Assignment[], moment: keyof Assignment['times']): Instant | null => {
  const known = assignments.map(({ times }) => times[moment]).filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
};

const Age = ({ since }: { readonly since: Instant }) => <Duration milliseconds={useNow() - since} />;

const Times = ({
  row,
  assignments,
  zone,
}: {
  readonly row: IncidentRow;
  readonly assignments: readonly Assignment[];
  readonly zone: string | null;
}) => {
  const { incident, settings } = row;
  const received = incident.callReceivedAt;
  const waiting = incident.status === 'open' ? waitLimits(settings, incident.priority) : null;
  const moments = [
    { label: m('times03'), at: earliest(assignments, 'unitNotified'), limits: waiting },
    { label: m('times06'), at: earliest(assignments, 'onScene'), limits: null },
    { label: m('times11'), at: earliest(assignments, 'atDestination'), limits: null },
  ];
  return (
    <dl className="map-times">
      <div>
        <dt className="cap">{m('times01')}</dt>
        <dd className="b">{clockText(received, zone, true)}</dd>
        <dd className="meta">
          {incident.closedAt === null ? <Age since={received} /> : <Duration milliseconds={incident.closedAt - received} />}
        </dd>
      </div>
      {moments.map(({ label, at, limits }) => (
        <div key={label}>
          <dt className="cap">{label}</dt>
          <dd className="b">
            {at !== null ? (
              clockText(at, zone, true)
            ) : limits !== null ? (
              <TimeInStatus since={received} limits={limits} />
            ) : (
              <span className="t3">–</span>
            )}
          </dd>
          <dd className="meta">
            {at !== null ? (
              <span className={limits !== null && at - received > limits.alert ? 'notice' : ''}>
                +<Duration milliseconds={at - received} />
              </span>
            ) : limits !== null ? (
              m('target', { span: spanText(limits.alert) })
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
};

const callerLine = ({ caller }: IncidentRow['incident']): string | null =>
  caller === null ? null : [caller.name, caller.phone].filter((part) => part !== null).join(' · ') || null;

/** One incident: what, where, who, its times, and who is on it. */
export const IncidentDetail = ({
  row,
  assignments,
  zone,
  numberOf,
  onSelectUnit,
}: {
  readonly row: IncidentRow;
  readonly assignments: readonly Assignment[];
  readonly zone: string | null;
  /** What people call another incident. */
  readonly numberOf: (id: Id) => string;
  readonly onSelectUnit: (id: Id) => void;
}) => {
  const { incident, missions, pending, settings } = row;
  const caller = callerLine(incident);
  return (
    <>
      <div className="panel__head map-head">
        <AcuityBadge acuity={incident.priority} />
        <h2 className="num">{incident.category}</h2>
        <span className="meta">
          {priorityLabel(settings.priorityScheme, incident.priority)} · {incident.number ?? '–'}
        </span>
      </div>
      <div className="section">
        <div className="b">{incident.address}</div>
        {incident.patientSummary === null ? null : <div>{incident.patientSummary}</div>}
        {caller === null ? null : <div className="meta">{d('callerLine', { caller })}</div>}
        <div className="row map-chips">
          {incident.status === 'open' ? null : <Chip text={d(`status_${incident.status}`)} tone="strong" />}
          {incident.endReason === null ? null : <span className="t2">{incident.endReason}</span>}
          {incident.mergedInto === null ? null : (
            <span className="t2">{d('mergedInto', { number: numberOf(incident.mergedInto) })}</span>
          )}
          {incident.splitFrom === null ? null : <Chip text={d('splitFrom', { number: numberOf(incident.splitFrom) })} />}
          {incident.determinant === null ? null : <Chip text={incident.determinant} />}
          {pending ? <PendingMark label={m('unsent')} /> : null}
        </div>
      </div>
      <div className="section">
        <Times row={row} assignments={assignments} zone={zone} />
      </div>
      <div className="panel__head">
        <h2>{m('assigned')}</h2>
        {missions.length === 0 && incident.status === 'open' ? <span className="meta notice">{m('nobody')}</span> : null}
      </div>
      <ul>
        {missions.map(({ unit, assignment, pending: unitPending }) => (
          <li key={unit.id}>
            <button type="button" className="item map-mission" data-key-through="true" onClick={() => onSelectUnit(unit.id)}>
              <UnitMark symbol={unitSymbol(unit, 'solid', false)} />
              <b>{unit.callsign}</b>
              <span className="t2">
                {typeShort(unit.type)} · {statusName(unit.status)}
                {assignment.how === 'voice' || assignment.voiceNote !== null ? ` · ${m('byVoice')}` : ''}
              </span>
              {unitPending ? <PendingMark label={m('unsent')} /> : null}
              <TimeInStatus since={unit.statusSince} limits={statusLimits(settings, unit.status)} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
};
