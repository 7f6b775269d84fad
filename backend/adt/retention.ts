/**
 * Messages and their bytes are forgotten when they are too old or too many, in small parts with a pause between, so that no answer
 * waits for it. Each part is a row of the audit trail. What a person must still decide is never forgotten.
 */
import type { Instant } from '#domain/model/values.ts';
import type { Senders } from '../adapters/hl7v2/site.ts';
import type { Core } from '../core/core.ts';
import type { Store } from '../core/store.ts';
import type { Timers } from '../server/timers.ts';

const DAY = 86_400_000;
const MEGABYTE = 1_048_576;
/** Some milliseconds of work. */
const AT_ONCE = 250;
const EVERY_MS = 60_000;
const PAUSE_MS = 20;

/** Looks once a minute; returns the stop. */
export const keepRetention = (options: {
  readonly core: Pick<Core, 'audit'>;
  readonly store: Pick<Store, 'messages' | 'transact'>;
  readonly clock: () => Instant;
  readonly timers: Pick<Timers, 'after' | 'every'>;
  readonly keep: Senders['keep'];
}): (() => void) => {
  const { core, store, clock, timers, keep } = options;
  let stopPart: (() => void) | undefined;
  const forget = (): void => {
    stopPart?.();
    const now = clock();
    const { more } = store.transact(() => {
      const forgotten = store.messages.forget({
        bytesBefore: now - keep.bytesDays * DAY,
        messagesBefore: now - keep.messageDays * DAY,
        mostBytes: keep.mostMegabytes * MEGABYTE,
        most: AT_ONCE,
      });
      const { bytes, messages, outgoing } = forgotten;
      if (bytes + messages + outgoing > 0) {
        const outcome = `${bytes} without bytes, ${messages} received and ${outgoing} sent forgotten`;
        core.audit.write({
          actor: 'hospital',
          stationId: null,
          action: 'adt.forget',
          subjects: [],
          outcome,
          payload: { keep, now },
        });
      }
      return forgotten;
    });
    stopPart = more ? timers.after(PAUSE_MS, forget) : undefined;
  };
  const stopLooking = timers.every(EVERY_MS, forget);
  return () => {
    stopLooking();
    stopPart?.();
  };
};
