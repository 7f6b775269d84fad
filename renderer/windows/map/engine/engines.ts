import { openMapLibre } from './maplibre.ts';
import type { Engines } from './open-map.ts';

/** What this build can draw a map with. The online engine is not free software: it is there only when the build asked for it. */
export const engines: Engines = {
  offline: openMapLibre,
  online: import.meta.env.VIGIL_MAPBOX
    ? async (options, token) => {
        const { openMapbox } = await import('./mapbox.ts');
        return openMapbox(options, token);
      }
    : null,
};
