import 'mapbox-gl/dist/mapbox-gl.css';
import regularFont from '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2?url';
import boldFont from '@fontsource/noto-sans/files/noto-sans-latin-600-normal.woff2?url';
import { Map as MapboxMap } from 'mapbox-gl';
import type { GlMap } from './gl-port.ts';
import { createGlPort } from './gl-port.ts';
import { mapboxRefusal } from './mapbox-refusal.ts';
import type { MapPort, PortOptions } from './port.ts';

const family = 'Noto Sans';
/** A firewall that swallows requests answers nothing, not even a failure. */
const firstStyleMs = 8_000;

/** Opens the online engine with the operator's own token. Its logo, attribution and sessions are left as they come. */
export const openMapbox = async (
  { container, basemap, centre, zoom, inSoftware }: PortOptions,
  token: string,
): Promise<MapPort> => {
  for (const [url, weight] of [
    [regularFont, '400'],
    [boldFont, '600'],
  ] as const) {
    document.fonts.add(await new FontFace(family, `url(${url})`, { weight }).load());
  }
  const map = new MapboxMap({
    accessToken: token,
    container,
    style: basemap.online,
    center: [...centre],
    zoom,
    minZoom: 8,
    maxZoom: 18,
    projection: 'mercator',
    dragRotate: false,
    pitchWithRotate: false,
    keyboard: false,
    fadeDuration: 0,
    // All text is drawn from the font we ship: the service is asked for no glyphs.
    localFontFamily: family,
  });
  map.touchZoomRotate.disableRotation();
  let styled = false;
  const silence = setTimeout(
    () => map.fire('error', { error: new Error(`no answer within ${firstStyleMs / 1000} s`) }),
    firstStyleMs,
  );
  map.on('style.load', () => {
    styled = true;
    clearTimeout(silence);
  });
  map.on('remove', () => clearTimeout(silence));
  return createGlPort(map as unknown as GlMap, {
    engine: 'mapbox',
    inSoftware,
    setBasemap: ({ online }) => void map.setStyle(online),
    placeNames: () => [],
    // This engine asks again by itself at the next movement.
    retryTiles: () => undefined,
    refusal: (error) => mapboxRefusal(error, styled),
  });
};
