import { expect, test } from 'vitest';
import type { DispatchSettings } from '#domain/model/dispatch-settings.ts';
import { noTimes } from '#domain/rules/assignment-times.ts';
import { shippedDispatchSettings } from '#domain/rules/dispatch-defaults.ts';
import { buildAssignment, buildHospital, buildIncident, buildUnit, ids, testId } from '#domain/testing/builders.ts';
import { facility, openHospital } from '../testing/hospital.ts';
import { watchArrivals } from './arrivals.ts';

const scene: [number, number] = [-56.18, -34.9];
const door: [number, number] = [-56.16, -34.89];

/** Two crews, one on its way to a scene and one with a patient, and the watch over their positions. */
const watched = (mode: DispatchSettings['geofence']['mode']) => {
  const { core, store, now, pass } = openHospital();
  const dispatch: DispatchSettings = { ...shippedDispatchSettings, geofence: { mode, metres: 150 } };
  const statusSince = now() - 60_000;
  const times = { ...noTimes, unitNotified: now() - 120_000 };
  core.commit([
    { ...facility, dispatch },
    buildIncident({ position: scene }),
    buildHospital({ position: door }),
    buildUnit({ id: testId('2', 1), status: 'enRoute', statusSince, assignmentId: testId('3', 1) }),
    buildAssignment({ id: testId('3', 1), unitId: testId('2', 1), times }),
    buildUnit({ id: testId('2', 2), callsign: 'A02', status: 'transporting', statusSince, assignmentId: testId('3', 2) }),
    buildAssignment({ id: testId('3', 2), unitId: testId('2', 2), times, hospitalId: ids.hospital }),
  ]);
  let tick = (): void => undefined;
  const watch = watchArrivals(core, now, {
    every: (_ms, call) => {
      tick = call;
      return () => {
        tick = () => undefined;
      };
    },
  });
  const seen = (position: readonly [number, number], number = 1) => ({
    unitId: testId('2', number),
    position: [position[0], position[1]] as [number, number],
    heading: null,
    speed: 0,
    observedAt: now(),
    source: 'vehicle',
  });
  const both = () => [seen(scene, 1), seen(door, 2)];
  const stand = () => {
    for (let second = 0; second < 20; second += 4) {
      watch.see(both());
      tick();
      pass(4_000);
    }
  };
  const statuses = () => [1, 2].map((number) => core.view.get('unit', testId('2', number))?.status);
  const rows = () => store.audit.head()?.sequence ?? 0;
  return { core, now, pass, watch, seen, stand, tick: () => tick(), statuses, rows, close: () => store.close() };
};

test('two crews that stand where they were sent have arrived, each once, and the trail says that it was the hospital', () => {
  const { core, now, watch, stand, statuses, rows, close } = watched('automatic');
  const [began, rev, before] = [now(), core.rev(), rows()];
  stand();
  expect(statuses()).toEqual(['onScene', 'atDestination']);
  expect(core.view.get('assignment', testId('3', 1))).toMatchObject({
    times: { onScene: began },
    seenArrivals: [{ moment: 'onScene', source: 'vehicle' }],
  });
  expect(core.view.get('assignment', testId('3', 2))).toMatchObject({
    times: { atDestination: began },
    seenArrivals: [{ moment: 'atDestination', source: 'vehicle' }],
  });
  stand();
  expect([core.rev() - rev, rows() - before]).toEqual([2, 2]);
  watch.stop();
  close();
});

test('what a person reports meanwhile stands', () => {
  const { core, pass, watch, seen, tick, statuses, now, close } = watched('automatic');
  watch.see([seen(scene)]);
  pass(12_000);
  watch.see([seen(scene)]);
  const unit = core.view.get('unit', testId('2', 1));
  if (unit) core.commit([{ ...unit, status: 'atPatient', statusSince: now() }]);
  const rev = core.rev();
  tick();
  expect([statuses()[0], core.rev()]).toEqual(['atPatient', rev]);
  watch.stop();
  close();
});

test.each(['suggest', 'off'] as const)('where the site says "%s" nothing is noted', (mode) => {
  const { watch, stand, statuses, close } = watched(mode);
  stand();
  expect(statuses()).toEqual(['enRoute', 'transporting']);
  watch.stop();
  close();
});
