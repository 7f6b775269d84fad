// biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to.
interface ImportMetaEnv {
  /** Whether this build carries the online engine: `VIGIL_MAPBOX=1` when it was made. */
  readonly VIGIL_MAPBOX?: boolean;
}
