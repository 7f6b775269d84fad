/** What can be switched off on the map, and where a window remembers it. What must not be hidden by accident is decided where it is composed. */
export const mapLayers = [
  'units',
  'incidents',
  'hospitals',
  'stations',
  'routes',
  'fences',
  'coverage',
  'labels',
  'detail',
  'callers',
] as const;
export type MapLayer = (typeof mapLayers)[number];
export type LayersShown = Readonly<Record<MapLayer, boolean>>;

/** As a window opens for the first time: coverage and fences are asked for when they are wanted. */
export const layersAtFirst: LayersShown = {
  units: true,
  incidents: true,
  hospitals: true,
  stations: true,
  routes: true,
  fences: false,
  coverage: false,
  labels: true,
  detail: true,
  callers: true,
};

/** The layers with one of them turned over. */
export const turned = (shown: LayersShown, layer: MapLayer): LayersShown => ({ ...shown, [layer]: !shown[layer] });

/** What a person would miss and not know: layers that are there at first and are off now. */
export const layersMissing = (shown: LayersShown): readonly MapLayer[] =>
  mapLayers.filter((layer) => layersAtFirst[layer] && !shown[layer]);

/** Reads what a window remembered; what it does not know stands as at first. */
export const layersFrom = (text: string | null): LayersShown => {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? 'null');
  } catch {
    kept = null;
  }
  const read = (layer: MapLayer): boolean => {
    const value = typeof kept === 'object' && kept !== null ? (kept as Readonly<Record<string, unknown>>)[layer] : undefined;
    return typeof value === 'boolean' ? value : layersAtFirst[layer];
  };
  return Object.fromEntries(mapLayers.map((layer) => [layer, read(layer)])) as LayersShown;
};
