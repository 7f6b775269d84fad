/**
 * Listens for what machines of others report over HTTP. Every request is answered with a sentence, nothing that is sent can end
 * the process, and what takes too long or is too long is cut off.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  /** Asked on this machine itself. */
  readonly isLocal: boolean;
  readonly authorization: string | undefined;
  /** A header by its name in small letters. */
  readonly header: (name: string) => string | undefined;
  /** The body as text; rejects when it is too long or never comes. */
  readonly body: () => Promise<string>;
};

export type Answer = {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type ReportServer = { readonly port: number; readonly stop: () => Promise<void> };

const MOST_BODY = 16_384;
const MOST_CONNECTIONS = 1_000;
const PATIENCE_MS = 10_000;

class TooLong extends Error {}

/** Not by iteration: that destroys the connection with the first part too many, and the answer with it. */
const bodyOf = (request: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length <= MOST_BODY) parts.push(part);
      else {
        request.pause();
        reject(new TooLong());
      }
    });
    request.once('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    request.once('error', reject);
    request.once('close', () => reject(new Error('The other side hung up.')));
  });

const isLoopback = (address = ''): boolean => address === '::1' || /^(::ffff:)?127\./.test(address);

const askedBy = (request: IncomingMessage): Asked => {
  const [path = '/', ...rest] = (request.url ?? '/').split('?');
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(rest.join('?')),
    contentType: request.headers['content-type'] ?? '',
    isLocal: isLoopback(request.socket.remoteAddress),
    authorization: request.headers.authorization,
    header: (name) => [request.headers[name]].flat()[0],
    body: () => bodyOf(request),
  };
};

/** A list of things as JSON that a person can read. */
export const listed = (value: unknown): Answer => ({
  status: 200,
  text: JSON.stringify(value, null, 2),
  headers: { 'content-type': 'application/json; charset=utf-8' },
});

/** Listens on an address and port, 0 for a free one; rejects with `who` in its sentence when it cannot be had. */
export const listenForReports = async (options: {
  /** Who reports, as a sentence begins: `Trackers`. */
  readonly who: string;
  readonly host: string;
  readonly port: number;
  readonly answer: (asked: Asked) => Answer | Promise<Answer>;
}): Promise<ReportServer> => {
  const say = (response: ServerResponse, { status, text, headers }: Answer) => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers });
    response.end(text);
  };
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    say(response, await options.answer(askedBy(request)));
  const server = createServer({ requestTimeout: PATIENCE_MS, headersTimeout: PATIENCE_MS }, (request, response) => {
    respond(request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      const tooLong = error instanceof TooLong;
      response.once('finish', () => request.destroy());
      say(response, {
        status: tooLong ? 413 : 400,
        text: tooLong ? 'That is too long for a report.' : 'That could not be read.',
        headers: { connection: 'close' },
      });
    });
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nThat is not a request.');
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`${options.who} cannot be listened for: ${error.message}`)));
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};
