/** Nodes ordered by a key, the least first. A node may lie in it more than once: whoever takes it skips what is settled. */
export type NodeHeap = {
  readonly size: () => number;
  readonly clear: () => void;
  readonly push: (node: number, key: number) => void;
  /** Takes the node with the least key; the heap must not be empty. */
  readonly pop: () => number;
};

/** A binary heap for at most `capacity` entries, 12 bytes each. */
export function createNodeHeap(capacity: number): NodeHeap {
  const nodes = new Uint32Array(capacity);
  const keys = new Float64Array(capacity);
  let size = 0;
  return {
    size: () => size,
    clear: () => {
      size = 0;
    },
    push: (node, key) => {
      let at = size++;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if ((keys[parent] as number) <= key) break;
        keys[at] = keys[parent] as number;
        nodes[at] = nodes[parent] as number;
        at = parent;
      }
      keys[at] = key;
      nodes[at] = node;
    },
    pop: () => {
      const top = nodes[0] as number;
      size--;
      const key = keys[size] as number;
      const node = nodes[size] as number;
      let at = 0;
      for (let child = 1; child < size; child = at * 2 + 1) {
        if (child + 1 < size && (keys[child + 1] as number) < (keys[child] as number)) child++;
        if (key <= (keys[child] as number)) break;
        keys[at] = keys[child] as number;
        nodes[at] = nodes[child] as number;
        at = child;
      }
      keys[at] = key;
      nodes[at] = node;
      return top;
    },
  };
}
