/** Moves an invented fleet once a second and tells it: what a station does, in a process of its own. */
import { inventTables, moveFixes } from '#renderer/windows/map/testing/invented.ts';
import { type Fed, fedChannel, placesOf } from './fed.ts';

const units = Number(new URLSearchParams(location.search).get('units'));
const { hospitals, points } = await placesOf();
let { fixes } = inventTables(units, points, hospitals, Date.now());
// Every unit moves: the worst that a fleet can do.
let turn = 0;
fixes = new Map([...fixes].map(([id, fix]) => [id, { ...fix, heading: (turn++ * 37) % 360, speed: 50, receivedAt: Date.now() }]));
const channel = new BroadcastChannel(fedChannel);
setInterval(() => {
  fixes = moveFixes(fixes, Date.now());
  channel.postMessage({ fixes: [...fixes.values()] } satisfies Fed);
}, 1000);
