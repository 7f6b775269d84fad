/**
 * What a running desk records of itself, for windows to look back at: the rows that its map draws, as the hospital has confirmed
 * them, and where the units were. It is recorded while the copy is whole and the hospital is heard; whatever else is a gap, from
 * the moment on at which the hospital was heard last. Nothing of the desk waits for it.
 */
import {
  LONGEST_REPLAY_PART,
  type ReplayAt,
  type ReplayPart,
  type ReplaySpan,
  type ReplayUnavailable,
} from '#contracts/ipc/replay.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { LinkState } from '#domain/rules/link-state.ts';
import { inPictureUntil, type KeptFix, keepsFix, replayKinds, replayMark } from '#domain/rules/replay-history.ts';
import type { Clock } from '../clock.ts';
import { latestWins } from '../geo/latest-wins.ts';
import type { LatestValues } from '../sync/latest-values.ts';
import type { Replica } from '../sync/replica.ts';
import { type RowKey, rowKey, splitRowKey } from '../sync/rows.ts';
import type { ServerClock } from '../sync/server-clock.ts';
import type { Troubles } from '../troubles.ts';
import { addFix, fixRow, newFixLog } from './fix-log.ts';
import { createHistoryThread, type HistoryPlace } from './history-thread.ts';
import type { HistoryMark, HistoryRequest, NamedFixes, RowText } from './messages.ts';

/** What one window may ask. Of moments it has one under way; a newer one supersedes what waits. */
export type WindowHistory = {
  readonly replaySpan: () => Promise<ReplaySpan>;
  readonly replayAt: (asked: { readonly at: Instant }) => Promise<ReplayAt>;
  readonly replayPart: (asked: { readonly from: Instant; readonly to: Instant }) => Promise<ReplayPart>;
};

export type DeskHistory = {
  /** To be told of every row of the copy that changed, with what stood there before. */
  readonly committed: (changed: ReadonlyMap<RowKey, VigilRecord | undefined>) => void;
  /** To be told of the units that have a newer position. */
  readonly moved: (units: readonly Id[]) => void;
  /** To be called every second. */
  readonly note: () => void;
  /** Everything of another scope is gone from the store, and is to go from here at once. */
  readonly evicted: () => void;
  readonly forWindow: () => WindowHistory;
  readonly stop: () => void;
};

export type HistoryDesk = {
  readonly stationId: Id;
  readonly replica: Pick<Replica, 'rows' | 'position' | 'projection' | 'copy'>;
  readonly latest: Pick<LatestValues, 'fixes'>;
  readonly serverClock: Pick<ServerClock, 'now' | 'error'>;
  readonly link: () => {
    readonly linkState: () => LinkState;
    /** Milliseconds since the last answered heartbeat. */
    readonly silence: () => number | null;
  };
  readonly clock: Clock;
  readonly troubles: Troubles;
  readonly log: (line: string) => void;
};

type Tick = Extract<HistoryRequest, { type: 'tick' }>;
/** `base`: these keys are still to be told before a run can begin. */
type State =
  | { readonly is: 'idle' }
  | { readonly is: 'base'; readonly left: Set<RowKey>; readonly stopNext: () => void }
  | { readonly is: 'run'; readonly notedAt: Instant };

/** When nothing was noted for so long this process did not run: the machine slept. */
const NOT_RUNNING_AFTER = 10_000;
/** Rows that are put into text in one turn of the event loop: a millisecond or two. */
const ROWS_AT_ONCE = 200;

const notKept: ReplayUnavailable = { state: 'unavailable', reason: 'notKept', message: 'This desk keeps no history for replay.' };
const none: DeskHistory = {
  committed: () => undefined,
  moved: () => undefined,
  note: () => undefined,
  evicted: () => undefined,
  forWindow: () => ({
    replaySpan: () => Promise.resolve(notKept),
    replayAt: () => Promise.resolve(notKept),
    replayPart: () => Promise.resolve(notKept),
  }),
  stop: () => undefined,
};

/** Positions that are collected until they are told. */
const collectFixes = () => {
  const units = new Map<Id, number>();
  const sources = new Map<string, number>();
  const log = newFixLog();
  const numberIn = (names: Map<string, number>, name: string): number => {
    const known = names.get(name);
    if (known !== undefined) return known;
    names.set(name, names.size);
    return names.size - 1;
  };
  return {
    add: (fix: Parameters<typeof fixRow>[0], at: Instant): void => {
      const source = fix.source === undefined ? -1 : numberIn(sources, fix.source);
      addFix(log, fixRow(fix, numberIn(units, fix.unitId), source, at));
    },
    told: (): NamedFixes => ({ units: [...units.keys()], sources: [...sources.keys()], log }),
  };
};

/** Records until stopped; nothing without a place. */
export const createDeskHistory = (place: HistoryPlace | undefined, desk: HistoryDesk): DeskHistory => {
  if (!place) return none;
  const { replica, latest, serverClock, clock } = desk;
  const markNow = (): HistoryMark => ({
    stationId: desk.stationId,
    epoch: replica.position().epoch,
    projection: replica.projection(),
  });
  const markText = (): string => JSON.stringify(markNow());
  let mark = markText();
  let state: State = { is: 'idle' };
  let kept = new Map<Id, KeptFix & { readonly observedAt: Instant }>();
  let fixes = collectFixes();
  let rows: Tick['rows'][number][] = [];
  let marks: Tick['marks'][number][] = [];

  const clear = (): void => {
    fixes = collectFixes();
    rows = [];
    marks = [];
  };
  const idle = (): void => {
    if (state.is === 'base') state.stopNext();
    state = { is: 'idle' };
    clear();
  };
  const thread = createHistoryThread({
    ...desk,
    place,
    mark: markNow,
    lost: () => {
      idle();
      // It is to be told of every unit again.
      kept = new Map();
    },
  });
  const forgetIfAnothers = (): void => {
    if (mark === markText()) return;
    mark = markText();
    thread.forget();
  };

  const rowText = (key: RowKey, now: Instant): RowText => {
    const { kind, id } = splitRowKey(key);
    const record = replica.rows.get(kind, id);
    const until = record ? inPictureUntil(record) : null;
    return record && (until === null || until > now) ? [key, JSON.stringify(record), until] : [key, null, null];
  };
  const keepFix = (unitId: Id, at: Instant): void => {
    const fix = latest.fixes.get(unitId);
    if (!fix) return;
    kept.set(unitId, { position: fix.position, at, observedAt: fix.observedAt });
    fixes.add(fix, at);
  };

  /** Puts some of what is left into text; a run begins when nothing is left. */
  const tellBase = (left: Set<RowKey>): void => {
    const now = serverClock.now();
    const some = [...left].slice(0, ROWS_AT_ONCE);
    for (const key of some) left.delete(key);
    thread.tell({ type: 'base', rows: some.map((key) => rowText(key, now)) });
    // To tell may have ended the thread.
    if (state.is !== 'base') return;
    if (left.size > 0) {
      state = { is: 'base', left, stopNext: clock.after(0, () => tellBase(left)) };
      return;
    }
    clear();
    for (const [unitId, { observedAt }] of latest.fixes) if (kept.get(unitId)?.observedAt !== observedAt) keepFix(unitId, now);
    state = { is: 'run', notedAt: now };
    thread.tell({ type: 'begin', at: now, fixes: fixes.told() });
    clear();
  };
  const begin = (): void => {
    const left = new Set<RowKey>();
    for (const kind of replayKinds) for (const { id } of replica.rows.list(kind)) left.add(rowKey(kind, id));
    state = { is: 'base', left, stopNext: () => undefined };
    tellBase(left);
  };
  const tick = (at: Instant): void => {
    state = { is: 'run', notedAt: at };
    const told = { rows, fixes: fixes.told(), marks };
    clear();
    thread.tell({ type: 'tick', at, ...told });
  };
  const endAt = (at: Instant): void => {
    idle();
    thread.tell({ type: 'end', at });
  };

  const isRecordable = (): boolean => {
    const link = desk.link().linkState();
    return (link === 'live' || link === 'late') && replica.copy().state === 'whole' && serverClock.error() !== null;
  };

  return {
    committed: (changed) => {
      if (state.is === 'idle') return;
      const at = serverClock.now();
      for (const [key, before] of changed) {
        const { kind, id } = splitRowKey(key);
        if (!replayKinds.has(kind)) continue;
        if (state.is === 'base') {
          state.left.add(key);
          continue;
        }
        rows.push({ at, row: rowText(key, at) });
        const seen = replayMark(before, replica.rows.get(kind, id));
        if (seen) marks.push({ at, kind: seen });
      }
    },
    moved: (units) => {
      if (state.is !== 'run') return;
      const at = serverClock.now();
      for (const unitId of units) {
        const position = latest.fixes.get(unitId)?.position;
        if (position && keepsFix(kept.get(unitId), position, at)) keepFix(unitId, at);
      }
    },
    note: () => {
      forgetIfAnothers();
      const at = serverClock.now();
      const recordable = isRecordable();
      if (state.is === 'idle') {
        if (recordable && thread.takes()) begin();
      } else if (state.is === 'base') {
        if (!recordable) idle();
      } else if (at - state.notedAt > NOT_RUNNING_AFTER) endAt(state.notedAt);
      else if (recordable) tick(at);
      else {
        tick(at);
        endAt(at - (desk.link().silence() ?? 0));
      }
    },
    evicted: () => {
      mark = markText();
      thread.forget();
    },
    forWindow: () => ({
      replaySpan: () => thread.ask('span', null),
      replayAt: latestWins<{ readonly at: Instant }, ReplayAt>(({ at }) => thread.ask('at', { at }), { state: 'superseded' }),
      replayPart: ({ from, to }) => thread.ask('part', { from, to: Math.min(to, from + LONGEST_REPLAY_PART) }),
    }),
    stop: () => {
      idle();
      thread.stop();
    },
  };
};
