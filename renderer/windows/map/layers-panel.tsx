/** What is drawn on the map, and what a person switched off. */
import { useKeys } from '../../ui/keys.tsx';
import { coverMinutes } from './cover.ts';
import { type LayersShown, layersMissing, type MapLayer, mapLayers } from './layers.ts';
import { type MapWord, m } from './strings.ts';

const names: Readonly<Record<MapLayer, MapWord>> = {
  units: 'units',
  incidents: 'incidents',
  hospitals: 'hospitals',
  stations: 'stations',
  routes: 'routes',
  fences: 'fences',
  coverage: 'coverage',
  labels: 'labels',
  detail: 'detail',
  callers: 'callers',
};
/** Its name in a sentence. */
const layerName = (layer: MapLayer): string => m(names[layer]);
/** The tenth has the 0, as on a keyboard. */
const digits = mapLayers.map((_layer, index) => String((index + 1) % 10));

/** The list of layers with a digit each; it holds the digits while it is open. */
const LayerList = ({
  shown,
  notes,
  onTurn,
  onClose,
}: {
  readonly shown: LayersShown;
  readonly notes: Readonly<Partial<Record<MapLayer, string>>>;
  readonly onTurn: (layer: MapLayer) => void;
  readonly onClose: () => void;
}) => {
  useKeys([
    {
      key: digits,
      label: m('keyLayer'),
      run: (pressed) => {
        const layer = mapLayers[digits.indexOf(pressed)];
        if (layer) onTurn(layer);
      },
      quiet: true,
    },
    { key: 'Escape', label: m('keyBack'), run: onClose, quiet: true },
  ]);
  return (
    <fieldset className="map-layers">
      <legend className="cap">{m('layers')}</legend>
      {mapLayers.map((layer, index) => (
        <button
          key={layer}
          type="button"
          role="switch"
          aria-checked={shown[layer]}
          className="map-layers__row"
          onClick={() => onTurn(layer)}
        >
          <kbd>{digits[index]}</kbd>
          <span>{layerName(layer)}</span>
          <span className="t2">{notes[layer] ?? ''}</span>
          <span className={shown[layer] ? 'map-layers__state' : 'map-layers__state t3'}>{m(shown[layer] ? 'on' : 'off')}</span>
        </button>
      ))}
    </fieldset>
  );
};

/** The button that opens the list. */
export const LayersPanel = ({
  open,
  shown,
  notes,
  onToggle,
  onTurn,
}: {
  readonly open: boolean;
  readonly shown: LayersShown;
  /** What to say beside a layer, such as how many are hidden. */
  readonly notes: Readonly<Partial<Record<MapLayer, string>>>;
  readonly onToggle: () => void;
  readonly onTurn: (layer: MapLayer) => void;
}) => (
  <div className="map-legend">
    {open ? <LayerList shown={shown} notes={notes} onTurn={onTurn} onClose={onToggle} /> : null}
    <button type="button" className="map-tag" aria-expanded={open} onClick={onToggle}>
      {m('layers')} <kbd>V</kbd>
    </button>
  </div>
);

/** Says what is switched off, so that nobody takes an empty map for a quiet city. */
export const MissingLayers = ({
  shown,
  incidentsHidden,
  onOpen,
}: {
  readonly shown: LayersShown;
  readonly incidentsHidden: number;
  readonly onOpen: () => void;
}) => {
  const missing = layersMissing(shown);
  if (missing.length === 0) return null;
  const others = missing.filter((layer) => layer !== 'incidents').map(layerName);
  return (
    <button type="button" className="map-tag map-tag--notice" onClick={onOpen}>
      {missing.includes('incidents') ? <b>{m('incidentsOff', { count: incidentsHidden })}</b> : null}
      {others.length > 0 ? <span>{m('layersOff', { layers: others.join(', ').toLowerCase() })}</span> : null}
      <kbd>V</kbd>
    </button>
  );
};

/** What the areas by drive time mean; says so while they are not known, so that bare ground is not taken for no cover. */
export const CoverKey = ({ known }: { readonly known: boolean }) => {
  const [soon, late] = coverMinutes;
  return (
    <div className="map-tag">
      {known ? (
        <>
          <b>{m('coverBy')}</b>
          <i className="map-cover-edge" />
          <span className="t2">{m('minutes', { count: soon })}</span>
          <i className="map-cover-edge map-cover-edge--late" />
          <span className="t2">{m('minutes', { count: late })}</span>
        </>
      ) : (
        <b className="notice">{m('coverUnknown')}</b>
      )}
    </div>
  );
};
