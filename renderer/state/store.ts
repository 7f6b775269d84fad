/**
 * What a window was told. `renderer/client` is the only writer; boards read through the hooks (hooks.ts), and the map
 * subscribes to the store directly so that moving units never pass through React one by one. Nothing here is the truth:
 * it is the last thing the station said, and `frameAt` tells how long ago that was.
 */
import { createStore } from 'zustand/vanilla';
import type { Theme, Viewing, WindowKind } from '#contracts/ipc/main-window.ts';
import type { Conflict, DeskSelection, Frame, ShownRow } from '#contracts/ipc/station-window.ts';
import type { RecordKind, RecordOf, RecordView } from '#domain/model/record.ts';
import { recordKinds } from '#domain/model/record.ts';
import type { DeviceReading, UnitFix } from '#domain/model/telemetry.ts';
import type { Id, Instant } from '#domain/model/values.ts';

/** A record as shown, typed by kind. */
export type Shown<K extends RecordKind> = { readonly record: RecordOf<K>; readonly pending: boolean };
export type RecordTables = { readonly [K in RecordKind]: ReadonlyMap<Id, Shown<K>> };
/** The records of one table, without their marks. */
export const recordsOf = <K extends RecordKind>(tables: RecordTables, kind: K): readonly RecordOf<K>[] =>
  [...(tables[kind] as ReadonlyMap<Id, Shown<K>>).values()].map(({ record }) => record);

/** The tables as a rule reads them. */
export const viewOf = (tables: RecordTables): RecordView => ({
  get: <K extends RecordKind>(kind: K, id: Id) => (tables[kind] as ReadonlyMap<Id, Shown<K>>).get(id)?.record,
  list: <K extends RecordKind>(kind: K) => recordsOf(tables, kind),
});

export type ReceivedFix = UnitFix & { readonly receivedAt: Instant };
export type TrendPoint = readonly [at: Instant, heartRate: number | null, spo2: number | null];
export type ReceivedReading = DeviceReading & { readonly receivedAt: Instant; readonly trend: readonly TrendPoint[] };
export type UnsentCommand = {
  readonly commandId: Id;
  readonly name: string;
  readonly summary: string;
  readonly by: string;
  readonly issuedAt: Instant;
};

/** `assumed`: the site has not said it. */
export type WallReading = Viewing & { readonly assumed: boolean };

export type WindowState = {
  readonly board: WindowKind;
  readonly theme: Theme;
  readonly locale: string;
  readonly mapboxToken: string | null;
  readonly versions: Readonly<Record<string, string>>;
  /** How this window is read as a wall. */
  readonly wall: WallReading;
  /** Whether main says that the station lives. */
  readonly station: { readonly state: 'starting' | 'running' | 'restarting' | 'refused'; readonly message: string | null };
  readonly frame: Frame | null;
  /** `performance.now()` when `frame` arrived. */
  readonly frameAt: number;
  /** Null until the first records arrived: unknown, not empty. */
  readonly records: RecordTables | null;
  /** Latest fix by unit; a new Map at each patch. */
  readonly positions: ReadonlyMap<Id, ReceivedFix>;
  /** Latest reading by device; a new Map at each patch. */
  readonly readings: ReadonlyMap<Id, ReceivedReading>;
  readonly conflicts: readonly Conflict[];
  readonly unsent: readonly UnsentCommand[];
  /** What was chosen last in another window of this desk, a new object each time; null before the first. */
  readonly chosenElsewhere: { readonly selection: DeskSelection } | null;
};

/** Tables without a row, to be filled by the first patch. */
export const emptyTables = (): RecordTables =>
  Object.fromEntries(recordKinds.map((kind) => [kind, new Map<Id, ShownRow>()])) as unknown as RecordTables;

/** The store of one window. */
export const createWindowStore = (
  initial: Pick<WindowState, 'board' | 'theme' | 'locale' | 'mapboxToken' | 'versions' | 'wall'>,
) =>
  createStore<WindowState>()(() => ({
    ...initial,
    station: { state: 'starting', message: null },
    frame: null,
    frameAt: 0,
    records: null,
    positions: new Map(),
    readings: new Map(),
    conflicts: [],
    unsent: [],
    chosenElsewhere: null,
  }));
export type WindowStore = ReturnType<typeof createWindowStore>;
