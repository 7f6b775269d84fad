/** A line between a desk and its hospital that a test can spoil. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { io } from 'socket.io-client';

/** A line between a desk and its hospital. */
export type Line = {
  readonly url: string;
  /** Says something to the desk as if the hospital had. */
  readonly say: (message: unknown) => void;
  /** Ends the connection; the desk makes the next one. */
  readonly cut: () => void;
  /** Ends each new connection as soon as it is made. */
  isCut: boolean;
  /** Swallows the desk's heartbeats, so that none is answered. */
  isMute: boolean;
  /** The protocol version that the hospital claims; undefined leaves its own. */
  claimedVersion: number | undefined;
  readonly close: () => Promise<void>;
};

/** Opens a line to a backend: everything passes in both directions until the test spoils it. */
export const openLine = async (hospitalUrl: string): Promise<Line> => {
  const http = createServer();
  const server = new Server(http, { transports: ['websocket'], maxHttpBufferSize: 32 * 1024 * 1024 });
  let desk: Socket | undefined;
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const line: Line = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    say: (message) => void desk?.emit('down', message),
    cut: () => void desk?.disconnect(true),
    isCut: false,
    isMute: false,
    claimedVersion: undefined,
    close: async () => {
      await server.close();
    },
  };
  server.on('connection', (connected) => {
    if (line.isCut) return void connected.disconnect(true);
    desk = connected;
    const hospital = io(hospitalUrl, { transports: ['websocket'], reconnection: false, forceNew: true });
    connected.on('up', (message: { readonly type: string }) => {
      if (!(line.isMute && message.type === 'pulse')) hospital.emit('up', message);
    });
    hospital.on('down', (message: { readonly type: string }) => {
      const isClaimed = message.type === 'welcome' && line.claimedVersion !== undefined;
      connected.emit('down', isClaimed ? { ...message, protocol: line.claimedVersion } : message);
    });
    hospital.on('disconnect', () => connected.disconnect(true));
    connected.on('disconnect', () => hospital.disconnect());
    return undefined;
  });
  return line;
};
