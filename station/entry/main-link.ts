/** The two ways in which this process hangs on main; nothing else knows which it is. */
import type { StationToMain } from '#contracts/ipc/main-station.ts';
import type { Port } from '../feeds/port-server.ts';

/** A window's own MessagePort, handed over by main. */
export type WindowPort = Port & { readonly start: () => void; readonly onClose: (listen: () => void) => void };

export type MainLink = {
  /** `sent` is called when the message has left. */
  readonly post: (message: StationToMain, sent?: () => void) => void;
  readonly onMessage: (listen: (message: unknown, ports: readonly WindowPort[]) => void) => void;
  /** Main has ended. */
  readonly onGone: (listen: () => void) => void;
};

type MessageEventLike = { readonly data: unknown; readonly ports: readonly MessagePortLike[] };
type MessagePortLike = {
  readonly postMessage: (message: unknown) => void;
  readonly on: (event: string, listen: (event: MessageEventLike) => void) => void;
  readonly start: () => void;
};
type ParentPort = {
  readonly postMessage: (message: unknown) => void;
  readonly on: (event: 'message', listen: (event: MessageEventLike) => void) => void;
};

const windowPort = (port: MessagePortLike): WindowPort => ({
  post: (message) => port.postMessage(message),
  onMessage: (listen) => port.on('message', (event) => listen(event.data)),
  start: () => port.start(),
  onClose: (listen) => port.on('close', () => listen()),
});

/** The link of this process: `process.parentPort` in an Electron utility process, the IPC channel in a Node child; throws without either. */
export const connectToMain = (): MainLink => {
  const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
  if (parentPort) {
    return {
      post: (message, sent) => {
        parentPort.postMessage(message);
        // A utility process says nothing about delivery; the message leaves with the next turn.
        if (sent) setTimeout(sent, 50);
      },
      onMessage: (listen) => parentPort.on('message', (event) => listen(event.data, event.ports.map(windowPort))),
      // Electron ends its utility processes with main.
      onGone: () => undefined,
    };
  }
  if (!process.send) throw new Error('The station is started by main, or by fork from a test.');
  return {
    post: (message, sent) => {
      if (process.connected) process.send?.(message, () => sent?.());
      else sent?.();
    },
    onMessage: (listen) => void process.on('message', (message) => listen(message, [])),
    onGone: (listen) => void process.on('disconnect', listen),
  };
};
