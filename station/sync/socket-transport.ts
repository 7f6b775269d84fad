import { io } from 'socket.io-client';
import { MAXIMUM_MESSAGE_BYTES } from '#contracts/wire/up.ts';
import type { Connect } from './transport.ts';

/** How long to wait is the owner's business too, milliseconds. */
const LONGER_THAN_ANY_ATTEMPT = 60_000;

/** What the websocket says of a message above its limit stands inside the cause that socket.io gives. */
const isOversized = (details: unknown): boolean => {
  const { description } = (details ?? {}) as { readonly description?: { readonly error?: { readonly code?: unknown } } };
  return description?.error?.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
};

/** Causes by which this machine says that it found no way to the other side. */
const noWay: ReadonlySet<unknown> = new Set([
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const isUnreachable = (error: Error): boolean => {
  const { description } = error as { readonly description?: { readonly error?: { readonly code?: unknown } } };
  return noWay.has(description?.error?.code);
};
/** The library keeps the network's own socket to itself, and there is no other way to see that a long message is on its way. */
type Beneath = { readonly transport?: { readonly ws?: { readonly _socket?: { readonly bytesRead?: number } } } };

/** Connections over socket.io, websocket only; how often to try again is the engine's business. */
export const socketConnect =
  (backendUrl: string): Connect =>
  () => {
    // The websocket itself refuses what is too large, before it is in memory; socket.io's types do not know this option of it.
    const options = {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: LONGER_THAN_ANY_ATTEMPT,
      maxPayload: MAXIMUM_MESSAGE_BYTES,
    };
    const socket = io(backendUrl, options);
    let closed = false;
    const closeListeners: ((reason: string) => void)[] = [];
    const ended = (reason: string): void => {
      if (closed) return;
      closed = true;
      socket.disconnect();
      for (const listen of closeListeners) listen(reason);
    };
    socket.on('disconnect', (reason, details) => ended(isOversized(details) ? 'oversized' : reason));
    socket.on('connect_error', (error) => ended(isUnreachable(error) ? 'unreachable' : error.message));
    return {
      send: (message) => {
        if (!closed) socket.emit('up', message);
      },
      onOpen: (listen) => void socket.on('connect', listen),
      onMessage: (listen) => void socket.on('down', listen),
      onClose: (listen) => void closeListeners.push(listen),
      close: () => ended('closed here'),
      received: () => (socket.io.engine as unknown as Beneath | undefined)?.transport?.ws?._socket?.bytesRead ?? 0,
    };
  };
