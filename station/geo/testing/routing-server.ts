/** A routing service on loopback that speaks the shapes of OSRM, Valhalla or Mapbox over a table of made-up drives. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type RoutingServer = {
  readonly url: string;
  /** Path and query, or path and body, of each question. */
  readonly asked: string[];
  /** What it does instead of answering well. */
  trouble: 'none' | 'error' | 'silent' | 'nonsense' | 'short';
  readonly stop: () => Promise<void>;
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};
const places = (text: string): readonly (readonly [number, number])[] =>
  text.split(';').map((place) => place.split(',').map(Number) as [number, number]);
/** A drive takes a second for each ten-thousandth of a degree east of the first place, and is not to be had beyond one degree. */
const secondsBetween = (from: readonly [number, number], to: readonly [number, number]): number | null => {
  const seconds = Math.round(Math.abs(to[0] - from[0]) * 10_000);
  return seconds > 10_000 ? null : seconds;
};

type Table = {
  readonly sources: readonly number[];
  readonly targets: readonly number[];
  readonly at: readonly (readonly [number, number])[];
};
const cells = ({ sources, targets, at }: Table, scale: number): (number | null)[][] =>
  sources.map((s) =>
    targets.map((t) => {
      const seconds = secondsBetween(at[s] as [number, number], at[t] as [number, number]);
      return seconds === null ? null : seconds * scale;
    }),
  );

const osrm = (url: URL): { readonly status: number; readonly body: unknown } => {
  const at = places(decodeURIComponent(url.pathname.split('/').at(-1) ?? ''));
  if (url.pathname.includes('/table/') || url.pathname.includes('/directions-matrix/')) {
    const list = (name: string): number[] => (url.searchParams.get(name) ?? '').split(';').map(Number);
    const table = { sources: list('sources'), targets: list('destinations'), at };
    const snap = (i: number) => ({ location: at[i], name: '', distance: (at[i]?.[1] ?? 0) > 80 ? 900 : 12 });
    const body = {
      code: 'Ok',
      durations: cells(table, 1),
      distances: cells(table, 10),
      sources: table.sources.map(snap),
      destinations: table.targets.map(snap),
    };
    return { status: 200, body };
  }
  const [from, to] = at as [[number, number], [number, number]];
  const seconds = secondsBetween(from, to);
  if (seconds === null) return { status: 400, body: { code: 'NoRoute', message: 'Impossible route between points' } };
  const route = { duration: seconds, distance: seconds * 10, geometry: { type: 'LineString', coordinates: [from, to] } };
  return { status: 200, body: { code: 'Ok', routes: [route], waypoints: [] } };
};

type ValhallaPlace = { readonly lon: number; readonly lat: number };
const valhalla = (path: string, given: string): { readonly status: number; readonly body: unknown } => {
  const body = JSON.parse(given) as Record<'sources' | 'targets' | 'locations', readonly ValhallaPlace[]>;
  const point = ({ lon, lat }: ValhallaPlace): [number, number] => [lon, lat];
  if (path.endsWith('sources_to_targets')) {
    const rows = body.sources.map((source, from_index) =>
      body.targets.map((target, to_index) => {
        const time = secondsBetween(point(source), point(target));
        return { time, distance: time === null ? null : time / 100, from_index, to_index };
      }),
    );
    return { status: 200, body: { sources_to_targets: rows, units: 'kilometers' } };
  }
  // The line of the polyline format's own description, with six digits.
  const trip = { summary: { time: 60, length: 1.5 }, legs: [{ shape: '_izlhA~rlgdF_{geC~ywl@_kwzCn`{nI' }], units: 'kilometers' };
  return { status: 200, body: { trip } };
};

/** Starts a service; `path` stands before those of the service, as behind a proxy. */
export const startRoutingServer = async (kind: 'osrm' | 'valhalla' | 'mapbox', path = ''): Promise<RoutingServer> => {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://loopback');
    const body = await bodyOf(request);
    asked.push(`${request.method} ${request.url}${body}`);
    if (routing.trouble === 'silent') return;
    const good = kind === 'valhalla' ? valhalla(url.pathname, body) : osrm(url);
    response.statusCode = routing.trouble === 'error' ? 503 : good.status;
    response.setHeader('content-type', 'application/json');
    if (routing.trouble === 'nonsense') response.end('{"code":"Ok","durations":"soon"}');
    else if (routing.trouble === 'short') response.end('{"code":"Ok","durations":[],"sources_to_targets":[]}');
    else response.end(JSON.stringify(good.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const routing: RoutingServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    asked,
    trouble: 'none',
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return routing;
};
