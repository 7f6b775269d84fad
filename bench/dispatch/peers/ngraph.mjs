// The same graph in ngraph.path: routes a second, one place to many, memory. Answers over IPC, or prints where there is none.
import createGraph from 'ngraph.graph';
import { nba } from 'ngraph.path';
import { city, pairs, ROUTES } from '../drives.ts';

const { graph, edgeSeconds, topSpeed } = city();
const before = process.memoryUsage();
const startedAt = performance.now();
const net = createGraph();
for (let node = 0; node < graph.nodeCount; node++) {
  net.addNode(node, { x: graph.points[node * 2] / 1e7, y: graph.points[node * 2 + 1] / 1e7 });
}
for (let node = 0; node < graph.nodeCount; node++) {
  for (let edge = graph.firstEdge[node]; edge < graph.firstEdge[node + 1]; edge++) {
    // Of several roads between two crossings only the last would stay: the quickest one does.
    const known = net.getLink(node, graph.edgeTarget[edge]);
    if (known === undefined || known === null || known.data > edgeSeconds[edge]) {
      net.addLink(node, graph.edgeTarget[edge], edgeSeconds[edge]);
    }
  }
}
const builtMs = performance.now() - startedAt;
const squeeze = Math.cos((34.9 * Math.PI) / 180);
const finder = nba(net, {
  oriented: true,
  distance: (_from, _to, link) => link.data,
  heuristic: ({ data: a }, { data: b }) => (Math.hypot((a.x - b.x) * squeeze, a.y - b.y) * 111_000 * 0.99) / topSpeed,
});
const secondsOf = (path) => {
  let seconds = 0;
  // Paths come from the goal to the start.
  for (let i = path.length - 1; i > 0; i--) seconds += net.getLink(path[i].id, path[i - 1].id).data;
  return seconds;
};
const find = ([from, to]) => secondsOf(finder.find(from, to));
for (const pair of pairs(100, 9)) find(pair);
const drawn = pairs(ROUTES, 1);
const routesAt = performance.now();
const seconds = drawn.map(find);
const routesMs = performance.now() - routesAt;
const many = pairs(300, 2).map(([from]) => [from, drawn[0][1]]);
const manyAt = performance.now();
many.map(find);
const manyMs = performance.now() - manyAt;
globalThis.gc?.();
const bytes = process.memoryUsage().heapUsed - before.heapUsed;
const measured = { routesPerSecond: (ROUTES / routesMs) * 1000, manyMs, builtMs, bytes, seconds };
if (process.send) process.send(measured, () => process.exit(0));
else console.log({ ...measured, seconds: seconds.slice(0, 3) });
