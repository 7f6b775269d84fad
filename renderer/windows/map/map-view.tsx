import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { Id, Position } from '#domain/model/values.ts';
import { serverTimeOf, useClient, useWindow, useWindowStore } from '../../state/hooks.ts';
import { linkOf } from '../../state/link.ts';
import { Banner } from '../../ui/controls.tsx';
import { useKeys } from '../../ui/keys.tsx';
import type { EngineRefusal, ScreenPoint } from './engine/port.ts';
import { type LayersShown, layersFrom, type MapLayer, turned } from './layers.ts';
import { CoverKey, LayersPanel, MissingLayers } from './layers-panel.tsx';
import { createLiveMap, type LiveMap, type LiveMapEvents, type Pick } from './live-map.ts';
import { FleetLine, HereHint, Legend, LockChip, PickList, type PickOption } from './map-overlays.tsx';
import { pickOptions } from './pick-options.ts';
import type { FleetSummary, Selection } from './picture.ts';
import { LiveMark } from './replay/live-marks.tsx';
import { PastDetail } from './replay/past-detail.tsx';
import { ReplayBar } from './replay/replay-bar.tsx';
import { ReplayButton } from './replay/replay-button.tsx';
import { ReplayHead } from './replay/replay-head.tsx';
import { ReplayKeys } from './replay/replay-keys.tsx';
import { r } from './replay/strings.ts';
import { useDrawnPast } from './replay/use-drawn-past.ts';
import { pastOf, type Replay } from './replay/use-replay.ts';
import { m } from './strings.ts';

export type MapViewHandle = { readonly [K in 'release' | 'moveTo' | 'zoomBy' | 'centre']: LiveMap[K] };

const refusalWords = {
  token: 'tokenRefused',
  unreachable: 'onlineUnreachable',
  notBuilt: 'onlineNotBuilt',
  impossible: 'mapImpossible',
} as const;
type Listed = { readonly at: ScreenPoint; readonly options: readonly PickOption[] };

/** Layers as this window was left with them. */
const layersKey = 'map layers';
const keepLayers = (shown: LayersShown): void => {
  try {
    localStorage.setItem(layersKey, JSON.stringify(shown));
  } catch {
    // Where a page may keep nothing, layers last as long as the window.
  }
};
const keptLayers = (): LayersShown => {
  try {
    return layersFrom(localStorage.getItem(layersKey));
  } catch {
    return layersFrom(null);
  }
};

const frameOf = ({ isPast, isUnrecorded }: Replay): string =>
  ['map-view', isPast ? 'map-view--past' : '', isUnrecorded ? 'map-view--unrecorded' : ''].join(' ').trim();

/** The map with everything that lies on it. Units move without React; only what a person chose passes through it. */
export const MapView = ({
  ref,
  selection,
  proposed,
  draft,
  placing,
  legendOpen,
  onLegend,
  onPlace,
  onSelect,
  replay,
  news,
  children,
}: {
  readonly ref: Ref<MapViewHandle>;
  readonly selection: Selection | null;
  readonly proposed: readonly Id[];
  readonly draft: Position | null;
  /** A click gives a place instead of choosing what lies there. */
  readonly placing: boolean;
  readonly legendOpen: boolean;
  readonly onLegend: () => void;
  readonly onPlace: (position: Position) => void;
  readonly onSelect: (selection: Selection) => void;
  readonly replay: Replay;
  /** What needs someone now; it stands over a picture of the past. */
  readonly news: ReactNode;
  readonly children: ReactNode;
}) => {
  const store = useWindowStore();
  const client = useClient();
  const root = useRef<HTMLDivElement>(null);
  const container = useRef<HTMLDivElement>(null);
  const live = useRef<LiveMap | null>(null);
  const [isLocked, setLocked] = useState(false);
  const [metresPerPixel, setMetresPerPixel] = useState<number | null>(null);
  const [ground, setGround] = useState({ attribution: '', isElsewhere: false });
  const [tilesFailed, setTilesFailed] = useState(false);
  const [refusal, setRefusal] = useState<EngineRefusal | 'impossible' | null>(null);
  const [summary, setSummary] = useState<FleetSummary | null>(null);
  const [layers, setLayers] = useState(keptLayers);
  const [layersOpen, setLayersOpen] = useState(false);
  const [coverKnown, setCoverKnown] = useState(false);
  const [pick, setPick] = useState<Listed | null>(null);
  const [hint, setHint] = useState<Listed | null>(null);
  /** Looked at in the past; what the board has selected is live and stays. */
  const [pastSelection, setPastSelection] = useState<Selection | null>(null);
  const linkIsLive = useWindow((state) => linkOf(state, performance.now()).state === 'live');

  const turn = (layer: MapLayer): void => {
    const next = turned(layers, layer);
    setLayers(next);
    keepLayers(next);
  };
  const choose = replay.isPast ? setPastSelection : onSelect;
  const marked = (replay.isPast ? pastSelection : null) ?? selection;
  const list = (at: ScreenPoint, found: readonly Selection[]): Listed => {
    const { records, positions } = store.getState();
    const present = records && { records, positions, now: serverTimeOf(store.getState()) ?? 0 };
    const scene = replay.isPast ? pastOf(replay) : present;
    return { at, options: scene ? pickOptions(scene, found) : [] };
  };
  const openList = (at: ScreenPoint, found: readonly Selection[]): void => {
    const listed = list(at, found);
    setHint(null);
    if (listed.options.length > 0) setPick(listed);
  };
  const picked = useRef<(pick: Pick) => void>(() => undefined);
  picked.current = ({ at, position, found }) => {
    setPick(null);
    if (placing) return onPlace(position);
    const [only] = found;
    if (found.length === 1 && only) return choose(only);
    if (found.length === 0) setPastSelection(null);
    openList(at, found);
  };
  const hovered = useRef<LiveMapEvents['restedOver']>(() => undefined);
  hovered.current = (over) => setHint(over && pick === null && !placing ? list(over.at, over.found) : null);

  useEffect(() => {
    if (!container.current || !root.current) return;
    const map = createLiveMap(container.current, root.current, store, client, {
      picked: (value) => picked.current(value),
      restedOver: (over) => hovered.current(over),
      followChanged: setLocked,
      scaleChanged: setMetresPerPixel,
      tilesChanged: (failed) => {
        setTilesFailed(failed);
        if (failed) client.report('mapTiles', 'The map background could not be read.');
      },
      tileSetKnown: ({ attribution }, isElsewhere) => setGround({ attribution, isElsewhere }),
      coverChanged: setCoverKnown,
      engineRefused: (reason) => {
        setRefusal(reason);
        client.report('mapEngine', `The online map was refused: ${reason}.`);
      },
      impossible: () => {
        setRefusal('impossible');
        client.report('mapEngine', 'This window cannot draw a map.');
      },
      faulted: (message) => client.report('mapEngine', message.slice(0, 500)),
      summarised: setSummary,
    });
    live.current = map;
    return () => {
      live.current = null;
      map.destroy();
    };
  }, [store, client]);
  useEffect(
    () => live.current?.show({ selection: marked, proposed: replay.isPast ? [] : proposed, draft, layers }),
    [marked, proposed, draft, layers, replay.isPast],
  );
  useDrawnPast(replay, live);
  useEffect(() => {
    setPick(null);
    setHint(null);
    if (!replay.isPast) setPastSelection(null);
  }, [replay.isPast]);
  useImperativeHandle(ref, () => ({
    release: () => live.current?.release(),
    moveTo: (position) => live.current?.moveTo(position),
    zoomBy: (steps) => live.current?.zoomBy(steps),
    centre: () => live.current?.centre() ?? null,
  }));
  const listHere = (): void => {
    const here = marked && live.current?.around(marked);
    if (here) openList(here.at, here.found);
  };
  useKeys([
    { key: 'v', label: m('keyLayers'), run: () => setLayersOpen((open) => !open), quiet: true },
    { key: 'g', label: m('keyHere'), when: marked !== null, run: listHere, quiet: true },
  ]);

  const within = { width: root.current?.clientWidth ?? 0, height: root.current?.clientHeight ?? 0 };
  const hidden = summary?.incidentsHidden ?? 0;
  return (
    <div className={frameOf(replay)} ref={root} data-map-board="">
      <ReplayKeys replay={replay} />
      <div className="map-canvas" ref={container} />
      <div className="map-banners">
        {replay.isPast && replay.player ? (
          <>
            <ReplayHead player={replay.player} onLive={replay.close} />
            {news}
          </>
        ) : null}
        {tilesFailed ? <Banner tone="notice" icon="warning" title={m(linkIsLive ? 'tilesFailed' : 'tilesFailedStale')} /> : null}
        {ground.isElsewhere ? <Banner tone="notice" icon="warning" title={m('tilesElsewhere')} /> : null}
        {refusal === null ? null : <Banner tone="notice" icon="information" title={m(refusalWords[refusal])} />}
      </div>
      <div className="map-top">
        <div className="map-top__left">
          {isLocked ? <LockChip onRelease={() => live.current?.release()} /> : null}
          {layers.coverage && !replay.isPast ? <CoverKey known={coverKnown} /> : null}
          <MissingLayers shown={layers} incidentsHidden={hidden} onOpen={() => setLayersOpen(true)} />
        </div>
        <div className="map-top__right">
          {replay.isUnrecorded ? null : <FleetLine summary={summary} metresPerPixel={metresPerPixel} />}
          {replay.player && replay.isPast && pastSelection ? (
            <PastDetail
              player={replay.player}
              selection={pastSelection}
              onSelect={setPastSelection}
              onLive={() => {
                replay.close();
                onSelect(pastSelection);
              }}
              onClose={() => setPastSelection(null)}
            />
          ) : null}
        </div>
      </div>
      {hint === null || pick !== null ? null : <HereHint at={hint.at} within={within} options={hint.options} />}
      {pick === null ? null : (
        <PickList
          at={pick.at}
          within={within}
          options={pick.options}
          onClose={() => setPick(null)}
          onChoose={(one) => {
            setPick(null);
            choose(one);
          }}
        />
      )}
      <div className="map-bottom">
        <div className="map-bottom__corner">
          <span className="map-attribution">{ground.attribution}</span>
          <div className="map-bottom__buttons">
            <ReplayButton replay={replay} />
            <LayersPanel
              open={layersOpen}
              shown={layers}
              notes={{
                ...(hidden > 0 ? { incidents: m('hiddenCount', { count: hidden }) } : {}),
                ...(replay.isPast ? { coverage: r('notInReplay') } : {}),
              }}
              onToggle={() => setLayersOpen((open) => !open)}
              onTurn={turn}
            />
            <Legend open={legendOpen} onToggle={onLegend} />
          </div>
        </div>
        <ReplayBar replay={replay} />
        {replay.isPast ? <LiveMark /> : null}
        {children}
      </div>
    </div>
  );
};
