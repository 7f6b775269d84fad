import type { SubmitAnswer, stationWindow } from '#contracts/ipc/station-window.ts';
import { inEnglish, sentenceOf } from '#domain/commands/sentence.ts';
import type { WindowClient } from './client.ts';
import { CallRefused, type Connection } from './port.ts';
import { newId } from './uuid.ts';

export type Station = Connection<typeof stationWindow>;
/** Holds the port of the day; a waiter gets the next one, or undefined after `ms`. */
export type StationHolder = {
  readonly current: () => Station | undefined;
  readonly next: (ms: number) => Promise<Station | undefined>;
};

/** How long a gesture waits for a station that is being restarted, milliseconds. */
export const stationBackMs = 3_000;
const goneSentence = sentenceOf('stationGone');
export const gone = inEnglish(goneSentence);

/**
 * Makes commands over the port of the day. Answers saved, refused or notSaved, and never throws; without a station it waits 3 s
 * for one.
 */
export const submitOver =
  ({ current, next }: StationHolder): WindowClient['submit'] =>
  async (name, input, commandId = newId()): Promise<SubmitAnswer> => {
    // When the station dies in between, nobody knows whether it was saved. Asking the new one under the same id is safe.
    for (const isLast of [false, true]) {
      const station = current() ?? (await next(stationBackMs));
      if (!station) return { status: 'notSaved', commandId, message: gone, sentence: goneSentence };
      try {
        return await station.call('submit', { commandId, name, input });
      } catch (error) {
        const isClosed = error instanceof CallRefused && error.code === 'closed';
        if (isLast || !isClosed)
          return isClosed
            ? { status: 'notSaved', commandId, message: gone, sentence: goneSentence }
            : { status: 'notSaved', commandId, message: (error as Error).message };
      }
    }
    return { status: 'notSaved', commandId, message: gone, sentence: goneSentence };
  };
