/** The busiest hour of a department of 400 beds, told by ADT alone; `npm run soak -- adt-day` plays the whole day. */
import { expect, test } from 'vitest';
import { withScene } from '../faults/scene.ts';
import { type DayFigures, playDay } from './adt-day.ts';

test('an hour of 400 beds through ADT alone, late and repeated messages among it: every bed and visit is as the register has it', async () => {
  let figures: DayFigures | undefined;
  const findings = await withScene(5, async (scene) => {
    figures = await playDay(scene, {
      beds: 400,
      startHour: 10,
      hours: 1,
      everyMinutes: 20,
      speed: null,
      lateShare: 0.05,
      repeatShare: 0.05,
      lines: 2,
      say: () => undefined,
    });
  });
  expect(findings).toEqual([]);
  const { messages = 0, repeated = 0, answers, compared, disagreements } = figures ?? {};
  expect({ answers, compared, disagreements }).toEqual({ answers: { AA: messages + repeated }, compared: 4, disagreements: 0 });
});
