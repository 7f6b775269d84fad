import type { DispatchSettings } from '#domain/model/dispatch-settings.ts';
import { prioritiesOf, priorityLabel } from '#domain/rules/dispatch-defaults.ts';
import type { ShiftFigures, Spread } from '#domain/rules/shift-statistics.ts';
import { AcuityBadge } from '../../ui/badge.tsx';
import { Void } from '../../ui/controls.tsx';
import { clockText, spanText } from '../../ui/time.ts';
import { words } from './strings.ts';

const MINUTE = 60_000;

/** A figure as a bar, with its target as a line across it; over the target it says so by shape and text. */
const Bar = ({
  value,
  target,
  widest,
  label,
}: {
  /** milliseconds; null is nothing measured */
  readonly value: number | null;
  /** minutes; null is no target */
  readonly target: number | null;
  /** milliseconds at the right end */
  readonly widest: number;
  readonly label: string;
}) => {
  const share = (milliseconds: number): string => `${Math.min(100, (milliseconds / Math.max(1, widest)) * 100).toFixed(1)}%`;
  const isOver = value !== null && target !== null && value > target * MINUTE;
  return (
    <div className={isOver ? 'bullet bullet--over' : 'bullet'}>
      <span className="bullet__value num">{value === null ? words('none') : `${isOver ? '▲ ' : ''}${spanText(value)}`}</span>
      <span className="bullet__track" role="img" aria-label={label}>
        {value === null ? null : <span className="bullet__fill" style={{ width: share(value) }} />}
        {target === null ? null : <span className="bullet__target" style={{ left: share(target * MINUTE) }} />}
      </span>
      <span className="meta bullet__note">{target === null ? words('noTarget') : words('target', { minutes: target })}</span>
    </div>
  );
};

/** Response by priority against the targets of the site; what is not reached stands apart. */
export const ResponseTable = ({ figures, settings }: { readonly figures: ShiftFigures; readonly settings: DispatchSettings }) => {
  const listed = prioritiesOf(settings.priorityScheme);
  const rows = figures.priorities.filter(({ priority, calls }) => listed.includes(priority) || calls > 0);
  const widestOf = (priority: number): number => {
    const row = rows.find((one) => one.priority === priority);
    const target = settings.responseTargets.find((one) => one.priority === priority);
    return (
      1.25 *
      Math.max(row?.response.centile90 ?? 0, row?.response.mean ?? 0, (target?.centile90 ?? target?.mean ?? 0) * MINUTE, MINUTE)
    );
  };
  return (
    <table className="shift__table">
      <thead>
        <tr>
          <th scope="col">{words('priority')}</th>
          <th scope="col" className="is-number">
            {words('reached')}
          </th>
          <th scope="col">{words('mean')}</th>
          <th scope="col">{words('centile')}</th>
          <th scope="col">{words('waiting')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ priority, calls, response, waiting, longestWaiting }) => {
          const target = settings.responseTargets.find((one) => one.priority === priority);
          const name = priorityLabel(settings.priorityScheme, priority);
          return (
            <tr key={priority}>
              <th scope="row">
                <AcuityBadge acuity={priority} /> <span className="num">{name}</span>
              </th>
              <td className="is-number num">
                {response.count} / {calls}
              </td>
              <td>
                <Bar
                  value={response.mean}
                  target={target?.mean ?? null}
                  widest={widestOf(priority)}
                  label={`${name} ${words('mean')}`}
                />
              </td>
              <td>
                <Bar
                  value={response.centile90}
                  target={target?.centile90 ?? null}
                  widest={widestOf(priority)}
                  label={`${name} ${words('centile')}`}
                />
              </td>
              <td>
                <span className="num">{waiting}</span>
                {longestWaiting === null ? null : (
                  <span className="meta"> {words('longest', { span: spanText(longestWaiting) })}</span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

/** One column an hour, the urgent ones dark at its foot; an hour without calls keeps its place. */
export const HourChart = ({ figures, zone }: { readonly figures: ShiftFigures; readonly zone: string | null }) => {
  const most = Math.max(1, ...figures.hours.map(({ calls }) => calls));
  if (figures.calls === 0) return <Void kind="none" title={words('noCalls')} />;
  return (
    <ol className="hours">
      {figures.hours.map(({ from, calls, urgent }) => (
        <li key={from} className="hours__hour" aria-label={words('hoursLabel', { calls, urgent, from: clockText(from, zone) })}>
          <span className="hours__count num">{calls === 0 ? '' : calls}</span>
          <span className="hours__column" style={{ height: `${((calls / most) * 100).toFixed(1)}%` }}>
            <span className="hours__urgent" style={{ height: `${calls === 0 ? 0 : ((urgent / calls) * 100).toFixed(1)}%` }} />
          </span>
          <span className="hours__clock num">{clockText(from, zone).slice(0, 2)}</span>
        </li>
      ))}
    </ol>
  );
};

const intervalNames = ['processing', 'turnout', 'travel', 'scene', 'transport', 'offload', 'turnaround'] as const;

const Cell = ({ spread, of }: { readonly spread: Spread; readonly of: 'mean' | 'centile90' }) => {
  const value = spread[of];
  return <td className="is-number num">{value === null ? words('none') : spanText(value)}</td>;
};

/** Where the time goes: each interval of a mission with its count, mean and 90th centile. */
export const IntervalTable = ({ figures }: { readonly figures: ShiftFigures }) => (
  <table className="shift__table">
    <thead>
      <tr>
        <th scope="col">{words('interval')}</th>
        <th scope="col" className="is-number">
          {words('count')}
        </th>
        <th scope="col" className="is-number">
          {words('mean')}
        </th>
        <th scope="col" className="is-number">
          {words('centile')}
        </th>
      </tr>
    </thead>
    <tbody>
      {intervalNames.map((name) => (
        <tr key={name}>
          <th scope="row">
            {words(name)} <span className="meta">{words(`${name}What`)}</span>
          </th>
          <td className="is-number num">{figures.intervals[name].count}</td>
          <Cell spread={figures.intervals[name]} of="mean" />
          <Cell spread={figures.intervals[name]} of="centile90" />
        </tr>
      ))}
    </tbody>
  </table>
);

/** The units of the shift, the busiest first. */
export const UnitBars = ({ figures }: { readonly figures: ShiftFigures }) =>
  figures.units.length === 0 ? (
    <Void kind="none" title={words('noUnits')} />
  ) : (
    <ul className="unitbars">
      {figures.units.map(({ unitId, callsign, missions, transports, utilisation }) => (
        <li key={unitId} className="unitbars__unit">
          <b className="num">{callsign}</b>
          <span className="bullet__track">
            {utilisation === null ? null : (
              <span className="bullet__fill" style={{ width: `${(utilisation * 100).toFixed(1)}%` }} />
            )}
          </span>
          <span className="num unitbars__share">
            {utilisation === null ? words('none') : `${Math.round(utilisation * 100)} %`}
          </span>
          <span className="meta">
            {utilisation === null ? words('notOnShift') : words('unitMissions', { missions, transports })}
          </span>
        </li>
      ))}
    </ul>
  );
