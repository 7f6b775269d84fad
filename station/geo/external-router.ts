/**
 * A routing service of the site's choice behind the same port as the roads of this desk: OSRM, Valhalla or Mapbox, by its URL. It
 * is told positions of units and incidents, so only the managed configuration can name one. A service that does not answer in
 * time, or not as it should, is left alone for a while: no recommendation waits for it twice.
 */
import { z } from 'zod';
import type { RoutingService } from '#contracts/ipc/main-station.ts';
import type { Position } from '#domain/model/values.ts';
import type { Drive } from '#domain/rules/drive.ts';
import { FURTHEST_FROM_ROAD } from '#geo/reach.ts';
import type { Clock } from '../clock.ts';
import { readPolyline } from './polyline.ts';

/** One way as a service gives it. */
export type ServedRoute = { readonly seconds: number; readonly metres: number; readonly path: readonly Position[] };

export type ExternalRouter = {
  readonly kind: RoutingService['kind'];
  /** Drives in the order of `many`; null when the service cannot be used now. */
  readonly drives: (ask: {
    readonly one: Position;
    readonly many: readonly Position[];
    readonly way: 'toOne' | 'fromOne';
  }) => Promise<readonly Drive[] | null>;
  /** The quickest way; `none` when the service knows of none, null when it cannot be used now. */
  readonly route: (from: Position, to: Position) => Promise<ServedRoute | 'none' | null>;
  /** Ends what is under way. */
  readonly stop: () => void;
};

/** After a failure the service is not asked for so long, milliseconds. */
const LEFT_ALONE = 30_000;
const LONGEST = 1_000;
/** Places in one question: what the services allow by default. */
const MOST_PLACES = { osrm: 100, valhalla: 50, mapbox: 25 } as const;

const snapSchema = z.object({ distance: z.number().optional() });
const tableSchema = z.object({
  code: z.literal('Ok'),
  durations: z.array(z.array(z.number().nullable())),
  distances: z.array(z.array(z.number().nullable())).optional(),
  sources: z.array(snapSchema).optional(),
  destinations: z.array(snapSchema).optional(),
});
const routeSchema = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('Ok'),
    routes: z
      .array(
        z.object({
          duration: z.number(),
          distance: z.number(),
          geometry: z.object({ coordinates: z.array(z.tuple([z.number(), z.number()])) }),
        }),
      )
      .min(1),
  }),
  z.object({ code: z.literal('NoRoute') }),
]);
const matrixSchema = z.object({
  sources_to_targets: z.array(z.array(z.object({ time: z.number().nullable(), distance: z.number().nullable() }))),
});
const tripSchema = z.object({
  trip: z.object({
    summary: z.object({ time: z.number(), length: z.number() }),
    legs: z.array(z.object({ shape: z.string() })).min(1),
  }),
});

const text = ([lon, lat]: Position): string => `${lon.toFixed(6)},${lat.toFixed(6)}`;
const point = ([lon, lat]: Position): { readonly lon: number; readonly lat: number } => ({ lon, lat });

/** The service's URL with a path behind it and these parameters beside its own (a token, for example). */
const under = (base: string, path: string, parameters: Readonly<Record<string, string>> = {}): URL => {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${path}`;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
};

const driveOf = (seconds: number | null | undefined, metres: number | null | undefined, snapped: number): Drive => {
  if (snapped > FURTHEST_FROM_ROAD) return { state: 'offRoad' };
  if (seconds === null || seconds === undefined) return { state: 'noWay' };
  return { state: 'reached', seconds, metres: metres ?? 0, offRoad: Math.round(snapped) };
};

/** The router of a service; `log` hears why it was left alone, never where anybody is. */
export const createExternalRouter = (
  service: RoutingService,
  { clock, log }: { readonly clock: Clock; readonly log: (line: string) => void },
): ExternalRouter => {
  const { kind, url } = service;
  const underWay = new Set<AbortController>();
  let leftAloneUntil = Number.NEGATIVE_INFINITY;

  const ask = async <T>(schema: z.ZodType<T>, to: URL, body?: unknown, alsoOk: readonly number[] = []): Promise<T> => {
    const controller = new AbortController();
    underWay.add(controller);
    const stopTimer = clock.after(service.timeoutMs ?? LONGEST, () => controller.abort());
    try {
      const answer = await fetch(to, {
        signal: controller.signal,
        redirect: 'error',
        ...(body !== undefined && {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });
      if (!answer.ok && !alsoOk.includes(answer.status)) throw new Error(`status ${answer.status}`);
      return schema.parse(await answer.json());
    } finally {
      stopTimer();
      underWay.delete(controller);
    }
  };

  /** What a question comes to, or null; a failure closes the service for a while. */
  const guarded = async <T>(question: () => Promise<T>): Promise<T | null> => {
    if (clock.monotonicNow() < leftAloneUntil) return null;
    try {
      return await question();
    } catch (error) {
      leftAloneUntil = clock.monotonicNow() + LEFT_ALONE;
      // A schema's message quotes what it read.
      log(
        `routing service ${kind} left alone: ${error instanceof z.ZodError ? 'unexpected answer' : error instanceof Error ? error.name : 'error'}`,
      );
      return null;
    }
  };

  const tableOf = async (one: Position, many: readonly Position[], way: 'toOne' | 'fromOne'): Promise<readonly Drive[]> => {
    const others = many.map((_, i) => i + 1).join(';');
    const path = kind === 'osrm' ? 'table/v1/driving' : 'directions-matrix/v1/mapbox/driving';
    const table = await ask(
      tableSchema,
      under(url, `${path}/${[one, ...many].map(text).join(';')}`, {
        sources: way === 'toOne' ? others : '0',
        destinations: way === 'toOne' ? '0' : others,
        annotations: 'duration,distance',
      }),
    );
    const [here, there] = way === 'toOne' ? [table.destinations, table.sources] : [table.sources, table.destinations];
    return many.map((_, i) => {
      const cell = <V>(cells: readonly (readonly V[])[] | undefined): V | undefined =>
        way === 'toOne' ? cells?.[i]?.[0] : cells?.[0]?.[i];
      const snapped = Math.max(here?.[0]?.distance ?? 0, there?.[i]?.distance ?? 0);
      const seconds = cell(table.durations);
      if (seconds === undefined) throw new Error('short');
      return driveOf(seconds, cell(table.distances), snapped);
    });
  };

  const matrixOf = async (one: Position, many: readonly Position[], way: 'toOne' | 'fromOne'): Promise<readonly Drive[]> => {
    const [sources, targets] = way === 'toOne' ? [many, [one]] : [[one], many];
    const body = { sources: sources.map(point), targets: targets.map(point), costing: 'auto', units: 'kilometers' };
    const { sources_to_targets: cells } = await ask(matrixSchema, under(url, 'sources_to_targets'), body);
    return many.map((_, i) => {
      const cell = way === 'toOne' ? cells[i]?.[0] : cells[0]?.[i];
      if (!cell) throw new Error('short');
      return driveOf(cell.time, cell.distance === null ? null : cell.distance * 1000, 0);
    });
  };

  const wayOf = async (from: Position, to: Position): Promise<ServedRoute | 'none'> => {
    if (kind === 'valhalla') {
      const body = { locations: [point(from), point(to)], costing: 'auto', units: 'kilometers' };
      const { trip } = await ask(tripSchema, under(url, 'route'), body);
      const path = trip.legs.flatMap(({ shape }) => readPolyline(shape, 6));
      return { seconds: trip.summary.time, metres: trip.summary.length * 1000, path };
    }
    const place = kind === 'osrm' ? 'route/v1/driving' : 'directions/v5/mapbox/driving';
    const parameters = { overview: 'full', geometries: 'geojson' };
    // OSRM says "no route" with status 400.
    const answer = await ask(routeSchema, under(url, `${place}/${text(from)};${text(to)}`, parameters), undefined, [400]);
    const [first] = answer.code === 'Ok' ? answer.routes : [];
    return first ? { seconds: first.duration, metres: first.distance, path: first.geometry.coordinates } : 'none';
  };

  return {
    kind,
    drives: ({ one, many, way }) =>
      guarded(async () => {
        const most = MOST_PLACES[kind] - 1;
        const parts = Array.from({ length: Math.ceil(many.length / most) }, (_, i) => many.slice(i * most, (i + 1) * most));
        const asked = parts.map((part) => (kind === 'valhalla' ? matrixOf(one, part, way) : tableOf(one, part, way)));
        return (await Promise.all(asked)).flat();
      }),
    route: (from, to) => guarded(() => wayOf(from, to)),
    stop: () => {
      for (const controller of underWay) controller.abort();
    },
  };
};
