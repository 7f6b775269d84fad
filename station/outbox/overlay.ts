/**
 * What the desk shows: confirmed rows with its unsettled commands decided on top, in the order in which they were made (SYNC
 * O7). It is at every moment what a decision of the whole outbox anew would give; but only commands that read what has
 * changed, or have become too old, are decided again, and after them those that read what these now put otherwise.
 */
import { commandNamed, decide } from '#domain/commands/decide.ts';
import { type Refusal, refuse } from '#domain/commands/definition.ts';
import type { RecordKind, RecordView, VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { type RowKey, rowKey } from '../sync/rows.ts';
import { createLayers, isSameRecord, type Reader, type Reading } from './layers.ts';
import type { Outbox, PendingCommand } from './outbox.ts';

export type Overlay = {
  readonly view: RecordView;
  readonly isPending: (kind: RecordKind, id: Id) => boolean;
  /** Unsettled commands that cannot be applied as things stand, and why, oldest first; another map when it has changed. They stay in the outbox: the backend decides. */
  readonly blocked: () => ReadonlyMap<Id, Refusal>;
  /** Whether an unsettled command has become too old since it was last decided. */
  readonly hasExpired: () => boolean;
  /** Decides one more command, the newest of the outbox, on top; the keys that show something else now. */
  readonly append: (command: PendingCommand) => ReadonlySet<RowKey>;
  /**
   * The copy or the outbox has moved, or time has passed: `stood` is what the confirmed rows that moved were before. Returns all
   * keys that show something else now.
   */
  readonly redecide: (stood: ReadonlyMap<RowKey, VigilRecord | undefined>) => ReadonlySet<RowKey>;
};

type Decided = Reader & {
  readonly command: PendingCommand;
  /** Milliseconds; null for one that never is too old. */
  readonly expiresAfter: number | null;
  isTooOld: boolean;
  puts: readonly VigilRecord[];
  refusal: Refusal | null;
};

const expiryOf = ({ grant, envelope }: PendingCommand): number | null => {
  const offline = commandNamed(envelope.name)?.offline;
  return grant && offline?.whenOffline === 'queue' ? offline.expiresAfter : null;
};
const isSameRefusal = (one: Refusal | null, other: Refusal | null): boolean =>
  one?.code === other?.code && one?.message === other?.message;

/** Makes the overlay and decides what the outbox holds. */
export const createOverlay = (confirmed: RecordView, outbox: Outbox): Overlay => {
  const layers = createLayers<Decided>(confirmed);
  /** In the order of the outbox, and so of their positions. */
  let entries: Decided[] = [];
  let blocked: ReadonlyMap<Id, Refusal> | null = null;

  const ageOf = (command: PendingCommand): number => (outbox.isAgeSure(command) ? outbox.age(command) : 0);
  const isTooOld = ({ command, expiresAfter }: Decided): boolean => expiresAfter !== null && ageOf(command) > expiresAfter;

  const outcomeOf = ({ command, position }: Decided, readings: Set<Reading>): readonly VigilRecord[] | Refusal => {
    const { envelope, grant } = command;
    if (!grant) return refuse('grantInvalid', 'signInUnreadable');
    try {
      const decision = decide(layers.below(position, readings), envelope, grant, ageOf(command));
      return decision.ok ? decision.puts : decision.refusal;
    } catch {
      // One that breaks its own decision must not end the desk at each start. The backend will judge it.
      return refuse('malformed', 'notDecided');
    }
  };
  /** Decides one anew; adds to `moved` who read what it now puts otherwise, all of them behind it. `before` hears which records it touches. */
  const decideAgain = (entry: Decided, moved: Set<Decided>, before: (puts: readonly VigilRecord[]) => void): void => {
    const readings = new Set<Reading>();
    entry.isTooOld = isTooOld(entry);
    const outcome = outcomeOf(entry, readings);
    layers.read(entry, readings);
    const [puts, refusal] = 'code' in outcome ? [[], outcome] : [outcome, null];
    before(entry.puts);
    before(puts);
    layers.put(entry.position, entry.puts, puts, moved);
    entry.puts = puts;
    if (!isSameRefusal(entry.refusal, refusal)) blocked = null;
    entry.refusal = refusal;
  };
  const add = (command: PendingCommand): Decided => {
    const entry: Decided = {
      position: command.sequence,
      readings: new Set(),
      command,
      expiresAfter: expiryOf(command),
      isTooOld: false,
      puts: [],
      refusal: null,
    };
    entries.push(entry);
    decideAgain(entry, new Set(), () => undefined);
    return entry;
  };
  const takeSettled = (): readonly Decided[] => {
    const many = entries.length - outbox.count();
    if (many === 0) return [];
    const [kept, gone]: [Decided[], Decided[]] = [[], []];
    // The oldest are settled first, and behind the last of them a long outbox is not looked through.
    for (const entry of entries) {
      if (gone.length === many) break;
      (outbox.get(entry.command.envelope.commandId) ? kept : gone).push(entry);
    }
    entries = [...kept, ...entries.slice(kept.length + gone.length)];
    if (gone.some(({ refusal }) => refusal)) blocked = null;
    return gone;
  };
  for (const command of outbox.inOrder()) add(command);

  return {
    view: layers.top,
    isPending: layers.has,
    blocked: () => {
      blocked ??= new Map(
        entries.flatMap(({ command, refusal }): [Id, Refusal][] => (refusal ? [[command.envelope.commandId, refusal]] : [])),
      );
      return blocked;
    },
    hasExpired: () => entries.some((entry) => isTooOld(entry) !== entry.isTooOld),
    append: (command) => new Set(add(command).puts.map(({ kind, id }) => rowKey(kind, id))),
    redecide: (stood) => {
      if (entries.length === 0) return new Set(stood.keys());
      const waiting = new Set<Decided>();
      const shown = new Map<RowKey, VigilRecord | undefined>();
      const remember = (puts: readonly VigilRecord[]): void => {
        for (const { kind, id } of puts) {
          const key = rowKey(kind, id);
          if (!shown.has(key)) shown.set(key, layers.topOf(key));
        }
      };
      const gone = takeSettled();
      for (const { puts } of gone) remember(puts);
      layers.settle(
        gone.map((entry) => ({ reader: entry, puts: entry.puts })),
        stood,
        waiting,
      );
      for (const entry of entries) if (isTooOld(entry) !== entry.isTooOld) waiting.add(entry);
      if (waiting.size > 0) {
        // What one moves is always behind it, so one way through the order finds them all.
        for (const entry of entries) {
          if (!waiting.delete(entry)) continue;
          decideAgain(entry, waiting, remember);
          if (waiting.size === 0) break;
        }
      }
      return new Set([
        ...stood.keys(),
        ...[...shown].flatMap(([key, was]) => (isSameRecord(was, layers.topOf(key)) ? [] : [key])),
      ]);
    },
  };
};
