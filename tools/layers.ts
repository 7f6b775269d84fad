/**
 * Who may import whom, as data; type imports count. docs/ARCHITECTURE.md shows the same table to people, the `references`
 * of every tsconfig.json show it to the compiler, and tools/check/layers.ts enforces what the compiler cannot see. A test
 * holds the three together.
 */

/** A package or builtin a folder may import at run time or for its types, and why. `node` stands for every `node:` module. */
export type Allowed = {
  readonly name: string;
  readonly because: string;
  /** The only files, or folders ending in `/`, that may import it. Absent: the whole folder. */
  readonly onlyIn?: readonly string[];
};

export type Layer = {
  readonly folder: string;
  /** Our folders that may be imported besides itself: a folder, or a part of one. */
  readonly ours: readonly string[];
  /** `types`: only `import type` of what is ours. */
  readonly oursAs: 'values' | 'types';
  readonly allowed: readonly Allowed[];
  /** Pure folders have no clock, chance, timers, network or process. */
  readonly pure: boolean;
  /** What its tests may import besides. */
  readonly allowedInTests: readonly Allowed[];
};

const node: Allowed = { name: 'node', because: 'runs in a Node process' };
const zod: Allowed = { name: 'zod', because: 'payloads are parsed where they cross a boundary' };
const testing: readonly Allowed[] = [
  { name: 'vitest', because: 'the test runner' },
  { name: 'fast-check', because: 'property tests' },
  { name: 'node', because: 'tests run in Node, whatever they test' },
];

export const layers: readonly Layer[] = [
  {
    folder: 'domain',
    ours: [],
    oursAs: 'values',
    allowed: [{ name: 'zod', because: 'records are declared as schemas' }],
    pure: true,
    allowedInTests: testing,
  },
  {
    folder: 'geo',
    ours: ['domain'],
    oursAs: 'values',
    allowed: [{ name: 'minisearch', because: 'the full-text index of street and place names', onlyIn: ['geo/search/'] }],
    pure: true,
    allowedInTests: testing,
  },
  { folder: 'contracts', ours: ['domain'], oursAs: 'values', allowed: [zod], pure: true, allowedInTests: testing },
  {
    folder: 'station',
    ours: ['domain', 'geo', 'contracts', 'native'],
    oursAs: 'values',
    allowed: [
      node,
      zod,
      {
        name: 'better-sqlite3',
        because: 'the encrypted store, and map files that are SQLite databases',
        onlyIn: ['station/store/open.ts', 'station/tiles/'],
      },
      {
        name: 'node-sqlite3-wasm',
        because: 'the same SQL in memory where no native driver loads',
        onlyIn: ['station/store/open.ts'],
      },
      { name: 'socket.io-client', because: 'the link to the backend', onlyIn: ['station/sync/'] },
      { name: 'pdfkit', because: 'draws the downtime pack and what is printed', onlyIn: ['station/downtime/'] },
      { name: '@fontsource/noto-sans', because: 'type of the downtime pack', onlyIn: ['station/downtime/'] },
      { name: 'msgpackr', because: 'pages of a snapshot are packed', onlyIn: ['station/sync/'] },
    ],
    pure: false,
    allowedInTests: testing,
  },
  {
    folder: 'electron',
    ours: ['domain', 'contracts/ipc', 'native'],
    oursAs: 'values',
    allowed: [
      { name: 'electron', because: 'main is its home' },
      node,
      zod,
      { name: 'pmtiles', because: 'the map lives while the station restarts' },
    ],
    pure: false,
    allowedInTests: testing,
  },
  {
    folder: 'preload',
    ours: ['contracts/ipc'],
    oursAs: 'types',
    allowed: [{ name: 'electron', because: 'contextBridge and ipcRenderer of the one bridge' }],
    pure: false,
    allowedInTests: testing,
  },
  {
    folder: 'renderer',
    ours: ['domain', 'contracts/ipc'],
    oursAs: 'values',
    allowed: [
      zod,
      { name: 'react', because: 'boards are components' },
      { name: 'react-dom', because: 'mounts them' },
      { name: 'zustand', because: 'the one store of a window' },
      { name: 'dexie', because: 'drafts that survive a crash of the window' },
      { name: 'maplibre-gl', because: 'the offline map engine', onlyIn: ['renderer/windows/map/'] },
      { name: 'mapbox-gl', because: 'the online map engine, by policy only', onlyIn: ['renderer/windows/map/'] },
      { name: 'geojson', because: 'types of what a map source holds', onlyIn: ['renderer/windows/map/'] },
      { name: '@fontsource-variable/inter', because: 'type of every window' },
      { name: '@fontsource/noto-sans', because: 'labels of the map' },
    ],
    pure: false,
    allowedInTests: testing,
  },
  {
    folder: 'backend',
    ours: ['domain', 'geo', 'contracts/wire'],
    oursAs: 'values',
    allowed: [
      node,
      zod,
      { name: 'better-sqlite3', because: 'the embedded log', onlyIn: ['backend/store/'] },
      { name: 'socket.io', because: 'the link to stations', onlyIn: ['backend/server/'] },
      { name: 'msgpackr', because: 'pages of a snapshot are packed', onlyIn: ['backend/server/'] },
      { name: 'saxes', because: 'GPX is read as it comes', onlyIn: ['backend/adapters/positions/gpx.ts'] },
      { name: 'mqtt', because: 'phones report through a broker', onlyIn: ['backend/adapters/positions/'] },
      {
        name: '@medplum/core',
        because: 'splits HL7 messages into fields',
        onlyIn: ['backend/adapters/hl7v2/', 'backend/adt/adt.test.ts'],
      },
    ],
    pure: false,
    allowedInTests: [
      ...testing,
      { name: 'socket.io-client', because: 'a real station end of the socket' },
      { name: 'aedes', because: 'a real broker' },
      { name: '@medplum/hl7', because: 'a real sender and receiver of HL7' },
      { name: 'msgpackr', because: 'reads pages' },
    ],
  },
  { folder: 'native', ours: [], oursAs: 'values', allowed: [], pure: false, allowedInTests: testing },
];

/** Folders that no layer imports. They may take any package; `all` may import any folder, tools included. */
export const workshops: readonly { readonly folder: string; readonly ours: 'all' | readonly string[] }[] = [
  { folder: 'test', ours: 'all' },
  { folder: 'bench', ours: 'all' },
  { folder: 'tools', ours: ['domain', 'geo', 'contracts'] },
];

/** The folders a folder's tsconfig.json must refer to: its own, and those that these refer to in turn. */
export const referencesOf = (folder: string): readonly string[] => {
  const found = new Set<string>();
  const add = (name: string): void => {
    for (const part of layers.find((layer) => layer.folder === name)?.ours ?? []) {
      const root = part.split('/')[0] ?? part;
      if (found.has(root)) continue;
      found.add(root);
      add(root);
    }
  };
  add(folder);
  return [...found].sort();
};

/** The column "ours" of the table in docs/ARCHITECTURE.md. */
export const oursCell = (layer: Layer): string =>
  layer.ours.length === 0 ? '–' : [...layer.ours, ...(layer.oursAs === 'types' ? ['types only'] : [])].join(', ');
