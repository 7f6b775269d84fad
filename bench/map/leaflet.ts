/** The little of Leaflet that is used here: it is not there to be asked when it is not installed. */
type LatLng = readonly [latitude: number, longitude: number];
type Marker = { readonly setLatLng: (at: LatLng) => void; readonly addTo: (map: LeafletMap) => Marker };
type LeafletMap = { readonly setView: (centre: LatLng, zoom: number) => LeafletMap };
export type Leaflet = {
  readonly map: (box: HTMLElement, options: { readonly renderer: unknown; readonly zoomControl: boolean }) => LeafletMap;
  readonly canvas: () => unknown;
  readonly circleMarker: (at: LatLng, options: { readonly radius: number; readonly weight: number }) => Marker;
};
