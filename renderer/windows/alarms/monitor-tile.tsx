import { memo, useMemo } from 'react';
import type { Alarm } from '#domain/model/alarm.ts';
import type { Acuity } from '#domain/model/encounter.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { ReceivedReading } from '../../state/store.ts';
import { alarmIconOf, alarmLong, isUnanswered, parameterName } from '../../ui/alarm-row.tsx';
import { AcuityBadge } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icon.tsx';
import { clockText, spanText } from '../../ui/time.ts';
import { t } from '../../ui/translate.ts';
import { TrendLine } from '../../ui/trend.tsx';
import type { Monitor, MonitorNumber } from './monitor.ts';

/** How far back a trend reaches, milliseconds. */
const trendSpan = 2 * 3_600_000;
/** A trend moves on this often, milliseconds: half a pixel of its width. */
const trendStep = 30_000;
const nothingMeasured: NonNullable<ReceivedReading['trend']> = [];

const NumberText = memo(
  ({
    text,
    alarm,
    caption,
    className,
  }: MonitorNumber & {
    readonly caption: string;
    readonly className: 'hero' | 'num';
  }) => (
    <span className="mon__n">
      <span className="cap">{caption}</span>
      <span className={className}>
        {alarm ? <span className={`val val--${alarm.priority} ${isUnanswered(alarm) ? 'unack' : 'ack'}`}>{text}</span> : text}
      </span>
    </span>
  ),
);

const limitOf = (alarm: Alarm | null): number | null => alarm?.limit?.value ?? null;

const Slot = ({
  monitor,
  alarm,
  now,
}: {
  readonly monitor: Monitor;
  readonly alarm: Alarm | undefined;
  readonly now: Instant;
}) => {
  if (alarm) {
    const unanswered = isUnanswered(alarm);
    return (
      <span className={`slot slot--${alarm.priority} ${unanswered ? 'unack' : 'ack'}`}>
        <Icon name={alarmIconOf(alarm)} size={14} />
        <span className="slot__text">{alarmLong(alarm)}</span>
        <span className="sp">{spanText(now - alarm.onsetAt)}</span>
      </span>
    );
  }
  const { freshness } = monitor;
  if (freshness === null || freshness.state === 'stale' || freshness.state === 'lost') {
    return (
      <span className="slot slot--stale">
        <Icon name="stale" size={14} />
        <span className="slot__text">{t('alarms.noData')}</span>
        <span className="sp">{freshness === null ? '–' : spanText(freshness.ageMs)}</span>
      </span>
    );
  }
  return <span className="slot slot--none">–</span>;
};

type Props = {
  readonly monitor: Monitor;
  readonly reading: ReceivedReading | undefined;
  readonly place: string;
  readonly name: string;
  readonly acuity: Acuity | null;
  readonly occupied: boolean;
  readonly now: Instant;
  readonly timeZone: string | null;
  readonly selected: boolean;
  readonly onChoose: (deviceId: Id) => void;
};

/** One bedside monitor: numbers, where they went in two hours, and its one exception. */
export const MonitorTile = memo(
  ({ monitor, reading, place, name, acuity, occupied, now, timeZone, selected, onChoose }: Props) => {
    const { alarm, numbers, freshness } = monitor;
    const gone = freshness === null || freshness.state === 'stale' || freshness.state === 'lost';
    const state = alarm ? ` mon--${alarm.priority}${isUnanswered(alarm) ? '' : ' ack'}` : gone ? ' mon--stale' : '';
    const trend = reading?.trend ?? nothingMeasured;
    const heartRate = useMemo(() => trend.map(([at, value]) => [at, value] as const), [trend]);
    const spo2 = useMemo(() => trend.map(([at, , value]) => [at, value] as const), [trend]);
    const until = Math.ceil(now / trendStep) * trendStep;
    return (
      <button
        type="button"
        className={`mon${state}${gone ? ' mon--old' : ''}${selected ? ' is-selected' : ''}`}
        data-device={monitor.device.id}
        data-bed={place}
        data-key-through="true"
        tabIndex={selected ? 0 : -1}
        aria-pressed={selected}
        aria-label={[place, name, alarm ? alarmLong(alarm) : gone ? t('alarms.noData') : '']
          .filter((part) => part !== '')
          .join(', ')}
        onClick={() => onChoose(monitor.device.id)}
      >
        <span className="mon__head">
          <span className="num">{place}</span>
          <span className="mon__name">{occupied ? name : t('alarms.nobody')}</span>
          {occupied ? <AcuityBadge acuity={acuity} size={20} /> : null}
        </span>
        <span className="mon__span">{t('alarms.span')}</span>
        <span className="mon__line">
          <TrendLine
            samples={heartRate}
            until={until}
            span={trendSpan}
            least={40}
            limit={limitOf(numbers.heartRate.alarm)}
            label={t('alarms.trendOf', { name: parameterName('heartRate') })}
          />
          <NumberText {...numbers.heartRate} caption={parameterName('heartRate')} className="hero" />
        </span>
        <span className="mon__line">
          <TrendLine
            samples={spo2}
            until={until}
            span={trendSpan}
            least={12}
            limit={limitOf(numbers.spo2.alarm)}
            label={t('alarms.trendOf', { name: parameterName('spo2') })}
          />
          <NumberText {...numbers.spo2} caption={`${parameterName('spo2')} %`} className="hero" />
        </span>
        <span className="mon__row">
          <NumberText {...numbers.respiratoryRate} caption={parameterName('respiratoryRate')} className="num" />
          <NumberText
            {...numbers.pressure}
            caption={
              monitor.pressureAt === null
                ? t('alarms.pressure')
                : t('alarms.pressureAt', { time: clockText(monitor.pressureAt, timeZone) })
            }
            className="num"
          />
          <NumberText {...numbers.temperature} caption={`${parameterName('temperature')} °C`} className="num" />
        </span>
        <Slot monitor={monitor} alarm={alarm} now={now} />
      </button>
    );
  },
);
