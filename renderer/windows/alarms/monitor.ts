import type { Alarm } from '#domain/model/alarm.ts';
import type { Device, MonitoredParameter } from '#domain/model/device.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { compareAlarms, isOnBoard } from '#domain/rules/alarm-order.ts';
import { readingSinceBinding } from '#domain/rules/device-binding.ts';
import { type Freshness, freshness, throughLink } from '#domain/rules/freshness.ts';
import type { LinkState } from '#domain/rules/link-state.ts';
import type { ReceivedReading } from '../../state/store.ts';
import { numberText } from '../../ui/alarm-row.tsx';

/** How one number of a monitor is drawn: its text, and the alarm whose block it carries. */
export type MonitorNumber = { readonly text: string; readonly alarm: Alarm | null };

/** One monitor as drawn. `reading` null: nothing is known of it here. */
export type Monitor = {
  readonly device: Device;
  readonly freshness: Freshness | null;
  /** The most urgent standing alarm. */
  readonly alarm: Alarm | undefined;
  readonly numbers: Readonly<Record<'heartRate' | 'spo2' | 'respiratoryRate' | 'pressure' | 'temperature', MonitorNumber>>;
  readonly pressureAt: Instant | null;
};

const pressureText = (reading: ReceivedReading): string =>
  reading.systolic === null && reading.diastolic === null
    ? '–'
    : `${reading.systolic === null ? '–' : Math.round(reading.systolic)}/${reading.diastolic === null ? '–' : Math.round(reading.diastolic)}`;

/** What a monitor shows at `now` (server time) from its latest reading and its standing alarms, over a link of this state. Numbers that are lost read `–`. */
export const monitorOf = (
  device: Device,
  reading: ReceivedReading | undefined,
  alarms: readonly Alarm[],
  now: Instant,
  link: LinkState,
): Monitor => {
  const standing = alarms.filter((alarm) => isOnBoard(alarm) && alarm.state !== 'shelved').toSorted(compareAlarms);
  const age = reading ? throughLink(freshness('deviceReading', reading, now), link) : null;
  const shown = reading && age?.state !== 'lost' ? reading : undefined;
  const alarmOn = (parameters: readonly MonitoredParameter[]): Alarm | null =>
    standing.find((alarm) => alarm.parameter !== null && parameters.includes(alarm.parameter)) ?? null;
  const number = (parameter: 'heartRate' | 'spo2' | 'respiratoryRate' | 'temperature'): MonitorNumber => {
    const value = shown?.[parameter] ?? null;
    return { text: value === null ? '–' : numberText(parameter, value), alarm: alarmOn([parameter]) };
  };
  return {
    device,
    freshness: age,
    alarm: standing[0],
    numbers: {
      heartRate: number('heartRate'),
      spo2: number('spo2'),
      respiratoryRate: number('respiratoryRate'),
      temperature: number('temperature'),
      pressure: { text: shown ? pressureText(shown) : '–', alarm: alarmOn(['systolic', 'diastolic']) },
    },
    pressureAt: shown?.pressureAt ?? null,
  };
};

type Asked = Parameters<typeof monitorOf>;
const sameQuestion = (one: Asked, other: Asked): boolean =>
  one.every((part, index) => index === 2 || part === other[index]) &&
  one[2].length === other[2].length &&
  one[2].every((alarm, index) => alarm === other[2][index]);

/** What a tile draws: the monitor, and its reading since it was bound to whom it is bound now. */
export type DrawnMonitor = { readonly monitor: Monitor; readonly reading: ReceivedReading | undefined };

/**
 * What the tiles of one board draw, from the last that was received of each monitor. A monitor of which nothing has changed stays
 * the same object, so that of two hundred tiles only those are drawn that say something new.
 */
export const createDrawnMonitors = (): ((...asked: Asked) => DrawnMonitor) => {
  const last = new Map<Id, { readonly asked: Asked; readonly drawn: DrawnMonitor }>();
  return (...asked) => {
    const [device, received, alarms, now, link] = asked;
    const before = last.get(device.id);
    if (before && sameQuestion(before.asked, asked)) return before.drawn;
    const reading = readingSinceBinding(device, received);
    const drawn = { monitor: monitorOf(device, reading, alarms, now, link), reading };
    last.set(device.id, { asked, drawn });
    return drawn;
  };
};

/** Onsets of alarms in equal steps of `stepMs` ending at `now`, oldest first. Only alarms this desk still holds are counted. */
export const onsetsPerStep = (alarms: readonly Alarm[], now: Instant, stepMs: number, steps: number): readonly number[] => {
  const counts = new Array<number>(steps).fill(0);
  for (const { onsetAt } of alarms) {
    const index = steps - 1 - Math.floor((now - onsetAt) / stepMs);
    if (index >= 0 && index < steps) counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
};
