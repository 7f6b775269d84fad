import { type Alarm, alarmPriorities } from '../model/alarm.ts';

export type AlarmCounts = {
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly unacknowledged: number;
};

/** Whether an alarm stands on the board: everything but what is over. */
export const isOnBoard = (alarm: Alarm): boolean => alarm.state !== 'normal';

/** Whether a person must still answer it, though the condition itself may have gone. */
export const needsAnswer = (alarm: Alarm): boolean =>
  alarm.state === 'unacknowledged' || alarm.state === 'returnedUnacknowledged';

const rank = (alarm: Alarm): number => alarmPriorities.indexOf(alarm.priority);
const answered = (alarm: Alarm): number => (needsAnswer(alarm) ? 0 : 1);

/** The order of an alarm list: priority, then unanswered before answered, then the oldest. */
export const compareAlarms = (a: Alarm, b: Alarm): number =>
  rank(a) - rank(b) || answered(a) - answered(b) || a.onsetAt - b.onsetAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The alarms of the board in order. */
export const alarmsInOrder = (alarms: Iterable<Alarm>): readonly Alarm[] => [...alarms].filter(isOnBoard).sort(compareAlarms);

/** How many stand, by priority, and how many of them nobody has answered. Shelved ones are not counted. */
export const alarmCounts = (alarms: Iterable<Alarm>): AlarmCounts => {
  const counts = { high: 0, medium: 0, low: 0, unacknowledged: 0 };
  for (const alarm of alarms) {
    if (!isOnBoard(alarm) || alarm.state === 'shelved') continue;
    counts[alarm.priority] += 1;
    if (needsAnswer(alarm)) counts.unacknowledged += 1;
  }
  return counts;
};
