/**
 * Listens for trackers. Every request is answered with a sentence, nothing that is sent can end the process, and what takes
 * too long or is too long is cut off. A report that was understood but not used is answered with 200 all the same: a tracker
 * that gets anything else says it again and again and keeps back what comes after.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Intake } from './intake.ts';
import { type Parsed, parseFields, parseObject } from './osmand.ts';

export type OsmandServer = { readonly port: number; readonly stop: () => Promise<void> };

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
    request.once('close', () => reject(new Error('The device hung up.')));
  });

const isLoopback = (address = ''): boolean => address === '::1' || /^(::ffff:)?127\./.test(address);

const sentences: Readonly<Record<ReturnType<Intake['take']>, string>> = {
  used: 'OK',
  outOfRange: 'Not used: there is no such place.',
  nullIsland: 'Not used: the device has no signal (0, 0).',
  tooOld: 'Not used: it is over a day old.',
  duplicate: 'Not used: it was said before.',
  outOfOrder: 'Not used: it is older than what is known.',
  inaccurate: 'Not used: something more accurate is known.',
  jump: 'Held back: nothing drives that far in that time. The next report decides.',
  notListed: 'Not used: this device is not in the list of devices.',
  noSuchUnit: 'Not used: the unit of this device does not exist.',
};

const parse = async (request: IncomingMessage, query: URLSearchParams): Promise<Parsed> => {
  // Some clients post with all their fields in the address and nothing in the body.
  if (request.method === 'GET' || query.has('lat') || query.has('location')) return parseFields(query);
  const body = await bodyOf(request);
  const isObject = request.headers['content-type']?.includes('json') || /^\s*[{[]/.test(body);
  if (isObject) return parseObject(body);
  const fields = new URLSearchParams(body);
  for (const [name, value] of query) if (!fields.has(name)) fields.append(name, value);
  return parseFields(fields);
};

/** Listens on an address and port, 0 for a free one; rejects when it cannot be had. `sources` is shown to this machine only. */
export const listenForOsmand = async (options: {
  readonly host: string;
  readonly port: number;
  readonly intake: Intake;
  readonly sources: () => unknown;
}): Promise<OsmandServer> => {
  const { host, intake, sources } = options;
  const say = (response: ServerResponse, status: number, text: string, headers: Readonly<Record<string, string>> = {}) => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers });
    response.end(text);
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = '/', ...rest] = (request.url ?? '/').split('?');
    const lists: Readonly<Record<string, () => unknown>> = {
      '/positions/unknown': intake.unknown,
      '/positions/sources': sources,
    };
    const list = Object.hasOwn(lists, path) ? lists[path] : undefined;
    if (list && !isLoopback(request.socket.remoteAddress)) return say(response, 403, 'Ask on the machine itself.');
    if (list) return say(response, 200, JSON.stringify(list(), null, 2), { 'content-type': 'application/json; charset=utf-8' });
    if (path !== '/') return say(response, 404, 'Trackers report to "/".');
    if (request.method !== 'GET' && request.method !== 'POST')
      return say(response, 405, 'Trackers report by GET or POST.', { allow: 'GET, POST' });
    const parsed = await parse(request, new URLSearchParams(rest.join('?')));
    if (!parsed.ok) return say(response, parsed.noSignal ? 200 : 400, parsed.problem);
    const outcome = intake.take(parsed.report, 'HTTP');
    const known = outcome !== 'notListed' && outcome !== 'noSuchUnit';
    return say(response, known ? 200 : 404, sentences[outcome]);
  };
  const server = createServer({ requestTimeout: PATIENCE_MS, headersTimeout: PATIENCE_MS }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      const tooLong = error instanceof TooLong;
      response.once('finish', () => request.destroy());
      say(response, tooLong ? 413 : 400, tooLong ? 'That is too long for a report.' : 'That could not be read.', {
        connection: 'close',
      });
    });
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nThat is not a request.');
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`Trackers cannot be listened for: ${error.message}`)));
    server.listen(options.port, host, resolve);
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
