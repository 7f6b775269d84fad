/** What the end-to-end tests share: a real backend, and a line to it that a test can spoil. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Server, type Socket } from 'socket.io';
import { io } from 'socket.io-client';
import { temporaryDirectory } from '#tools/desk.ts';
import { projectDirectory } from '#tools/places.ts';
import type { ProcessOwner } from '#tools/processes.ts';

export type Hospital = { readonly url: string; readonly removeData: () => Promise<void> };

/** Starts a backend with its simulator on a free port. */
export const startHospital = async (processes: ProcessOwner): Promise<Hospital> => {
  const data = await temporaryDirectory();
  const named = ['--port', '0', '--data', data.path, '--seed', '7'];
  const started = processes.start('backend', process.execPath, [join(projectDirectory, 'backend/main.ts'), ...named], {
    log: 'silent',
  });
  const port = await started.waitForLine((line) => /"listening":(\d+)/.exec(line)?.[1], 60_000);
  return { url: `http://127.0.0.1:${port}`, removeData: data.remove };
};

/** A line between a desk and its hospital. */
export type Line = {
  readonly url: string;
  /** Says something to the desk as if the hospital had. */
  readonly say: (message: unknown) => void;
  /** Ends the connection; the desk makes the next one. */
  readonly cut: () => void;
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
    isMute: false,
    claimedVersion: undefined,
    close: async () => {
      await server.close();
    },
  };
  server.on('connection', (connected) => {
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
  });
  return line;
};
