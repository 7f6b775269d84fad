import type { Up } from '#contracts/wire/up.ts';

/** One connection to a backend. It ends once, by either side; a new one is made for the next attempt. */
export type Transport = {
  readonly send: (message: Up) => void;
  readonly onOpen: (listen: () => void) => void;
  /** What arrived, not yet parsed. */
  readonly onMessage: (listen: (message: unknown) => void) => void;
  /** Called once, also when the connection never opened. The reason is `oversized` when a message was larger than the wire allows. */
  readonly onClose: (listen: (reason: string) => void) => void;
  readonly close: () => void;
};

/** Begins a connection. */
export type Connect = () => Transport;
