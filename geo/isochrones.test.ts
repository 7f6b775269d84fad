import { describe, expect, test } from 'vitest';
import type { Position } from './coordinates.ts';
import { createIsochrones, type ReachedArea } from './isochrones.ts';
import { createReach } from './reach.ts';
import { nodePosition, readRoadGraph } from './road-graph.ts';
import { writeRoadGraph } from './road-graph-writer.ts';
import { syntheticCity } from './synthetic.ts';

const isWithin = ([x, y]: Position, { polygons }: ReachedArea): boolean => {
  let inside = false;
  for (const ring of polygons.flat()) {
    ring.forEach((b, i) => {
      const a = ring[i - 1];
      if (a && a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
    });
  }
  return inside;
};

describe.each([1, 2, 3, 4])('in the synthetic city of seed %i', (seed) => {
  const graph = readRoadGraph(syntheticCity(seed, 40, 30).roadGraph);
  const reach = createReach(graph);
  const isochrones = createIsochrones(graph, reach);
  const starts = [0, 400].map((node) => nodePosition(graph, node));
  const minutes = [2, 4];
  const areas = isochrones(starts, minutes);
  const seconds = Float64Array.from(reach.spread(starts, 3_600));

  test('every crossing reached in time lies within the area, and none that is reached much later', () => {
    const wrong: string[] = [];
    for (let node = 0; node < graph.mainNodes; node++) {
      const arrival = seconds[node] as number;
      areas.forEach((area) => {
        const inside = isWithin(nodePosition(graph, node), area);
        // The contour is drawn on points 160 m apart: a crew walks from the last crossing to the next point.
        if (!inside && arrival < area.minutes * 60 - 60) wrong.push(`${arrival} s outside of ${area.minutes} min`);
        if (inside && arrival > area.minutes * 60 + 60) wrong.push(`${arrival} s within ${area.minutes} min`);
      });
    }
    expect(wrong).toEqual([]);
  });

  test('what is reached in fewer minutes is reached in more', () => {
    const [near, far] = areas as [ReachedArea, ReachedArea];
    for (const ring of near.polygons.flat()) for (const position of ring) expect(isWithin(position, far)).toBe(true);
  });
});

test('nowhere to start from, and no roads at all, give empty areas', () => {
  const graph = readRoadGraph(syntheticCity(1).roadGraph);
  expect(createIsochrones(graph, createReach(graph))([], [4])).toEqual([{ minutes: 4, polygons: [] }]);
  expect(createIsochrones(graph, createReach(graph))([[0, 0]], [4])).toEqual([{ minutes: 4, polygons: [] }]);
  const empty = readRoadGraph(writeRoadGraph([]));
  expect(createIsochrones(empty, createReach(empty))([[0, 0]], [4])).toEqual([{ minutes: 4, polygons: [] }]);
});
