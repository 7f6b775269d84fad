import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Down } from '#contracts/wire/down.ts';
import { buildUnit, testId } from '#domain/testing/builders.ts';
import { openHospital } from '../testing/hospital.ts';
import { helloOf } from '../testing/station.ts';
import { createAdmission } from './admission.ts';
import { createCommandTurn } from './command-turn.ts';
import { createConnection } from './connection.ts';
import { createDeskQuestions } from './desk-questions.ts';
import { developmentTokens } from './device-tokens.ts';
import { createPagePacker } from './page-packer.ts';
import { createParting } from './parts.ts';
import { cutChange } from './projecting.ts';
import { createTelemetryLane } from './telemetry-lane.ts';
import { systemTimers } from './timers.ts';

test('what a slow station missed and could not be read from the disk is in its next poke', () => {
  const { core, grants, now, store } = openHospital();
  const said: Down[] = [];
  const network = { unsent: 0 };
  const heard = { up: (_message: unknown, _oversized: boolean): void => undefined };
  let broken = false;
  const connection = createConnection(
    {
      send: (message) => void said.push(message),
      sendLossy: () => undefined,
      onMessage: (listen) => {
        heard.up = listen;
      },
      onClose: () => undefined,
      close: () => undefined,
      unsentBytes: () => network.unsent,
      writable: () => true,
    },
    {
      core: {
        ...core,
        changesSince: (stationId, cursor) => {
          if (broken) throw new Error('disk');
          return core.changesSince(stationId, cursor);
        },
      },
      clock: now,
      timers: systemTimers,
      grants,
      tokens: developmentTokens,
      telemetry: createTelemetryLane(),
      commandTurn: createCommandTurn(core, systemTimers),
      answerQuestion: createDeskQuestions({ core, clock: now, grants, messageDesk: () => null, isWhole: () => true }),
      packPage: createPagePacker(),
      onWelcome: () => undefined,
      admission: createAdmission(systemTimers),
      parting: createParting(),
    },
  );
  heard.up(helloOf(randomUUID(), { epoch: core.epoch, cursor: 1 }), false);
  core.subscribe((change) => connection.poke(change, cutChange('desk', change, 'initials')));
  const units = [1, 2, 3].map((count) => buildUnit({ id: testId('c', count) }));
  network.unsent = 2 * 1024 * 1024;
  core.commit(units.slice(0, 1));
  network.unsent = 0;
  broken = true;
  core.commit(units.slice(1, 2));
  broken = false;
  core.commit(units.slice(2));
  expect(said.filter(({ type }) => type === 'poke')).toEqual([
    { type: 'poke', base: 1, rev: 4, puts: units.map((record, index) => ({ rev: index + 2, record })), deletes: [], settled: [] },
  ]);
  store.close();
});
