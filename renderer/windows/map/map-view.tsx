import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { Id, Position } from '#domain/model/values.ts';
import { useClient, useWindow, useWindowStore } from '../../state/hooks.ts';
import { linkOf } from '../../state/link.ts';
import { Banner } from '../../ui/controls.tsx';
import { useKeys } from '../../ui/keys.tsx';
import { attribution } from './basemap.ts';
import type { EngineRefusal } from './engine/port.ts';
import { layersAtFirst } from './layers.ts';
import { createLiveMap, type LiveMap, type Pick } from './live-map.ts';
import { FleetLine, Legend, LockChip, PickList, type PickOption } from './map-overlays.tsx';
import type { FleetSummary, Selection } from './picture.ts';
import { shortNumber } from './situation.ts';
import { m } from './strings.ts';
import { statusName, typeShort } from './words.ts';

export type MapViewHandle = { readonly [K in 'release' | 'moveTo' | 'zoomBy' | 'centre']: LiveMap[K] };

const refusalWords = {
  token: 'tokenRefused',
  unreachable: 'onlineUnreachable',
  notBuilt: 'onlineNotBuilt',
  impossible: 'mapImpossible',
} as const;

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
  readonly children: ReactNode;
}) => {
  const store = useWindowStore();
  const client = useClient();
  const root = useRef<HTMLDivElement>(null);
  const container = useRef<HTMLDivElement>(null);
  const live = useRef<LiveMap | null>(null);
  const [isLocked, setLocked] = useState(false);
  const [metresPerPixel, setMetresPerPixel] = useState<number | null>(null);
  const [tilesFailed, setTilesFailed] = useState(false);
  const [refusal, setRefusal] = useState<EngineRefusal | 'impossible' | null>(null);
  const [summary, setSummary] = useState<FleetSummary | null>(null);
  const [pick, setPick] = useState<{ readonly at: Pick['at']; readonly options: readonly PickOption[] } | null>(null);
  const linkIsLive = useWindow((state) => linkOf(state, performance.now()).state === 'live');

  const picked = useRef<(pick: Pick) => void>(() => undefined);
  picked.current = ({ at, position, found }) => {
    setPick(null);
    if (placing) return onPlace(position);
    const [only] = found;
    if (found.length === 1 && only) return onSelect(only);
    const { records } = store.getState();
    const options = found.flatMap((one): PickOption[] => {
      const unit = records?.unit.get(one.id)?.record;
      const incident = records?.incident.get(one.id)?.record;
      const hospital = records?.hospital.get(one.id)?.record;
      if (unit) return [{ selection: one, label: unit.callsign, detail: `${typeShort(unit.type)} · ${statusName(unit.status)}` }];
      if (incident) return [{ selection: one, label: shortNumber(incident), detail: incident.category }];
      return hospital ? [{ selection: one, label: hospital.name, detail: '' }] : [];
    });
    if (options.length > 0) setPick({ at, options });
  };

  useEffect(() => {
    if (!container.current || !root.current) return;
    const map = createLiveMap(container.current, root.current, store, {
      picked: (value) => picked.current(value),
      followChanged: setLocked,
      scaleChanged: setMetresPerPixel,
      tilesChanged: (failed) => {
        setTilesFailed(failed);
        if (failed) client.report('mapTiles', 'The map background could not be read.');
      },
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
  useEffect(() => live.current?.show({ selection, proposed, draft, layers: layersAtFirst }), [selection, proposed, draft]);
  useImperativeHandle(ref, () => ({
    release: () => live.current?.release(),
    moveTo: (position) => live.current?.moveTo(position),
    zoomBy: (steps) => live.current?.zoomBy(steps),
    centre: () => live.current?.centre() ?? null,
  }));
  useKeys([{ key: 'Escape', label: m('keyBack'), when: pick !== null, run: () => setPick(null), quiet: true }]);

  return (
    <div className="map-view" ref={root} data-map-board="">
      <div className="map-canvas" ref={container} />
      <div className="map-banners">
        {tilesFailed ? <Banner tone="notice" icon="warning" title={m(linkIsLive ? 'tilesFailed' : 'tilesFailedStale')} /> : null}
        {refusal === null ? null : <Banner tone="notice" icon="information" title={m(refusalWords[refusal])} />}
      </div>
      <div className="map-top">
        {isLocked ? <LockChip onRelease={() => live.current?.release()} /> : <span />}
        <FleetLine summary={summary} metresPerPixel={metresPerPixel} />
      </div>
      {pick === null ? null : (
        <PickList
          at={pick.at}
          options={pick.options}
          onChoose={(one) => {
            setPick(null);
            onSelect(one);
          }}
        />
      )}
      <div className="map-bottom">
        <div className="map-bottom__corner">
          <span className="map-attribution">{attribution}</span>
          <Legend open={legendOpen} onToggle={onLegend} />
        </div>
        {children}
      </div>
    </div>
  );
};
