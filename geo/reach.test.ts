import { describe, expect, test } from 'vitest';
import type { Position } from './coordinates.ts';
import { createReach } from './reach.ts';
import { nodePosition, readRoadGraph } from './road-graph.ts';
import { writeRoadGraph } from './road-graph-writer.ts';
import { createRouter } from './routing.ts';
import { syntheticCity } from './synthetic.ts';

describe.each([1, 2, 3, 4, 5, 6])('in the synthetic city of seed %i', (seed) => {
  const graph = readRoadGraph(syntheticCity(seed).roadGraph);
  const router = createRouter(graph);
  const reach = createReach(graph);
  const places = Array.from({ length: graph.mainNodes }, (_, node): Position => nodePosition(graph, node));

  test('one search to a place, and one from it, take as long as each single route', () => {
    for (let one = 0; one < places.length; one += 9) {
      const centre = places[one] as Position;
      const to = reach.toOne(places, centre);
      const from = reach.fromOne(centre, places);
      places.forEach((place, i) => {
        const there = router.route(place, centre);
        const back = router.route(centre, place);
        for (const [route, reached] of [
          [there, to[i]],
          [back, from[i]],
        ] as const) {
          if (!route || reached?.state !== 'reached') throw new Error('the main part must be reachable from within');
          expect(reached.seconds).toBeCloseTo(route.seconds, 6);
          expect(reached.offRoad).toBe(0);
        }
      });
    }
  });

  test('the seconds from many places are those from the nearest of them, and none beyond the limit', () => {
    const starts = places.filter((_, i) => i % 31 === 0);
    const limit = 60;
    const seconds = [...reach.spread(starts, limit)].slice(0, graph.mainNodes);
    const each = starts.map((start) => reach.fromOne(start, places));
    places.forEach((_, i) => {
      const least = Math.min(
        ...each.map((reached) => (reached[i]?.state === 'reached' ? reached[i].seconds : Number.POSITIVE_INFINITY)),
      );
      expect(seconds[i]).toBeCloseTo(least <= limit ? least : Number.POSITIVE_INFINITY, 6);
    });
  });
});

test('the way of a one-way street is that of whoever drives it', () => {
  const graph = readRoadGraph(
    writeRoadGraph([
      { name: 'One', roadClass: 'street', oneWay: true, points: [0, 0, 10_000, 0] },
      { name: 'Round', roadClass: 'street', oneWay: false, points: [10_000, 0, 10_000, 10_000, 0, 10_000, 0, 0] },
    ]),
  );
  const reach = createReach(graph);
  const [there] = reach.toOne([[0, 0]], [0.001, 0]);
  const [back] = reach.toOne([[0.001, 0]], [0, 0]);
  expect(there).toMatchObject({ state: 'reached', metres: expect.closeTo(111, 0) });
  expect(back).toMatchObject({ state: 'reached', metres: expect.closeTo(333, -1) });
});

test('what lies far from every road is said to, and the others are answered all the same', () => {
  const graph = readRoadGraph(syntheticCity(1).roadGraph);
  const reach = createReach(graph);
  const here = nodePosition(graph, 0);
  const beside: Position = [here[0], here[1] - 0.002];
  const away: Position = [here[0] - 0.05, here[1]];
  expect(reach.toOne([away, here, beside], here)).toEqual([
    { state: 'offRoad', offRoad: expect.any(Number) },
    { state: 'reached', seconds: 0, metres: 0, offRoad: 0 },
    { state: 'reached', seconds: 0, metres: 0, offRoad: expect.closeTo(222, -1) },
  ]);
  expect(reach.fromOne(away, [here])).toEqual([{ state: 'offRoad', offRoad: expect.any(Number) }]);
  expect(reach.toOne([], here)).toEqual([]);
  expect(createReach(readRoadGraph(writeRoadGraph([]))).toOne([here], here)).toEqual([
    { state: 'offRoad', offRoad: Number.POSITIVE_INFINITY },
  ]);
});
