import { useState } from 'react';
import type { Assignment } from '#domain/model/assignment.ts';
import type { DispatchSettings } from '#domain/model/dispatch-settings.ts';
import type { Hospital } from '#domain/model/hospital.ts';
import type { Incident } from '#domain/model/incident.ts';
import type { Unit, UnitStatus } from '#domain/model/unit.ts';
import type { Id } from '#domain/model/values.ts';
import { capabilitiesOf } from '#domain/rules/capabilities.ts';
import { clockAheadMs, freshness } from '#domain/rules/freshness.ts';
import { offloadOf } from '#domain/rules/geofence.ts';
import { rollCallOf } from '#domain/rules/roll-call.ts';
import { unitTransitions } from '#domain/rules/unit-status.ts';
import type { ReceivedFix } from '../../state/store.ts';
import { Chip, PendingMark } from '../../ui/badge.tsx';
import { Button } from '../../ui/controls.tsx';
import { Field } from '../../ui/field.tsx';
import { i } from '../../ui/inbound/strings.ts';
import { useKeys } from '../../ui/keys.tsx';
import { spanText } from '../../ui/time.ts';
import { useNow } from './desk/now.tsx';
import { statusLetters } from './desk/status-letters.ts';
import { d } from './desk/strings.ts';
import { ageText } from './map-overlays.tsx';
import { statusLimits } from './situation.ts';
import { m } from './strings.ts';
import { unitSymbol } from './symbols/unit-symbol.ts';
import { TimeInStatus } from './time-in-status.tsx';
import { UnitMark } from './unit-mark.tsx';
import { sourceName, statusName, typeName } from './words.ts';

const Line = ({
  label,
  children,
  late = false,
}: {
  readonly label: string;
  readonly children: React.ReactNode;
  readonly late?: boolean;
}) => (
  <tr>
    <td className="t3">{label}</td>
    <td className={late ? 'notice' : ''}>{children}</td>
  </tr>
);

/** One unit: what it is, how long it is in its status, what it is on, and how old its position is. */
export const UnitDetail = ({
  unit,
  pending,
  fixOf,
  incident,
  assignment,
  hospital,
  settings,
  onSelectIncident,
}: {
  readonly unit: Unit;
  readonly pending: boolean;
  /** Its newest position, asked for each second. */
  readonly fixOf: () => ReceivedFix | undefined;
  readonly incident: Incident | undefined;
  readonly assignment: Assignment | undefined;
  readonly hospital: Hospital | undefined;
  readonly settings: DispatchSettings;
  readonly onSelectIncident: (id: Id) => void;
}) => {
  const now = useNow();
  const fix = fixOf();
  const offload = assignment ? offloadOf(assignment.times, settings.offloadSteps, now) : null;
  const rollCall = rollCallOf(unit, settings.rollCall, now);
  const fresh = fix && freshness('unitFix', fix, now);
  const old = fresh?.state === 'stale' || fresh?.state === 'lost';
  return (
    <>
      <div className="panel__head map-head">
        <UnitMark symbol={unitSymbol(unit, old ? 'hollow' : 'solid', false)} size={32} />
        <h2 className="num">{unit.callsign}</h2>
        <span className="meta">{typeName(unit.type)}</span>
      </div>
      <div className="section row">
        <b>{statusName(unit.status)}</b>
        <TimeInStatus since={unit.statusSince} limits={statusLimits(settings, unit.status)} />
        {unit.outOfServiceReason === null ? null : <span className="t2">{unit.outOfServiceReason}</span>}
        {unit.emergency ? <Chip text={m('emergency')} tone="notice" /> : null}
        {unit.emergency && unit.emergencyReason !== null ? <span className="t2">{unit.emergencyReason}</span> : null}
        {unit.delayed ? <Chip text={m('delayed')} tone="notice" /> : null}
        {pending ? <PendingMark label={m('unsent')} /> : null}
      </div>
      <table className="table map-facts">
        <tbody>
          <Line label={m('mission')}>
            {incident ? (
              <button type="button" className="map-callsign" onClick={() => onSelectIncident(incident.id)}>
                {incident.category}, {incident.address}
              </button>
            ) : (
              m('noMission')
            )}
          </Line>
          {hospital ? (
            <Line label={d('destination')}>
              {hospital.name}
              {assignment?.etaAt == null ? '' : ` · ${m('etaIn', { span: spanText(assignment.etaAt - now) })}`}
            </Line>
          ) : null}
          {offload === null ? null : (
            <Line label={d('handover')} late={offload.step > 0}>
              <b>{spanText(now - offload.since)}</b>
              {' · '}
              {offload.step === 0
                ? d('handoverFirst', { span: spanText((offload.nextAt ?? now) - now) })
                : d(offload.nextAt === null ? 'handoverLast' : 'handoverStep', {
                    step: offload.step,
                    steps: settings.offloadSteps.length,
                    minutes: settings.offloadSteps[offload.step - 1] ?? 0,
                    span: offload.nextAt === null ? '' : spanText(offload.nextAt - now),
                  })}
            </Line>
          )}
          {rollCall.state === 'notNeeded' ? null : (
            <Line label={d('rollCall')} late={rollCall.state !== 'answered'}>
              {d(`roll_${rollCall.state}`)}
              {rollCall.until === null ? '' : ` · ${spanText(rollCall.until - now)}`}
              {rollCall.missedCycles > 0 ? ` · ${d('missed', { count: rollCall.missedCycles })}` : ''}
            </Line>
          )}
          {assignment?.prealert ? (
            <Line label={d('prealert')}>
              {i(assignment.prealert.urgency)}
              {[assignment.prealert.age, assignment.prealert.mechanism, assignment.prealert.signs]
                .filter((part) => part !== null)
                .map((part) => ` · ${part}`)
                .join('')}
            </Line>
          ) : null}
          <Line label={d('canDo')}>{[...capabilitiesOf(unit)].map((what) => d(`can_${what}`)).join(', ')}</Line>
          <Line label={m('station')}>{unit.stationName}</Line>
          <Line label={m('lastFix')} late={old || fresh === undefined || fresh.skewed}>
            {fresh === undefined
              ? m('noPosition')
              : fresh.state === 'lost'
                ? m('fixLost', { span: spanText(fresh.ageMs) })
                : ageText(fresh.ageMs)}
            {fix?.source === undefined ? '' : ` · ${sourceName(fix.source)}`}
            {fix && fresh?.skewed ? ` · ${m('clockSkew', { span: spanText(clockAheadMs(fix)) })}` : ''}
          </Line>
          <Line label={m('speed')}>{fix?.speed == null ? '–' : `${Math.round(fix.speed)} km/h`}</Line>
          <Line label={m('crew')}>
            {m('unitCrew', { span: spanText(now - unit.shiftStartedAt) })}
            {unit.restingUntil !== null && unit.restingUntil > now
              ? ` · ${m('resting', { span: spanText(unit.restingUntil - now) })}`
              : ''}
          </Line>
        </tbody>
      </table>
    </>
  );
};

/** The statuses that may follow, each with its number key. Out of service asks why. */
export const StatusMenu = ({
  unit,
  onSet,
  onClose,
}: {
  readonly unit: Unit;
  readonly onSet: (status: UnitStatus, reason: string | null) => void;
  readonly onClose: () => void;
}) => {
  const [asks, setAsks] = useState(false);
  const [reason, setReason] = useState('');
  const options = unitTransitions[unit.status];
  const choose = (status: UnitStatus): void => (status === 'outOfService' ? setAsks(true) : onSet(status, null));
  const sendReason = (): void => {
    if (reason.trim() !== '') onSet('outOfService', reason.trim());
  };
  useKeys([
    {
      key: [...options.map((_status, index) => String(index + 1)), ...options.map((status) => statusLetters[status])],
      label: m('keyStatus'),
      when: !asks,
      run: (pressed) => {
        const status = options[Number(pressed) - 1] ?? options.find((one) => statusLetters[one] === pressed.toLowerCase());
        if (status) choose(status);
      },
    },
    { key: 'Enter', label: m('keySend'), when: asks, run: sendReason, whileTyping: true },
    { key: 'Escape', label: m('keyBack'), run: onClose },
  ]);
  return (
    <>
      <div className="panel__head map-head--line">
        <h2>{m('setStatus', { callsign: unit.callsign })}</h2>
        <span className="meta">{m('statusNow', { status: statusName(unit.status).toLowerCase() })}</span>
      </div>
      {asks ? (
        <div className="section map-voice">
          <Field label={m('reason')} text={reason} onChange={setReason} autoFocus />
          <Button main touch keyName="Enter" disabled={reason.trim() === ''} onPress={sendReason}>
            {statusName('outOfService')}
          </Button>
        </div>
      ) : (
        <ul>
          {options.map((status, index) => (
            <li key={status}>
              <button type="button" className="item map-option" onClick={() => choose(status)}>
                <span className="kbds">
                  <kbd>{index + 1}</kbd>
                  <kbd>{statusLetters[status].toUpperCase()}</kbd>
                </span>
                <UnitMark symbol={unitSymbol({ type: unit.type, status }, 'solid', false)} />
                {statusName(status)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
