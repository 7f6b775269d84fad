import { io } from 'socket.io-client';
import type { Connect } from './transport.ts';

const CONNECT_TIMEOUT = 5_000;

/** Connections over socket.io, websocket only; how often to try again is the engine's business. */
export const socketConnect =
  (backendUrl: string): Connect =>
  () => {
    const socket = io(backendUrl, { transports: ['websocket'], reconnection: false, forceNew: true, timeout: CONNECT_TIMEOUT });
    let closed = false;
    const closeListeners: ((reason: string) => void)[] = [];
    const ended = (reason: string): void => {
      if (closed) return;
      closed = true;
      socket.disconnect();
      for (const listen of closeListeners) listen(reason);
    };
    socket.on('disconnect', (reason) => ended(reason));
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
