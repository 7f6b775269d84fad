import type { IncomingMessage, ServerResponse } from 'node:http';
import { type RecordKind, recordKindSchema, recordKinds } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import type { Core } from '../core/core.ts';

const answer = (response: ServerResponse, status: number, body: unknown) => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
};

const kindsOf = (asked: string | null): readonly RecordKind[] | undefined => {
  if (asked === null) return recordKinds;
  const kinds = asked.split(',').map((kind) => recordKindSchema.safeParse(kind));
  return kinds.every((kind) => kind.success) ? kinds.map((kind) => kind.data as RecordKind) : undefined;
};

/**
 * `GET /health`: `{rev, epoch, stations, serverTime}`. `GET /state?kinds=bed,unit` with `exposeState` only, for development:
 * `{rev, records: {bed: […], …}}`.
 */
export const createHttpHandler =
  (options: { readonly core: Core; readonly clock: () => Instant; readonly stations: () => number; readonly exposeState: boolean }) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const { core, clock, stations, exposeState } = options;
    const url = new URL(request.url ?? '/', 'http://backend');
    if (request.method !== 'GET') return answer(response, 405, { error: 'Only GET is answered here.' });
    if (url.pathname === '/health') return answer(response, 200, { rev: core.rev(), epoch: core.epoch, stations: stations(), serverTime: clock() });
    if (url.pathname === '/state' && exposeState) {
      const kinds = kindsOf(url.searchParams.get('kinds'));
      if (!kinds) return answer(response, 400, { error: 'A kind of record is not known.' });
      return answer(response, 200, { rev: core.rev(), records: Object.fromEntries(kinds.map((kind) => [kind, [...core.view.list(kind)]])) });
    }
    answer(response, 404, { error: 'There is nothing here.' });
  };
