import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { buildBed, testId } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { type Contract, type FeedValue, portDownSchema, portUpSchema, type Remote, type Served } from './contract.ts';
import { mainToStationSchema, stationToMainSchema } from './main-station.ts';
import { mainWindow } from './main-window.ts';
import { stationWindow } from './station-window.ts';

const door = {
  calls: { knock: { in: z.strictObject({ times: z.int() }), out: z.strictObject({ opened: z.boolean() }) } },
  feeds: { state: z.strictObject({ open: z.boolean() }) },
} as const satisfies Contract;

test('both ends follow from one declaration', () => {
  expectTypeOf<Served<typeof door>>().toEqualTypeOf<{
    readonly knock: (input: { times: number }) => { opened: boolean } | Promise<{ opened: boolean }>;
  }>();
  expectTypeOf<Parameters<Remote<typeof door>['call']>[0]>().toEqualTypeOf<'knock'>();
  expectTypeOf<ReturnType<Remote<typeof door>['call']>>().toEqualTypeOf<Promise<{ opened: boolean }>>();
  expectTypeOf<FeedValue<typeof door, 'state'>>().toEqualTypeOf<{ open: boolean }>();
  // @ts-expect-error an owner that forgets a call does not compile
  const forgetful: Served<typeof door> = {};
  expect(Object.keys(forgetful)).toEqual([]);
});

describe('ports', () => {
  test('take the shapes they name and nothing else', () => {
    const taken = (schema: z.ZodType, ...messages: readonly unknown[]) =>
      messages.map((message) => schema.safeParse(message).success);
    expect(
      taken(
        portUpSchema,
        { type: 'call', id: 1, name: 'submit', input: {} },
        { type: 'subscribe', feed: 'frame' },
        { type: 'call', id: '1', name: 'submit', input: {} },
        { type: 'eval' },
        null,
      ),
    ).toEqual([true, true, false, false, false]);
    expect(
      taken(
        portDownSchema,
        { type: 'answer', id: 1, value: 0 },
        { type: 'refused', id: 1, error: { code: 'notAllowed', message: '' } },
        { type: 'refused', id: 1, error: { code: 'no', message: '' } },
      ),
    ).toEqual([true, true, false]);
    expect(taken(stationToMainSchema, { type: 'ready' }, { type: 'ready', key: 'x' })).toEqual([true, false]);
    expect(taken(mainToStationSchema, { type: 'stop' }, { type: 'start', databaseKey: 'text' })).toEqual([true, false]);
  });

  test('1,000 values of nonsense a call and a feed are refused or taken, never thrown', () => {
    const random = createRandom(3);
    const nonsense = (depth: number): unknown =>
      random.pick<() => unknown>([
        () => null,
        () => undefined,
        () => random.gaussian(0, 1e6),
        () => random.id(),
        () => 'x'.repeat(random.int(0, 600)),
        () => Number.NaN,
        () => buildBed(),
        () => (depth > 3 ? [] : Array.from({ length: random.int(0, 4) }, () => nonsense(depth + 1))),
        () =>
          depth > 3
            ? {}
            : Object.fromEntries(
                Array.from({ length: random.int(0, 5) }, () => [
                  random.pick(['commandId', 'name', 'input', 'code', 'message', 'reset', 'puts', '__proto__']),
                  nonsense(depth + 1),
                ]),
              ),
      ])();
    const schemas = [mainWindow, stationWindow].flatMap(({ calls, feeds }: Contract) => [
      ...Object.values(calls).flatMap((call) => [call.in, call.out]),
      ...Object.values(feeds),
    ]);
    for (const schema of schemas) {
      for (let index = 0; index < 1_000; index += 1) expect(typeof schema.safeParse(nonsense(0)).success).toBe('boolean');
    }
  });

  test('a command needs the id that its gesture minted', () => {
    const { in: input } = stationWindow.calls.submit;
    expect(
      [
        { commandId: testId('6', 1), name: 'assignBed', input: {} },
        { name: 'assignBed', input: {} },
      ].map((value) => input.safeParse(value).success),
    ).toEqual([true, false]);
  });
});
