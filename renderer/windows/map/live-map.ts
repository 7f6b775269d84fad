/** One map, kept true to the store without passing through React: moving units are composed, compared and sent to the engine here. */
import type { IsochroneAnswer, RouteAnswer } from '#contracts/ipc/dispatch-desk.ts';
import type { Id, Position } from '#domain/model/values.ts';
import { afterPaint } from '../../client/after-paint.ts';
import { serverTimeOf } from '../../state/hooks.ts';
import { linkOf } from '../../state/link.ts';
import type { WindowStore } from '../../state/store.ts';
import { boundsOf, type FitState, followIncidents, locked, released, unfitted } from './auto-fit.ts';
import { basemap, type Detail, tileBaseOf } from './basemap.ts';
import { type KnownBases, learnBases } from './compose-bases.ts';
import { createCover } from './cover.ts';
import { openMap } from './engine/open-map.ts';
import type { Basemap, EngineRefusal, MapPort, PlaceName, ScreenPoint } from './engine/port.ts';
import { drawsInSoftware } from './engine/software-gl.ts';
import { type LayersShown, layersAtFirst } from './layers.ts';
import { linesOf } from './lines-of.ts';
import { createLiveLayer, type Line } from './live-layer.ts';
import { readPalette } from './palette.ts';
import { composePicture, type FleetSummary, type Picture, type Scene, type Selection } from './picture.ts';
import { createRoadBook } from './road-book.ts';
import { mapKinds } from './situation.ts';
import { covers, fetchTileSet, type TileSet } from './tile-set.ts';

export type Pick = { readonly at: ScreenPoint; readonly position: Position; readonly found: readonly Selection[] };
/** Several things at one spot of the screen. */
type Here = { readonly at: ScreenPoint; readonly found: readonly Selection[] };
export type LiveMapEvents = {
  readonly picked: (pick: Pick) => void;
  /** A pointer rests over several things that lie together; null when it has left them. */
  readonly restedOver: (over: Here | null) => void;
  readonly followChanged: (isLocked: boolean) => void;
  readonly scaleChanged: (metresPerPixel: number) => void;
  readonly tilesChanged: (failed: boolean) => void;
  /** What the background is made of is known now. `elsewhere`: it shows another place than the desk's. */
  readonly tileSetKnown: (set: TileSet, elsewhere: boolean) => void;
  /** Whether areas by drive time are drawn, when their layer is on. */
  readonly coverChanged: (known: boolean) => void;
  readonly engineRefused: (reason: EngineRefusal) => void;
  /** This window cannot draw a map at all. */
  readonly impossible: () => void;
  readonly faulted: (message: string) => void;
  readonly summarised: (summary: FleetSummary) => void;
};
/** A moment that is not the present. */
export type Past = { readonly [K in 'records' | 'positions' | 'now']: Scene[K] };
/** What the map asks of the roads. */
export type RoadQuestions = {
  readonly route: (from: Position, to: Position) => Promise<RouteAnswer>;
  readonly cover: (minutes: readonly number[]) => Promise<IsochroneAnswer>;
};
export type LiveMap = {
  readonly show: (what: {
    readonly selection: Selection | null;
    readonly proposed: readonly Id[];
    readonly draft: Position | null;
    readonly layers: LayersShown;
  }) => void;
  /** Draws a moment of the past and goes on hearing the present, which null draws again at once. */
  readonly look: (past: Past | null) => void;
  /** Gives the view back to the incidents. */
  readonly release: () => void;
  readonly moveTo: (position: Position) => void;
  readonly zoomBy: (steps: number) => void;
  readonly centre: () => Position | null;
  /** What lies at the spot of a thing, itself first; null when it has no place in view. */
  readonly around: (selection: Selection) => Here | null;
  readonly destroy: () => void;
};

/** Positions are shown this often at most, milliseconds; the first after a pause at once. */
const positionsEvery = 250;
/** After a picture the page has so many times as long for everything else, however much moves, if not more than between positions. */
const idleShare = 8;
/** A replay moves this often at most, milliseconds. */
const pastEvery = 60;
/** Records are shown at once, those of one moment together, milliseconds. */
const recordsEvery = 16;
/** How long a pointer stays over a heap before it is told what lies there, milliseconds. */
const restMs = 250;
const noBases: KnownBases = new Map();
const retryTilesEvery = 5_000;
/** Where the shipped tiles lie, until the records say where the desk is. */
const shippedCentre: Position = [-56.17, -34.88];

/** Whether a board would say the same of both: ages count by the second. */
const isSameSummary = (told: FleetSummary | null, next: FleetSummary): boolean => {
  const said = ({ newestFix: _, newestAge, oldestAge, ...rest }: FleetSummary): string =>
    JSON.stringify({ ...rest, newest: Math.floor((newestAge ?? -1) / 1000), oldest: Math.floor((oldestAge ?? -1) / 1000) });
  return told !== null && said(told) === said(next);
};

/** Opens the map in `container`; marks on `root` (`data-painted-rev`, `data-units`, `data-newest-fix`) tell what was painted. */
export const createLiveMap = (
  container: HTMLElement,
  root: HTMLElement,
  store: WindowStore,
  ask: RoadQuestions,
  events: LiveMapEvents,
): LiveMap => {
  let port: MapPort | null = null;
  let palette = readPalette(root);
  let picture: Picture | null = null;
  let places: readonly PlaceName[] = [];
  let lines: readonly Line[] = [];
  let bases: KnownBases = new Map();
  const cover = createCover(
    ask.cover,
    () => {
      events.coverChanged(cover.areas(shown.layers.coverage) !== null);
      schedule(positionsEvery);
    },
    () => performance.now(),
  );
  const roads = createRoadBook(
    ask.route,
    () => schedule(positionsEvery),
    () => performance.now(),
  );
  const inSoftware = drawsInSoftware();
  const ground = document.createElement('div');
  ground.className = 'map-ground';
  container.append(ground);
  const layer = createLiveLayer(container, palette);
  let shown: Parameters<LiveMap['show']>[0] = { selection: null, proposed: [], draft: null, layers: layersAtFirst };
  let fit: FitState = unfitted;
  let paintedRevision = 0;
  let lastPaint = Number.NEGATIVE_INFINITY;
  let lastCost = 0;
  let toldSummary: FleetSummary | null = null;
  let past: Past | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerDue = 0;
  let failedAt: number | null = null;
  let isDestroyed = false;

  const mark = (revision: number, { summary }: Picture): void => {
    if (past) root.dataset['pastAt'] = String(past.now);
    else delete root.dataset['pastAt'];
    root.dataset['paintedRev'] = String(revision);
    root.dataset['units'] = String(summary.units - summary.withoutPosition);
    root.dataset['newestFix'] = summary.newestFix === null ? '' : String(summary.newestFix);
  };

  const follow = (to: MapPort, now: Picture, positions: Scene['positions']): void => {
    // Through the past the view stays where it is, unless a person asks for all of it.
    if (past && fit.fitted !== null) return;
    if (now.active.size === 0 && positions.size === 0) return;
    const next = followIncidents(fit, now.active.keys());
    fit = next.state;
    if (!next.fit) return;
    const targets = now.active.size > 0 ? [...now.active.values()] : [...positions.values()].map(({ position }) => position);
    const bounds = boundsOf(targets);
    if (bounds) to.fit(bounds, { top: 88, bottom: 96, left: 96, right: 128 }, 14);
  };

  const draw = (): void => {
    if (port && picture)
      layer.draw({
        picture,
        camera: { centre: port.centre(), zoom: port.zoom() },
        draft: shown.draft,
        lines,
        cover: cover.areas(shown.layers.coverage && !past),
        places: shown.layers.labels ? places : [],
      });
  };
  const paint = (): void => {
    timer = undefined;
    const state = store.getState();
    const now = past?.now ?? serverTimeOf(state);
    const { records, positions } = past ?? state;
    if (!port || !records || now === null) return;
    const beganAt = performance.now();
    const cutOff = !past && ['stale', 'offline'].includes(linkOf(state, beganAt).state);
    if (!past) bases = learnBases({ records, positions, now }, bases);
    const next = composePicture({
      records,
      positions,
      now,
      cutOff,
      ...shown,
      view: port.view(),
      crowd: picture?.crowd ?? 'sparse',
      // Of a moment without a record nothing is known: neither how many stand at a base.
      bases: past && records.facility.size === 0 ? noBases : bases,
    });
    picture = next;
    // Which road a crew took then is not known: what would be the quickest now is no part of the past.
    lines = linesOf(next.ways, past ? new Map() : roads.ways(next.ways.filter(({ byAir }) => !byAir)));
    draw();
    paintedRevision += 1;
    mark(paintedRevision, next);
    if (!isSameSummary(toldSummary, next.summary)) {
      toldSummary = next.summary;
      events.summarised(next.summary);
    }
    follow(port, next, positions);
    lastPaint = performance.now();
    lastCost = lastPaint - beganAt;
  };

  const schedule = (gap: number): void => {
    const due = Math.max(performance.now(), lastPaint + Math.max(gap, Math.min(positionsEvery, lastCost * idleShare)));
    if (timer !== undefined && timerDue <= due) return;
    clearTimeout(timer);
    timerDue = due;
    timer = setTimeout(paint, due - performance.now());
  };

  const tellScale = (): void => {
    if (!port) return;
    const [, latitude] = port.centre();
    events.scaleChanged((Math.cos((latitude * Math.PI) / 180) * 40_075_017) / (512 * 2 ** port.zoom()));
  };
  let set: TileSet | null = null;
  const groundNow = (): Basemap => {
    const detail: Detail = !shown.layers.detail ? 'bare' : inSoftware ? 'plain' : 'full';
    return basemap({ palette, tileBase: tileBaseOf(location), theme: store.getState().theme, set, detail });
  };
  const home = (): Position | undefined => [...(store.getState().records?.facility.values() ?? [])][0]?.record.position;
  let isAsking = false;
  const askTileSet = async (): Promise<void> => {
    if (set || isAsking) return;
    isAsking = true;
    try {
      set = await fetchTileSet(tileBaseOf(location));
      if (isDestroyed) return;
      events.tileSetKnown(set, !covers(set, home() ?? shippedCentre));
      setTilesFailed(null);
      port?.setBasemap(groundNow());
    } catch {
      if (!isDestroyed) setTilesFailed(performance.now());
    } finally {
      isAsking = false;
    }
  };
  const setTilesFailed = (at: number | null): void => {
    if ((failedAt === null) !== (at === null)) events.tilesChanged(at !== null);
    failedAt = at;
  };

  let resting: ReturnType<typeof setTimeout> | undefined;
  let restsOn = '';
  /** A list opens where a pointer stays, not wherever it passes. */
  const rest = (over: Here | null): void => {
    const on = over ? over.found.map(({ id }) => id).join(' ') : '';
    if (on === restsOn) return;
    restsOn = on;
    clearTimeout(resting);
    events.restedOver(null);
    if (over) resting = setTimeout(() => events.restedOver(over), restMs);
  };
  const placeOf = ({ kind, id }: Selection): Position | undefined => {
    const { records, positions } = past ?? store.getState();
    return kind === 'unit' ? positions.get(id)?.position : records?.[kind].get(id)?.record.position;
  };

  const take = (opened: MapPort): void => {
    port = opened;
    root.dataset['engine'] = opened.engine;
    opened.on('moving', draw);
    opened.on('settled', () => {
      places = opened.placeNames();
      draw();
    });
    opened.on('gesture', () => {
      fit = locked(fit);
      events.followChanged(true);
    });
    opened.on('moved', () => {
      tellScale();
      schedule(100);
    });
    opened.on('clicked', ({ at, position }) => events.picked({ at, position, found: layer.findAt(at, 8) }));
    opened.on('hovered', (at) => {
      const found = layer.findAt(at, 4);
      opened.setCursor(found.length > 0 ? 'pointer' : '');
      rest(found.length > 1 ? { at, found } : null);
    });
    opened.on('tileFailed', () => setTilesFailed(performance.now()));
    opened.on('faulted', ({ message }) => events.faulted(message));
    // One tile that loads among others that fail is no recovery.
    opened.on('tileLoaded', () => failedAt !== null && performance.now() - failedAt > 1_500 && setTilesFailed(null));
    paint();
    tellScale();
  };

  let close = (): void => undefined;
  /** Resolves with the first rows; without any after a second, because a map without incidents is still a map. */
  const firstRows = (): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        stop();
        clearTimeout(late);
        resolve();
      };
      const stop = store.subscribe((state) => state.records !== null && done());
      const late = setTimeout(done, 1_000);
      if (store.getState().records !== null) done();
    });
  // The lists beside the map are painted with their rows before the engine, much the heaviest part of the board, is even read.
  const open = async (): Promise<void> => {
    await firstRows();
    await new Promise<void>(afterPaint);
    await new Promise<void>(afterPaint);
    const [{ engines }] = await Promise.all([import('./engine/engines.ts'), askTileSet()]);
    if (isDestroyed) return;
    close = openMap(engines, {
      container: ground,
      basemap: groundNow(),
      inSoftware,
      centre: home() ?? shippedCentre,
      zoom: 11.5,
      token: store.getState().mapboxToken,
      onPort: take,
      onLost: () => {
        port = null;
        places = [];
      },
      onRefused: events.engineRefused,
    });
  };
  open().catch(events.impossible);

  const stopStore = store.subscribe((state, before) => {
    if (state.theme !== before.theme) {
      // After the page has taken the theme, so that its tokens are the new ones.
      setTimeout(() => {
        palette = readPalette(root);
        layer.setPalette(palette);
        port?.setBasemap(groundNow());
        draw();
      }, 0);
    }
    if (past) return;
    if (mapKinds.some((kind) => state.records?.[kind] !== before.records?.[kind])) schedule(recordsEvery);
    else if (state.positions !== before.positions) schedule(positionsEvery);
  });
  // A busy fleet repaints by itself; ages need a paint of their own only when nothing moves.
  const ages = setInterval(() => past ?? schedule(900), 1_000);
  const retry = setInterval(() => {
    if (failedAt === null) return;
    if (set) port?.retryTiles();
    else void askTileSet();
  }, retryTilesEvery);

  return {
    show: (what) => {
      const isOtherGround = what.layers.detail !== shown.layers.detail;
      shown = what;
      if (isOtherGround) port?.setBasemap(groundNow());
      schedule(0);
    },
    look: (next) => {
      past = next;
      if (past) return schedule(pastEvery);
      clearTimeout(timer);
      paint();
    },
    release: () => {
      fit = released();
      events.followChanged(false);
      schedule(0);
    },
    moveTo: (position) => {
      fit = locked(fit);
      events.followChanged(true);
      port?.moveTo(position);
    },
    zoomBy: (steps) => {
      fit = locked(fit);
      events.followChanged(true);
      port?.zoomBy(steps);
    },
    centre: () => port?.centre() ?? null,
    around: (selection) => {
      const place = placeOf(selection);
      const at = place && layer.pointOf(place);
      if (!at) return null;
      const others = layer.findAt(at, 12).filter(({ id }) => id !== selection.id);
      return { at, found: [selection, ...others] };
    },
    destroy: () => {
      isDestroyed = true;
      stopStore();
      clearInterval(ages);
      clearInterval(retry);
      clearTimeout(timer);
      clearTimeout(resting);
      roads.stop();
      cover.stop();
      close();
      layer.destroy();
      ground.remove();
    },
  };
};
