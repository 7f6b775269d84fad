// Cold start from a warm cache to the first board painted, against an empty window of the same Electron, interleaved.
import { join } from 'node:path';
import { boards } from '#contracts/ipc/main-window.ts';
import { allLive, markOf, withBench } from './bench-desk.ts';
import { openEmptyDesk } from './empty-desk.ts';
import { median, printFigure } from './figure.ts';

const rounds = 5;

await withBench({ seed: 1 }, async ({ electron, directory, openDesk }) => {
  const filling = await openDesk();
  await allLive(filling);
  await filling.close();
  const values: number[] = [];
  const references: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const empty = await openEmptyDesk(electron, 1, join(directory, 'empty'));
    references.push(empty.firstPaintMs);
    await empty.close();
    const startedAt = Date.now();
    const desk = await openDesk();
    const paints = await Promise.all(boards.map((board) => markOf(desk, board, 'firstPaint')));
    values.push(Math.min(...paints.map(Number)) - startedAt);
    await desk.close();
  }
  printFigure({
    name: 'cold-start/first-board-from-cache',
    unit: 'ms',
    value: median(values),
    reference: median(references),
    goal: { atMost: 2 },
  });
});
