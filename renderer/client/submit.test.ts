import { describe, expect, onTestFinished, test } from 'vitest';
import type { PortUp } from '#contracts/ipc/contract.ts';
import { stationWindow } from '#contracts/ipc/station-window.ts';
import type { CommandInput } from '#domain/commands/registry.ts';
import { connectPort } from './port.ts';
import { gone, type StationHolder, submitOver } from './submit.ts';

const commandId = '01890000-0000-7000-8000-000000000001';
const input = { bedId: '01890000-0000-7000-8000-000000000002' } as unknown as CommandInput<'cleanBed'>;

/** A station at the other end of a real channel, which answers as told. */
const stationThat = (answer: (call: PortUp & { type: 'call' }, port: MessagePort) => void) => {
  const { port1, port2 } = new MessageChannel();
  const asked: unknown[] = [];
  port1.onmessage = ({ data }: MessageEvent<PortUp>) => {
    if (data.type !== 'call') return;
    asked.push(data.input);
    answer(data, port1);
  };
  const station = connectPort(stationWindow, port2, () => undefined);
  onTestFinished(() => {
    station.close();
    port1.close();
  });
  return { station, asked };
};
const saves = () =>
  stationThat(({ id }, port) => port.postMessage({ type: 'answer', id, value: { status: 'saved', commandId } }));
const holding = (change: Partial<StationHolder>): StationHolder => ({
  current: () => undefined,
  next: async () => undefined,
  ...change,
});

describe('a command made in a window', () => {
  test('goes to the station under its own id', async () => {
    const { station, asked } = saves();
    expect(await submitOver(holding({ current: () => station }))('cleanBed', input, commandId)).toEqual({
      status: 'saved',
      commandId,
    });
    expect(asked).toEqual([{ commandId, name: 'cleanBed', input }]);
  });

  test('without a station it is not saved, and says so', async () => {
    expect(await submitOver(holding({}))('cleanBed', input, commandId)).toEqual({
      status: 'notSaved',
      commandId,
      message: gone,
      sentence: { key: 'stationGone', values: {} },
    });
  });

  test('when the station dies in between, the next one is asked under the same id', async () => {
    const dying = stationThat(() => setTimeout(() => dying.station.close(), 5));
    const next = saves();
    let current: StationHolder['current'] = () => dying.station;
    const holder = holding({
      current: () => current(),
      next: async () => next.station,
    });
    const answer = submitOver(holder)('cleanBed', input, commandId);
    current = () => undefined;
    expect(await answer).toEqual({ status: 'saved', commandId });
    expect([dying.asked, next.asked]).toEqual([
      [{ commandId, name: 'cleanBed', input }],
      [{ commandId, name: 'cleanBed', input }],
    ]);
  });

  test('what the station cannot take is not saved', async () => {
    const { station } = stationThat(({ id }, port) =>
      port.postMessage({ type: 'refused', id, error: { code: 'failed', message: 'The disk is full.' } }),
    );
    const answer = await submitOver(holding({ current: () => station }))('cleanBed', input, commandId);
    expect(answer).toEqual({ status: 'notSaved', commandId, message: 'The disk is full.' });
  });
});
