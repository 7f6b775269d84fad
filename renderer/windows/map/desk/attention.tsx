/** What needs someone before any incident of the queue: crews in emergency, calls that ring, arrivals to confirm, crews to be asked. */
import type { Call } from '#domain/model/call.ts';
import type { DispatchSettings } from '#domain/model/dispatch-settings.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id } from '#domain/model/values.ts';
import type { Draft } from '../../../state/sealed-drafts.ts';
import { Icon } from '../../../ui/icon.tsx';
import { clockText, spanText } from '../../../ui/time.ts';
import { distanceText } from '../straight-line.ts';
import { m } from '../strings.ts';
import { TimeInStatus } from '../time-in-status.tsx';
import { statusName } from '../words.ts';
import type { CallForm } from './call-form.ts';
import { useNow } from './now.tsx';
import type { Arrival, Asked } from './queue.ts';
import { rollCallsDue } from './queue.ts';
import { d } from './strings.ts';

/**
 * Crews that need help: one banner over list and map, and only a person ends it. It stands here alone: the map shows where a crew
 * is, wherever the map looks, by a touch on its line.
 */
export const Emergencies = ({
  units,
  hasPosition,
  onShow,
}: {
  readonly units: readonly Unit[];
  readonly hasPosition: (id: Id) => boolean;
  readonly onShow: (id: Id) => void;
}) => (
  // It stands from the start, empty: it keeps its row of the board, and what comes into it is read out.
  <div className="map-emergency" role="alert">
    {units.map((unit) => (
      <button key={unit.id} type="button" className="map-emergency__one" data-key-through="true" onClick={() => onShow(unit.id)}>
        <span className="mark mark--high unack">
          <Icon name="high" size={20} />
        </span>
        <b>{d('emergencyOf', { callsign: unit.callsign })}</b>
        <span className="map-emergency__why">{unit.emergencyReason ?? statusName(unit.status)}</span>
        {hasPosition(unit.id) ? null : <span className="notice">{m('withoutPlace')}</span>}
        {unit.emergencySince === null ? null : <TimeInStatus since={unit.emergencySince} limits={null} />}
        <kbd>!</kbd>
      </button>
    ))}
  </div>
);

/** A call rings for so long before it warns and alerts, milliseconds. */
const ringLimits = { warn: 10_000, alert: 20_000 };

/** Calls that ring, the longest first, and drafts that wait to be finished. */
export const Calls = ({
  calls,
  drafts,
  zone,
  onAnswer,
  onResume,
}: {
  readonly calls: readonly Call[];
  readonly drafts: readonly Draft<CallForm>[];
  readonly zone: string | null;
  readonly onAnswer: (call: Call) => void;
  readonly onResume: (draftId: Id) => void;
}) =>
  calls.length + drafts.length === 0 ? null : (
    <div className="map-calls">
      {calls.map((call, index) => (
        <button key={call.id} type="button" className="map-call" data-key-through="true" onClick={() => onAnswer(call)}>
          <Icon name="medium" size={16} />
          <span className="map-call__what">
            <b>{call.phone ?? d('withheld')}</b> {call.address ?? d('noLineAddress')}
            <span className="meta">
              {call.location === null
                ? d('notLocated')
                : d(`located_${call.location.source}`, {
                    metres: call.location.uncertaintyMetres === null ? '–' : distanceText(call.location.uncertaintyMetres),
                  })}
            </span>
          </span>
          <TimeInStatus since={call.receivedAt} limits={ringLimits} />
          {index === 0 ? <kbd>A</kbd> : <span />}
        </button>
      ))}
      {drafts.map(({ id, form, savedAt }, index) => (
        <button key={id} type="button" className="map-call map-call--draft" onClick={() => onResume(id)}>
          <Icon name="pending" size={16} />
          <span className="map-call__what">
            {d('draftOf', {
              what: form.address || form.category || form.callerPhone || d('newIncident'),
              time: clockText(savedAt, zone),
            })}
          </span>
          <span />
          {index === 0 ? (
            <span className="kbds">
              <kbd>Shift</kbd>
              <kbd>N</kbd>
            </span>
          ) : (
            <span />
          )}
        </button>
      ))}
    </div>
  );

/** Positions that say a unit has arrived: one key makes it so. */
export const Arrivals = ({
  arrivals,
  unitOf,
  onAccept,
}: {
  readonly arrivals: readonly Arrival[];
  readonly unitOf: (id: Id) => Unit | undefined;
  readonly onAccept: (arrival: Arrival) => void;
}) =>
  arrivals.length === 0 ? null : (
    <div className="map-arrivals" role="status">
      {arrivals.slice(0, 4).map((arrival, index) => (
        <button
          key={arrival.unitId}
          type="button"
          className="map-arrival"
          data-key-through="true"
          onClick={() => onAccept(arrival)}
        >
          <span>{d('arrived', { callsign: unitOf(arrival.unitId)?.callsign ?? '–', status: statusName(arrival.status) })}</span>
          {index === 0 ? <kbd>Y</kbd> : null}
        </button>
      ))}
      {arrivals.length > 4 ? <span className="meta">+{arrivals.length - 4}</span> : null}
    </div>
  );

const shownCrews = 3;

/** The roll-call: who is asked now, who missed it, and how long is left. `K` answers for the first. */
export const RollCallPanel = ({
  units,
  settings,
  onAnswer,
}: {
  readonly units: readonly Unit[];
  readonly settings: DispatchSettings['rollCall'];
  readonly onAnswer: (unit: Unit) => void;
}) => {
  const now = useNow();
  const due: readonly Asked[] = rollCallsDue(units, settings, now);
  if (due.length === 0) return null;
  return (
    <section className="panel panel--fixed map-roll" aria-label={d('rollCall')}>
      <div className="panel__head">
        <h2>{d('rollCall')}</h2>
        <span className="meta">{d('rollCallMeta', { count: due.length })}</span>
      </div>
      <ul>
        {due.slice(0, shownCrews).map(({ unit, rollCall }, index) => (
          <li key={unit.id}>
            <button type="button" className="item map-roll__one" data-key-through="true" onClick={() => onAnswer(unit)}>
              <b>{unit.callsign}</b>
              <span className={rollCall.missedCycles > 0 || rollCall.state === 'askedAgain' ? 'notice' : 't2'}>
                {[
                  // Who missed one says so by how many.
                  ...(rollCall.state === 'missed' && rollCall.missedCycles > 0 ? [] : [d(`roll_${rollCall.state}`)]),
                  ...(rollCall.missedCycles > 0 ? [d('missed', { count: rollCall.missedCycles })] : []),
                ].join(' · ')}
              </span>
              <span className="num-plain">{rollCall.until === null ? '–' : spanText(rollCall.until - now)}</span>
              {index === 0 ? <kbd>K</kbd> : <span />}
            </button>
          </li>
        ))}
      </ul>
      {due.length > shownCrews ? <div className="section meta">+{due.length - shownCrews}</div> : null}
    </section>
  );
};
