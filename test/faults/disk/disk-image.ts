/**
 * What a disk holds after a power cut. A recording is walked change by change; of each file stands what was synced, and of what
 * was written since then any part may have arrived: nothing, all, the first so many, any of them, or any of their sectors. The
 * same holds for names: a file that was made and whose directory was not synced may be absent.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '#domain/testing/random.ts';

export type Change = {
  readonly kind: 'O' | 'N' | 'W' | 'T' | 'S' | 'U' | 'R' | 'D' | 'M';
  readonly file: number;
  readonly offset: number;
  readonly bytes: Buffer;
};

const HEADER_BYTES = 24;
const SECTOR_BYTES = 512;

/** Reads the log of disk-shim.c; an entry that was cut off at the end is left out. */
export const readRecording = (log: Buffer): readonly Change[] => {
  const changes: Change[] = [];
  for (let at = 0; at + HEADER_BYTES <= log.length; ) {
    const length = log.readUInt32LE(at + 16);
    if (at + HEADER_BYTES + length > log.length) break;
    changes.push({
      kind: String.fromCharCode(log[at] ?? 0) as Change['kind'],
      file: log.readUInt32LE(at + 4),
      offset: Number(log.readBigUInt64LE(at + 8)),
      bytes: log.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length),
    });
    at += HEADER_BYTES + length;
  }
  return changes;
};

type FileState = { synced: Buffer; readonly unsynced: Change[] };
type NameChange = { readonly name: string; readonly file: FileState | null };

const applied = (synced: Buffer, changes: readonly Change[]): Buffer => {
  let length = synced.length;
  let most = length;
  for (const { kind, offset, bytes } of changes) {
    length = kind === 'T' ? offset : Math.max(length, offset + bytes.length);
    most = Math.max(most, length);
  }
  const content = Buffer.alloc(most);
  synced.copy(content);
  length = synced.length;
  for (const { kind, offset, bytes } of changes) {
    if (kind === 'T') {
      if (offset < length) content.fill(0, offset, length);
      length = offset;
    } else {
      bytes.copy(content, offset);
      length = Math.max(length, offset + bytes.length);
    }
  }
  return content.subarray(0, length);
};

const sectorsOf = (change: Change): readonly Change[] => {
  const sectors: Change[] = [];
  for (let from = 0; from < change.bytes.length; ) {
    const to = Math.min(change.bytes.length, from + SECTOR_BYTES - ((change.offset + from) % SECTOR_BYTES));
    sectors.push({ ...change, offset: change.offset + from, bytes: change.bytes.subarray(from, to) });
    from = to;
  }
  return sectors;
};

export const arrivals = ['nothing', 'everything', 'theFirst', 'anyWrites', 'anySectors'] as const;
export type Arrival = (typeof arrivals)[number];

const arrived = (random: Random, changes: readonly Change[], arrival: Arrival): readonly Change[] => {
  if (arrival === 'nothing') return [];
  if (arrival === 'everything') return changes;
  if (arrival === 'theFirst') return changes.slice(0, random.int(0, changes.length));
  const part = random.next();
  const pieces =
    arrival === 'anyWrites' ? changes : changes.flatMap((change) => (change.kind === 'W' ? sectorsOf(change) : [change]));
  return pieces.filter(() => random.chance(part));
};

export type Disk = {
  /** Takes the next change. */
  readonly take: (change: Change) => void;
  /** Writes what a power cut now would leave into a directory, which is emptied first. */
  readonly writeTo: (directory: string, random: Random, arrival: Arrival) => void;
};

/** An empty disk. */
export const createDisk = (): Disk => {
  const names = new Map<number, string>();
  const now = new Map<string, FileState>();
  let synced = new Map<string, FileState>();
  let unsynced: NameChange[] = [];
  const rename = (change: NameChange): void => {
    if (change.file) now.set(change.name, change.file);
    else now.delete(change.name);
    unsynced.push(change);
  };
  const stateOf = (file: number): FileState => {
    const name = names.get(file) ?? '';
    const known = now.get(name);
    if (known) return known;
    const made: FileState = { synced: Buffer.alloc(0), unsynced: [] };
    rename({ name, file: made });
    return made;
  };
  return {
    take: (change) => {
      switch (change.kind) {
        case 'O':
          return void names.set(change.file, change.bytes.toString());
        case 'N':
          return void stateOf(change.file);
        case 'W':
        case 'T':
          return void stateOf(change.file).unsynced.push(change);
        case 'S': {
          const state = stateOf(change.file);
          state.synced = applied(state.synced, state.unsynced);
          state.unsynced.length = 0;
          return;
        }
        case 'D':
          synced = new Map(now);
          unsynced = [];
          return;
        case 'U':
          return rename({ name: names.get(change.file) ?? '', file: null });
        case 'R': {
          const moved = stateOf(change.file);
          rename({ name: names.get(change.offset) ?? '', file: moved });
          return rename({ name: names.get(change.file) ?? '', file: null });
        }
        case 'M':
          return;
        default:
          return change.kind satisfies never;
      }
    },
    writeTo: (directory, random, arrival) => {
      mkdirSync(directory, { recursive: true });
      for (const name of readdirSync(directory)) rmSync(join(directory, name));
      const count = arrival === 'nothing' ? 0 : arrival === 'everything' ? unsynced.length : random.int(0, unsynced.length);
      const files = new Map(synced);
      for (const { name, file } of unsynced.slice(0, count)) {
        if (file) files.set(name, file);
        else files.delete(name);
      }
      for (const [name, { synced: kept, unsynced: open }] of files)
        writeFileSync(join(directory, name), applied(kept, arrived(random, open, arrival)));
    },
  };
};
