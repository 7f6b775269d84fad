import { readdirSync, readFileSync } from 'node:fs';

/** One living process as the system tells it; `pss` is its proportional share of memory in bytes. */
export type ProcessMemory = { readonly pid: number; readonly command: string; readonly pss: number };

const parentsByPid = (): ReadonlyMap<number, number> => {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      parents.set(pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended between the listing and the reading.
    }
  }
  return parents;
};

/** A process and all that descend from it, by pid. Needs /proc. */
export const processTree = (root: number): readonly number[] => {
  const parents = parentsByPid();
  const tree = new Set([root]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [pid, parent] of parents) {
      if (tree.has(parent) && !tree.has(pid)) {
        tree.add(pid);
        grown = true;
      }
    }
  }
  return [...tree];
};

const describe = (pid: number): string => {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  const type = words.find((word) => word.startsWith('--type='));
  const name = words[0]?.split('/').at(-1) ?? 'unknown';
  return type ? `${name} ${type.slice('--type='.length)}` : name;
};

/** Memory of each process in the tree under `root`; PSS in bytes, so that the sum counts shared pages once. */
export const treeMemory = (root: number): readonly ProcessMemory[] =>
  processTree(root).flatMap((pid) => {
    try {
      const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
      return [{ pid, command: describe(pid), pss: Number(kilobytes ?? 0) * 1024 }];
    } catch {
      return [];
    }
  });
