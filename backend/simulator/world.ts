/**
 * What every part of the simulator works with in one step. It reads current records and writes into a draft over them;
 * at the end of the step the draft is committed as one transaction. Where a person would give a command, the simulator
 * decides by the very same command, so it can do nothing that a person could not, and gives way to whoever was first.
 */
import type { z } from 'zod';
import type { SnapshotKey } from '#contracts/wire/up.ts';
import type { CommandDefinition } from '#domain/commands/definition.ts';
import { derivedId } from '#domain/commands/derived-id.ts';
import { type RecordKind, type RecordOf, type RecordView, recordKinds, type VigilRecord } from '#domain/model/record.ts';
import type { Author, Id, Instant } from '#domain/model/values.ts';
import { withChanges } from '#domain/rules/visit-changes.ts';
import type { Random } from '#domain/testing/random.ts';
import type { Schedule } from './schedule.ts';

export type Draft = {
  readonly view: RecordView;
  readonly put: (record: VigilRecord) => void;
  readonly remove: (key: SnapshotKey) => void;
  /** What was written since the last time, and an empty draft again. */
  readonly take: () => { readonly puts: readonly VigilRecord[]; readonly deletes: readonly SnapshotKey[] };
};

/** An empty draft over current records; null stands for a removed one. */
export const createDraft = (current: RecordView): Draft => {
  const changed = new Map<RecordKind, Map<Id, VigilRecord | null>>(recordKinds.map((kind) => [kind, new Map()]));
  const of = (kind: RecordKind) => changed.get(kind) as Map<Id, VigilRecord | null>;
  function* list(kind: RecordKind): Generator<VigilRecord> {
    const own = of(kind);
    for (const record of current.list(kind) as Iterable<VigilRecord>) {
      const draft = own.size === 0 ? undefined : own.get(record.id);
      if (draft === undefined) yield record;
      else if (draft !== null) yield draft;
    }
    for (const [id, draft] of own) if (draft !== null && !current.get(kind, id)) yield draft;
  }
  const get = (kind: RecordKind, id: Id): VigilRecord | undefined => {
    const draft = of(kind).get(id);
    return draft === undefined ? current.get(kind, id) : (draft ?? undefined);
  };
  return {
    view: {
      get: <K extends RecordKind>(kind: K, id: Id) => get(kind, id) as RecordOf<K> | undefined,
      list: <K extends RecordKind>(kind: K) => list(kind) as Iterable<RecordOf<K>>,
    },
    put: (record) => void of(record.kind).set(record.id, record),
    remove: ({ kind, id }) => void (current.get(kind, id) ? of(kind).set(id, null) : of(kind).delete(id)),
    take: () => {
      const puts: VigilRecord[] = [];
      const deletes: SnapshotKey[] = [];
      for (const [kind, own] of changed) {
        for (const [id, record] of own) {
          if (record) puts.push(record);
          else deletes.push({ kind, id });
        }
        own.clear();
      }
      return { puts, deletes };
    },
  };
};

export type World = Omit<Draft, 'take'> & {
  readonly random: Random;
  readonly schedule: Schedule;
  /** By whom the simulator does what nobody in it has a name for. */
  readonly automatic: Author;
  /** Server time of this step. */
  readonly now: () => Instant;
  /** Simulated milliseconds since the simulator began. */
  readonly simulated: () => number;
  /** Simulated hour of the day at the facility, 0 to below 24. */
  readonly hour: () => number;
  /** Server time when so many simulated minutes will have passed. */
  readonly inMinutes: (minutes: number) => Instant;
  /** Does what a command does, at a moment and by a name; what stands then, or undefined when it was refused. */
  readonly give: <S extends z.ZodType>(
    command: CommandDefinition<string, S>,
    input: z.input<S>,
    how?: { readonly at?: Instant; readonly by?: Author },
  ) => readonly VigilRecord[] | undefined;
};

export type WorldOptions = {
  readonly draft: Draft;
  readonly random: Random;
  readonly schedule: Schedule;
  readonly now: () => Instant;
  readonly simulated: () => number;
  readonly speed: number;
  /** Simulated hour of the day at simulated time 0. */
  readonly startHour: number;
  readonly automatic: Author;
};

/** The world of one simulator. */
export const createWorld = ({ draft, random, schedule, now, simulated, speed, startHour, automatic }: WorldOptions): World => {
  const ids = random.fork('ids');
  const { view, remove } = draft;
  const put = (record: VigilRecord): void => {
    for (const changed of withChanges(view, [record], { at: now(), by: automatic.name })) draft.put(changed);
  };
  return {
    view,
    put,
    remove,
    random,
    schedule,
    automatic,
    now,
    simulated,
    hour: () => (startHour + simulated() / 3_600_000) % 24,
    inMinutes: (minutes) => Math.round(now() + (minutes * 60_000) / speed),
    give: (command, input, { at = now(), by = automatic } = {}) => {
      const commandId = ids.id();
      const outcome = command.apply(view, command.input.parse(input), {
        commandId,
        issuedAt: at,
        author: by,
        newId: (index) => derivedId(commandId, index),
        grant: {
          grantId: automatic.personId,
          personId: by.personId,
          name: by.name,
          roles: [...command.roles],
          facilityId: automatic.personId,
          expiresAt: at,
        },
      });
      if ('code' in outcome) return undefined;
      const puts = withChanges(view, outcome, { at, by: by.name });
      for (const record of puts) draft.put(record);
      return puts;
    },
  };
};

/** The record of a kind among what a command wrote; throws when there is none. */
export const written = <K extends RecordKind>(puts: readonly VigilRecord[], kind: K): RecordOf<K> => {
  const record = puts.find((candidate) => candidate.kind === kind);
  if (!record) throw new Error(`No ${kind} was written.`);
  return record as RecordOf<K>;
};
