import type { Alarm, AlarmPriority } from '#domain/model/alarm.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { Duration } from './clock.tsx';
import { Icon, type IconName } from './icon.tsx';
import { clockText, spanText } from './time.ts';
import { t } from './translate.ts';

/** Nobody answered it yet: it flashes and is filled. */
export const isUnanswered = (alarm: Pick<Alarm, 'state'>): boolean => alarm.state === 'unacknowledged';

/** The symbol of an alarm: shape is priority, hollow is acknowledged, a bar under it latched, a tray shelved. */
export const alarmIconOf = ({ priority, state }: Pick<Alarm, 'priority' | 'state'>): IconName =>
  state === 'shelved'
    ? 'shelved'
    : state === 'returnedUnacknowledged'
      ? 'latched'
      : state === 'acknowledged'
        ? `${priority}Hollow`
        : priority;

const marks: Readonly<Record<AlarmPriority, string>> = { high: '!!!', medium: '!!', low: '!' };

/** Short name of what a monitor measures. */
export const parameterName = (parameter: NonNullable<Alarm['parameter']>): string => t(`parameter.${parameter}`);

/** `SpO2 84` as it stands in the one line of a tile; the device's own words when no number is at stake. */
export const alarmShort = ({ parameter, value, label }: Alarm): string =>
  parameter !== null && value !== null ? `${parameterName(parameter)} ${numberText(parameter, value)}` : label;

/** A monitored number with the places it is read with. */
export const numberText = (parameter: NonNullable<Alarm['parameter']>, value: number): string =>
  parameter === 'temperature' ? value.toFixed(1) : String(Math.round(value));

/** `!!! SpO2 84 < 88`: priority, value and broken limit. */
export const alarmLong = (alarm: Alarm): string => {
  const limit =
    alarm.limit === null || alarm.parameter === null
      ? ''
      : ` ${alarm.limit.kind === 'below' ? '<' : '>'} ${numberText(alarm.parameter, alarm.limit.value)}`;
  return `${marks[alarm.priority]} ${alarmShort(alarm)}${limit}`;
};

/** What state it is in and what happens next, in words. */
export const alarmStateText = (alarm: Alarm, now: Instant | null, timeZone: string | null): string => {
  if (alarm.state === 'returnedUnacknowledged') return t('alarm.latched');
  if (alarm.state === 'shelved') return t('alarm.shelved');
  if (alarm.state === 'acknowledged' && alarm.acknowledgedAt !== null) {
    const at = t('alarm.acknowledgedAt', { time: clockText(alarm.acknowledgedAt, timeZone) });
    return alarm.acknowledgementExpiresAt === null || now === null
      ? at
      : `${at} · ${t('alarm.expiresIn', { span: spanText(alarm.acknowledgementExpiresAt - now) })}`;
  }
  return alarm.category === 'technical' ? t('alarm.technical') : t('alarm.unacknowledged');
};

/** Who has it. A display is told that somebody has, not who. */
export const whoHas = ({ acknowledgedBy }: Pick<Alarm, 'acknowledgedBy'>): string =>
  acknowledgedBy === null ? t('alarm.nobody') : acknowledgedBy.name === '' ? t('alarm.acknowledged') : acknowledgedBy.name;

/** One line of the alarm list. `now` is server time or null when unknown. */
export const AlarmRow = ({
  alarm,
  place,
  now,
  timeZone,
  pending,
  selected,
  old = false,
  onSelect,
}: {
  readonly alarm: Alarm;
  /** Label of the bed, or of the device without one. */
  readonly place: string;
  readonly now: Instant | null;
  readonly timeZone: string | null;
  readonly pending: boolean;
  readonly selected: boolean;
  /** The source is not heard any more: drawn quiet, never as if it still held. */
  readonly old?: boolean;
  readonly onSelect: (id: Id) => void;
}) => {
  const unanswered = isUnanswered(alarm) && !old;
  return (
    <button
      type="button"
      data-key-through="true"
      data-alarm={alarm.id}
      data-state={alarm.state}
      data-pending={pending}
      aria-pressed={selected}
      className={`alarm alarm--${alarm.state === 'shelved' || old ? 'quiet' : alarm.priority} ${unanswered ? 'unack' : 'ack'}${selected ? ' is-selected' : ''}`}
      onClick={() => onSelect(alarm.id)}
    >
      <span className="mk">
        <Icon name={alarmIconOf(alarm)} size={20} />
      </span>
      <b className="num">{place}</b>
      <span className="alarm__what">
        <b>{alarmLong(alarm)}</b>
        <span className="meta">{alarmStateText(alarm, now, timeZone)}</span>
      </span>
      <span className="alarm__who">
        <b>
          <Duration milliseconds={now === null ? null : now - alarm.onsetAt} />
        </b>
        <span className="meta">{pending ? t('pending') : whoHas(alarm)}</span>
      </span>
    </button>
  );
};
