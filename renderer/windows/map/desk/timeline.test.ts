import { describe, expect, test } from 'vitest';
import { noTimes } from '#domain/rules/assignment-times.ts';
import { buildAssignment, buildIncident, ids, testId, testNow } from '#domain/testing/builders.ts';
import { momentTyped, timelineOf } from './timeline.ts';

const at = (minutes: number): number => testNow + minutes * 60_000;
const author = { personId: ids.person, name: 'Reyes' };

describe('a timeline', () => {
  test('tells calls, missions, events, notes, refusals, diversions and voice in the order of their times', () => {
    const incident = buildIncident({
      status: 'closed',
      callReceivedAt: at(0),
      dispatchNotifiedAt: at(0.5),
      closedAt: at(60),
      notes: [{ at: at(2), by: author, text: 'door code 12' }],
      events: [{ at: at(3), by: author, what: 'priority', text: '2 → 1' }],
    });
    const refused = buildAssignment({
      id: testId('3', 1),
      times: { ...noTimes, unitNotified: at(1), cancelled: at(1.5) },
      refusal: { at: at(1.5), reason: 'flat tyre' },
      endReason: 'flat tyre',
    });
    const byVoice = buildAssignment({
      id: testId('3', 2),
      how: 'voice',
      voiceNote: 'radio 2',
      dispatchedBy: author,
      times: { ...noTimes, unitNotified: at(4), cancelled: at(5) },
      endReason: 'nearer call',
      endedByVoice: { by: author, note: 'radio 3' },
      divertedTo: testId('1', 9),
    });
    const told = timelineOf(incident, [refused, byVoice]).map((entry) => [
      (entry.at - testNow) / 60_000,
      entry.kind,
      'what' in entry ? entry.what : 'moment' in entry ? entry.moment : entry.text,
    ]);
    expect(told).toEqual([
      [0, 'call', 'received'],
      [0.5, 'call', 'notified'],
      [1, 'moment', 'unitNotified'],
      [1.5, 'moment', 'cancelled'],
      [1.5, 'refused', 'flat tyre'],
      [2, 'note', 'door code 12'],
      [3, 'event', 'priority'],
      [4, 'moment', 'unitNotified'],
      [4, 'voice', 'radio 2'],
      [5, 'moment', 'cancelled'],
      [5, 'diverted', 'nearer call'],
      [5, 'voice', 'radio 3'],
      [60, 'call', 'closed'],
    ]);
  });
  test('a break of order is flagged where it stands, and both times stay as they were told', () => {
    const assignment = buildAssignment({ times: { ...noTimes, unitNotified: at(0), onScene: at(9), atPatient: at(7) } });
    const moments = timelineOf(buildIncident({ callReceivedAt: at(-1), dispatchNotifiedAt: null }), [assignment]).flatMap(
      (entry) => (entry.kind === 'moment' ? [[(entry.at - testNow) / 60_000, entry.moment, entry.before]] : []),
    );
    expect(moments).toEqual([
      [0, 'unitNotified', null],
      [7, 'atPatient', 'onScene'],
      [9, 'onScene', null],
    ]);
  });
});

describe('a time as typed', () => {
  const utc = (instant: number): readonly [number, number, number] => {
    const seconds = Math.floor(instant / 1000) % 86_400;
    return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  };
  test('is the last such time before now', () => {
    expect(momentTyped('1158', testNow, utc)).toBe(at(-2));
    expect(momentTyped('11:58:30', testNow, utc)).toBe(at(-1.5));
    expect(momentTyped('12:00', testNow + 400, utc)).toBe(testNow);
    expect(momentTyped('23:30', testNow, utc)).toBe(at(-12.5 * 60));
  });
  test('or nothing', () => {
    expect(['25:00', '12:61', 'noon', ''].map((typed) => momentTyped(typed, testNow, utc))).toEqual([null, null, null, null]);
  });
});
