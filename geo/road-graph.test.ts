import { describe, expect, test } from 'vitest';
import type { Position } from './coordinates.ts';
import { edgeBends, nearestNode, nodePosition, readRoadGraph } from './road-graph.ts';
import { writeRoadGraph } from './road-graph-writer.ts';
import { GeoDataError } from './sections.ts';
import { syntheticCity } from './synthetic.ts';

const faultOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof GeoDataError) return error.fault;
    throw error;
  }
  return 'none';
};

describe('a road graph file', () => {
  test('cuts roads where they share a point, and keeps names, bends and one-way rules', () => {
    const graph = readRoadGraph(
      writeRoadGraph([
        { name: 'Long', roadClass: 'primary', oneWay: false, points: [0, 0, 5_000, 2_000, 10_000, 0, 20_000, 0] },
        { name: 'Side', roadClass: 'street', oneWay: true, points: [10_000, 0, 10_000, 9_000] },
      ]),
    );
    const edges = [...graph.edgeTarget].map((target, edge) => ({
      to: nodePosition(graph, target),
      name: graph.names[graph.pieceName[graph.edgePiece[edge] as number] as number],
      bends: edgeBends(graph, edge),
    }));
    const bends: Position[] = [[0.0005, 0.0002]];
    expect(graph.nodeCount).toBe(4);
    expect(graph.mainNodes).toBe(3);
    expect(edges).toEqual([
      { to: [0.001, 0], name: 'Long', bends },
      { to: [0, 0], name: 'Long', bends },
      { to: [0.002, 0], name: 'Long', bends: [] },
      { to: [0.001, 0.0009], name: 'Side', bends: [] },
      { to: [0.001, 0], name: 'Long', bends: [] },
    ]);
  });

  test('is the same for the same seed and another for another', () => {
    expect(syntheticCity(7)).toEqual(syntheticCity(7));
    expect(syntheticCity(7).roadGraph).not.toEqual(syntheticCity(8).roadGraph);
  });

  test('reads from bytes at an odd offset, as a buffer pool hands out', () => {
    const bytes = syntheticCity(1).roadGraph;
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(readRoadGraph(shifted.subarray(3))).toEqual(readRoadGraph(bytes));
  });

  test('cut short, changed or of another kind is refused with its fault', () => {
    const { roadGraph: bytes, addresses } = syntheticCity(3);
    for (const length of [0, 1, 23, 24, 100, bytes.length >> 1, bytes.length - 1]) {
      expect(faultOf(() => readRoadGraph(bytes.slice(0, length)))).toBe('truncated');
    }
    const changed = (at: number) => {
      const copy = bytes.slice();
      copy[at] = (copy[at] as number) ^ 0x40;
      return () => readRoadGraph(copy);
    };
    expect(faultOf(changed(0))).toBe('wrongKind');
    expect(faultOf(changed(8))).toBe('wrongVersion');
    for (let at = 12; at < bytes.length; at += 97) {
      expect(['corrupt', 'truncated']).toContain(faultOf(changed(at)));
    }
    expect(faultOf(() => readRoadGraph(addresses))).toBe('wrongKind');
    expect(faultOf(() => readRoadGraph(new Uint8Array(4096).fill(0xa5)))).toBe('wrongKind');
  });

  test('of no roads at all is empty and has no nearest node', () => {
    const graph = readRoadGraph(writeRoadGraph([]));
    expect(graph.nodeCount).toBe(0);
    expect(nearestNode(graph, 0, 0)).toBeUndefined();
  });
});

test('the nearest node is the one that looking at all of them finds, near and far, inside and outside', () => {
  for (const seed of [1, 2, 3]) {
    const graph = readRoadGraph(syntheticCity(seed).roadGraph);
    for (let i = 0; i < 400; i++) {
      const lon = -56.25 + 0.02 * Math.sin(i * 12.9 + seed);
      const lat = -34.945 + 0.02 * Math.sin(i * 78.2 + seed);
      const squeeze = Math.cos((lat * Math.PI) / 180);
      let best = Number.POSITIVE_INFINITY;
      for (let node = 0; node < graph.mainNodes; node++) {
        const [x, y] = nodePosition(graph, node);
        best = Math.min(best, Math.hypot((x - lon) * squeeze, y - lat));
      }
      const found = nearestNode(graph, lon, lat);
      const [x, y] = nodePosition(graph, found?.node ?? -1);
      expect(Math.hypot((x - lon) * squeeze, y - lat)).toBeCloseTo(best, 9);
    }
  }
});
