import type { Socket } from 'socket.io';
import { writeDown } from '#contracts/wire/codec.ts';
import type { Down } from '#contracts/wire/down.ts';
import { MAXIMUM_MESSAGE_BYTES } from '#contracts/wire/up.ts';

/** The backend's end of one connection: a real socket, or one in memory on a fake clock. It ends once, by either side. */
export type StationSocket = {
  readonly send: (message: Down) => void;
  /** Sends what may be dropped: a socket that does not take it at once never will. */
  readonly sendLossy: (message: Down) => void;
  /** What arrived, not yet parsed; `oversized` when it was larger than the wire allows. */
  readonly onMessage: (listen: (message: unknown, oversized: boolean) => void) => void;
  /** Called once, whoever ended it. */
  readonly onClose: (listen: () => void) => void;
  readonly close: () => void;
  /** Bytes handed over that the network has not taken. */
  readonly unsentBytes: () => number;
  readonly writable: () => boolean;
};

/** What lies between us and the network; the library keeps these fields to itself, and there is no other way to see a slow socket. */
type Lane = {
  readonly transport: { readonly socket?: { readonly bufferedAmount?: number }; readonly writable: boolean };
  readonly writeBuffer: readonly { readonly data?: unknown }[];
};

const bytesOf = (data: unknown): number => {
  if (typeof data === 'string') return data.length;
  return data instanceof Uint8Array ? data.byteLength : 64;
};

/** A station's end over Socket.IO: events `up` and `down`. */
export const stationSocketOver = (socket: Socket): StationSocket => {
  const lane = socket.conn as unknown as Lane;
  let oversized = false;
  // The size is known only here, before the text is parsed.
  socket.conn.on('packet', (packet: { type: string; data?: unknown }) => {
    if (packet.type === 'message' && typeof packet.data === 'string')
      oversized = Buffer.byteLength(packet.data) > MAXIMUM_MESSAGE_BYTES;
  });
  return {
    send: (message) => void socket.emit('down', writeDown(message)),
    sendLossy: (message) => void socket.volatile.emit('down', message),
    onMessage: (listen) => void socket.on('up', (message: unknown) => listen(message, oversized)),
    onClose: (listen) => void socket.once('disconnect', () => listen()),
    close: () => void socket.disconnect(true),
    unsentBytes: () =>
      (lane.transport.socket?.bufferedAmount ?? 0) + lane.writeBuffer.reduce((sum, { data }) => sum + bytesOf(data), 0),
    writable: () => lane.transport.writable,
  };
};
