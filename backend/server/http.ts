import type { IncomingMessage, ServerResponse } from 'node:http';
import { type RecordKind, recordKindSchema, recordKinds } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import type { Core } from '../core/core.ts';
import type { Recovery } from '../core/recovery.ts';

type Answer = { readonly status: number; readonly body: unknown };

const kindsOf = (asked: string | null): readonly RecordKind[] | undefined => {
  if (asked === null) return recordKinds;
  const kinds = asked.split(',').map((kind) => recordKindSchema.safeParse(kind));
  return kinds.every((kind) => kind.success) ? kinds.map((kind) => kind.data as RecordKind) : undefined;
};

export type HttpOptions = {
  readonly core: Core;
  readonly clock: () => Instant;
  readonly stations: () => number;
  readonly exposeState: boolean;
  readonly recovery?: Recovery | undefined;
};

const answerTo = (
  method: string | undefined,
  url: URL,
  { core, clock, stations, exposeState, recovery }: HttpOptions,
): Answer => {
  if (method !== 'GET') return { status: 405, body: { error: 'Only GET is answered here.' } };
  if (url.pathname === '/health') {
    return {
      status: 200,
      body: {
        rev: core.rev(),
        epoch: core.epoch,
        stations: stations(),
        serverTime: clock(),
        recovery: recovery?.state() ?? null,
      },
    };
  }
  if (url.pathname === '/state' && exposeState) {
    const kinds = kindsOf(url.searchParams.get('kinds'));
    if (!kinds) return { status: 400, body: { error: 'A kind of record is not known.' } };
    const records = Object.fromEntries(kinds.map((kind) => [kind, [...core.view.list(kind)]]));
    return { status: 200, body: { rev: core.rev(), records } };
  }
  return { status: 404, body: { error: 'There is nothing here.' } };
};

/**
 * `GET /health`: `{rev, epoch, stations, serverTime, recovery}`; `recovery` is null, or what state the recovery after a restore is in. `GET /state?kinds=bed,unit` with `exposeState` only, for development:
 * `{rev, records: {bed: […], …}}`.
 */
export const createHttpHandler =
  (options: HttpOptions) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    // What is not an address, such as `//`, must not end the process.
    const url = URL.parse(request.url ?? '/', 'http://backend');
    const { status, body } = url
      ? answerTo(request.method, url, options)
      : { status: 400, body: { error: 'This is not an address.' } };
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  };
