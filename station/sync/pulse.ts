/**
 * The heartbeat of one connection, and how long it has been silent. An answered heartbeat says that the other side was there
 * when the question went up, not when the answer came: what lies in a slow network is not fresh.
 */
import { linkLimits } from '#domain/rules/link-state.ts';
import type { Clock } from '../clock.ts';
import type { Transport } from './transport.ts';

export type Pulse = {
  /** Asks once. */
  readonly beat: () => void;
  /** When the question of this answer went up, how long it took, and the shortest of all; undefined when nobody asked. */
  readonly answered: (
    sequence: number,
  ) => { readonly sentAt: number; readonly roundTrip: number; readonly quickest: number } | undefined;
  /** The connection has opened after so many milliseconds, which say how slow the network is. */
  readonly opened: (took: number) => void;
  /** The other side has shown a sign of life. */
  readonly alive: () => void;
  /** Milliseconds until the connection has been silent for too long. */
  readonly patience: () => number;
};

/** A connection that shows no sign of life for so long is given up, milliseconds. */
const SILENT_FOR = linkLimits.stale;
const LONGEST_SILENCE = 15_000;
/** Answers this old say nothing any more. */
const REMEMBERED = 30;

/** A silent pulse; the bytes that the transport has received count as life, for a long message on a slow network. */
export const createPulse = (clock: Clock, transport: Transport): Pulse => {
  const asked = new Map<number, number>();
  let sequence = 0;
  let aliveAt = clock.monotonicNow();
  let firstAnswer = false;
  let quickest = Number.POSITIVE_INFINITY;
  let opening = 0;
  let checked = { at: aliveAt, received: transport.received?.() ?? 0 };
  const checkBytes = (): void => {
    const received = transport.received?.() ?? 0;
    // They came some time after the last look; counting from there never makes silence look shorter than it is.
    if (received !== checked.received) aliveAt = Math.max(aliveAt, checked.at);
    checked = { at: clock.monotonicNow(), received };
  };
  return {
    beat: () => {
      checkBytes();
      sequence += 1;
      asked.set(sequence, clock.monotonicNow());
      asked.delete(sequence - REMEMBERED);
      transport.send({ type: 'pulse', sequence });
    },
    answered: (answer) => {
      const sentAt = asked.get(answer);
      if (sentAt === undefined) return undefined;
      asked.delete(answer);
      firstAnswer = true;
      aliveAt = clock.monotonicNow();
      const roundTrip = aliveAt - sentAt;
      quickest = Math.min(quickest, roundTrip);
      return { sentAt, roundTrip, quickest };
    },
    opened: (took) => {
      opening = took;
      aliveAt = clock.monotonicNow();
    },
    alive: () => {
      aliveAt = clock.monotonicNow();
    },
    patience: () => {
      checkBytes();
      const limit = firstAnswer ? SILENT_FOR : Math.max(SILENT_FOR, Math.min(LONGEST_SILENCE, opening));
      return aliveAt + limit - clock.monotonicNow();
    },
  };
};
