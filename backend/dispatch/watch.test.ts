import { expect, test } from 'vitest';
import { buildUnit, ids } from '#domain/testing/builders.ts';
import { openHospital } from '../testing/hospital.ts';
import { watchDispatch } from './watch.ts';

test('a crew that is silent at a scene is in an emergency at the second in which it is due, and the trail says so', () => {
  const { core, store, now, pass } = openHospital();
  core.commit([buildUnit({ status: 'atPatient', statusSince: now(), assignmentId: ids.assignment })]);
  const ticks: (() => void)[] = [];
  const stop = watchDispatch(core, now, {
    every: (_ms, call) => {
      ticks.push(call);
      return () => void ticks.splice(0);
    },
  });
  const tick = () => {
    for (const call of ticks) call();
  };
  const [before, rev] = [store.audit.head()?.sequence ?? 0, core.rev()];
  pass(46 * 60_000 - 1);
  tick();
  expect([core.view.get('unit', ids.unit)?.emergency, core.rev()]).toEqual([false, rev]);
  pass(1);
  tick();
  tick();
  expect([core.view.get('unit', ids.unit)?.emergency, core.rev()]).toEqual([true, rev + 1]);
  expect(store.audit.head()?.sequence).toBe(before + 1);
  stop();
  expect(ticks).toEqual([]);
  store.close();
});
