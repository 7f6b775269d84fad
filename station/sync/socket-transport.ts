import { io } from 'socket.io-client';
import { MAXIMUM_MESSAGE_BYTES } from '#contracts/wire/up.ts';
import type { Connect } from './transport.ts';

const CONNECT_TIMEOUT = 5_000;

/** What the websocket says of a message above its limit stands inside the cause that socket.io gives. */
const isOversized = (details: unknown): boolean => {
  const { description } = (details ?? {}) as { readonly description?: { readonly error?: { readonly code?: unknown } } };
  return description?.error?.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
};

/** Connections over socket.io, websocket only; how often to try again is the engine's business. */
export const socketConnect =
  (backendUrl: string): Connect =>
  () => {
    // The websocket itself refuses what is too large, before it is in memory; socket.io's types do not know this option of it.
    const options = {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: CONNECT_TIMEOUT,
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
    socket.on('connect_error', (error) => ended(error.message));
    return {
      send: (message) => {
        if (!closed) socket.emit('up', message);
      },
      onOpen: (listen) => void socket.on('connect', listen),
      onMessage: (listen) => void socket.on('down', listen),
      onClose: (listen) => void closeListeners.push(listen),
      close: () => ended('closed here'),
    };
  };
