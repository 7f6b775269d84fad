// `npm start -- --check DIR`: the same product, headless, judged and pictured. It waits until every board has painted live
// data, takes its picture, pulls the backend's plug if asked to, works meanwhile on every board, and writes what it saw.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import { type Board, boards } from '#contracts/ipc/main-window.ts';
import { type Desk, openDesk, until } from '../desk.ts';
import { withDisplay } from '../display.ts';
import { resolveElectron } from '../electron-runtime/resolve.ts';
import { type BackendOptions, type RunningBackend, startBackend } from '../launch.ts';
import { treeMemory } from '../memory.ts';
import type { StartOptions } from '../options.ts';
import type { ProcessOwner } from '../processes.ts';
import { type BoardReport, boardReport, marksOf } from './boards.ts';
import { type OutageReport, runOutage } from './outage.ts';

const liveWithinMs = 60_000;

type CheckReport = {
  readonly ok: boolean;
  readonly problems: readonly string[];
  readonly boards: Readonly<Record<Board, BoardReport>>;
  readonly memory: {
    readonly totalBytes: number;
    readonly processes: readonly { readonly command: string; readonly bytes: number }[];
  };
  readonly outage: OutageReport | null;
  readonly versions: Readonly<Record<string, string>>;
};

/** The four windows, once each has painted live data; rejects with the board that has not. */
const livePages = async (desk: Desk): Promise<ReadonlyMap<Board, Page>> => {
  const pages = new Map<Board, Page>();
  for (const board of boards) {
    const page = await desk.page(board, liveWithinMs);
    pages.set(board, page);
    await until(
      `live data on the ${board} board`,
      async () => ((await marksOf(page))['livePaint'] === undefined ? undefined : true),
      liveWithinMs,
    );
  }
  return pages;
};

const versionsOf = async (desk: Desk): Promise<Readonly<Record<string, string>>> => ({
  node: process.versions.node,
  ...(await desk.app.evaluate(({ app }) => ({
    vigil: app.getVersion(),
    electron: process.versions['electron'] ?? '',
    chromium: process.versions['chrome'] ?? '',
    electronNode: process.versions.node,
  }))),
});

const readMemory = (desk: Desk): CheckReport['memory'] => {
  const processes = treeMemory(desk.mainPid).map(({ command, pss }) => ({ command, bytes: pss }));
  return { totalBytes: processes.reduce((sum, { bytes }) => sum + bytes, 0), processes };
};

const judge = (reports: CheckReport['boards'], outage: OutageReport | null): readonly string[] => [
  ...boards.flatMap((board) => {
    const { rows, link } = reports[board];
    return [
      ...(rows === 0 ? [`${board}: no rows shown`] : []),
      ...(link === 'live' ? [] : [`${board}: link is ${link}, not live`]),
    ];
  }),
  ...(outage?.problems ?? []),
];

/** Runs the check in a data directory of its own; resolves to the exit code, 0 when every board painted and nothing was lost. */
export const runCheck = async (options: StartOptions & { readonly check: string }, processes: ProcessOwner): Promise<number> => {
  const directory = options.check;
  await mkdir(directory, { recursive: true });
  const workspace = await mkdtemp(join(tmpdir(), 'vigil-check-'));
  const log = (name: string) => (options.verbose ? 'console' : ({ file: join(directory, `${name}.log`) } as const));
  try {
    const electron = await resolveElectron();
    const { display } = await withDisplay(processes, { alwaysVirtual: true });
    const hospital: BackendOptions = {
      data: join(workspace, 'hospital.sqlite'),
      simulator: options.simulator,
      log: log('backend'),
      ...(options.positions ? { positions: options.positions } : {}),
    };
    let backend: RunningBackend = await startBackend(processes, hospital);
    const open = () => openDesk({ electron, display, backend: backend.url, data: join(workspace, 'desk') });

    console.log('check: first start, to fill the cache');
    const first = await open();
    await livePages(first);
    await first.close();

    console.log('check: second start, measured');
    const startedAt = Date.now();
    const desk = await open();
    const pages = await livePages(desk);
    await delay(3_000);
    const reports = Object.fromEntries(
      await Promise.all([...pages].map(async ([board, page]) => [board, await boardReport(board, page, startedAt)] as const)),
    ) as CheckReport['boards'];
    for (const [board, page] of pages) await page.screenshot({ path: join(directory, `${board}.png`) });
    const memory = readMemory(desk);
    const versions = await versionsOf(desk);

    const outage =
      options.outage === undefined
        ? null
        : await runOutage({
            seconds: options.outage,
            pages,
            directory,
            pullThePlug: async () => void (await backend.process.stop(0)),
            putItBack: async () => {
              backend = await startBackend(processes, { ...hospital, port: backend.port });
            },
          });
    await desk.close();

    const problems = judge(reports, outage);
    const report: CheckReport = { ok: problems.length === 0, problems, boards: reports, memory, outage, versions };
    await writeFile(join(directory, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
    for (const problem of problems) console.error(`check: ${problem}`);
    console.log(`check: ${report.ok ? 'passed' : 'FAILED'}; pictures and report.json in ${directory}`);
    return report.ok ? 0 : 1;
  } finally {
    await rm(workspace, { recursive: true, force: true, maxRetries: 3 });
  }
};
