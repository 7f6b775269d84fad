import type { Up } from '#contracts/wire/up.ts';

/** One connection to a backend. It ends once, by either side; a new one is made for the next attempt. */
export type Transport = {
  readonly send: (message: Up) => void;
  readonly onOpen: (listen: () => void) => void;
  /** What arrived, not yet parsed. */
  readonly onMessage: (listen: (message: unknown) => void) => void;
  /**
   * Called once, also when the connection never opened. The reason is `oversized` when a message was larger than the wire allows,
   * and `unreachable` when this machine found no way to the other side, so that nothing of the attempt has reached it.
   */
  readonly onClose: (listen: (reason: string) => void) => void;
  readonly close: () => void;
  /** Bytes received so far, those of a message that is not complete included; missing where nobody counts. */
  readonly received?: () => number;
};

/** Begins a connection. */
export type Connect = () => Transport;
