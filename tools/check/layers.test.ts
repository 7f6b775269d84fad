import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { layers, oursCell, referencesOf } from '../layers.ts';
import { projectDirectory } from '../places.ts';
import { checkFile, checkTree, referencesIn } from './layers.ts';
import { importsOf, skeletonOf } from './scan.ts';

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A tree of files in a temporary directory, gone after the test. */
const plant = (files: Readonly<Record<string, string>>): string => {
  const root = mkdtempSync(join(tmpdir(), 'vigil-layers-'));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
};
const errorsOf = (file: string, source: string): readonly string[] =>
  checkFile(file, source).flatMap(({ severity, message }) => (severity === 'error' ? [message] : []));

test('this project keeps its own layers', () => {
  expect(checkTree(projectDirectory).filter(({ severity }) => severity === 'error')).toEqual([]);
});

describe('one table in three places', () => {
  const rows = readFileSync(join(projectDirectory, 'docs/ARCHITECTURE.md'), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 6);
  const written = new Map(rows.map(([, folder = '', ours = '']) => [folder, ours]));

  test.each(layers)('$folder: the document', (layer) => {
    expect(written.get(layer.folder)).toBe(oursCell(layer));
  });
  test('the document has no other folder', () => {
    expect([...written.keys()].filter((name) => !name.startsWith('-'))).toEqual([
      'folder',
      ...layers.map(({ folder }) => folder),
      'test, bench, tools',
    ]);
  });
  test.each(layers.filter(({ folder }) => existsSync(join(projectDirectory, folder))))(
    '$folder: the references of its tsconfig',
    ({ folder }) => {
      const present = referencesOf(folder).filter((name) => existsSync(join(projectDirectory, name)));
      expect(referencesIn(projectDirectory, folder)).toEqual(present);
    },
  );
});

describe('a planted import is found, however it is written', () => {
  test.each([
    ['a value', "import { open } from '#station/store/open.ts';"],
    ['a type', "import type { Store } from '#station/store/open.ts';"],
    ['a type among values', "import { type Store } from '#station/store/open.ts';"],
    ['over several lines', "import {\n  open,\n  type Store,\n} from '#station/store/open.ts';"],
    ['everything', "import * as store from '#station/store/open.ts';"],
    ['for its effect', "import '#station/store/open.ts';"],
    ['a re-export', "export { open } from '#station/store/open.ts';\nexport const x = 1;"],
    ['a re-exported type', "export type { Store } from '#station/store/open.ts';\nexport const x = 1;"],
    ['when it is needed', "const store = await import('#station/store/open.ts');"],
    ['by a plain template', 'const store = await import(`#station/store/open.ts`);'],
    ['inside a type', "type Store = import('#station/store/open.ts').Store;"],
    ['by require', "const store = require('#station/store/open.ts');"],
    ['by a path', "import { open } from '../../station/store/open.ts';"],
    ['after a comment that looks like its end', "import { open } /* from './a.ts' */ from '#station/store/open.ts';"],
    ['after a quote in a regular expression', "const quote = /['\"`]/;\nimport { open } from '#station/store/open.ts';"],
    ['after an apostrophe in JSX', "const p = <p>don't</p>;\nimport { open } from '#station/store/open.ts';"],
  ])('%s', (_name, source) => {
    const root = plant({ 'renderer/windows/planted.tsx': source });
    expect(checkTree(root).map(({ file, message }) => `${file} ${message}`)).toEqual([
      expect.stringMatching(
        /^renderer\/windows\/planted\.tsx imports .*station\/store\/open\.ts: renderer may import domain, contracts\/ipc$/,
      ),
    ]);
  });

  test.each([
    ['domain/a.ts', "import { readFileSync } from 'node:fs';", 'imports node:fs: not in the row of domain in tools/layers.ts'],
    ['domain/a.ts', "import { readFileSync } from 'fs';", 'imports fs: not in the row of domain in tools/layers.ts'],
    [
      'domain/a.ts',
      "import type { Up } from '#contracts/wire/up.ts';",
      'imports #contracts/wire/up.ts: domain may import nothing of ours',
    ],
    ['domain/a.ts', '/// <reference types="node" />', 'refers by a triple slash: import instead'],
    [
      'renderer/a.ts',
      "import type { Up } from '#contracts/wire/up.ts';",
      'imports #contracts/wire/up.ts: renderer may import domain, contracts/ipc',
    ],
    [
      'renderer/a.ts',
      "import { ipcRenderer } from 'electron';",
      'imports electron: not in the row of renderer in tools/layers.ts',
    ],
    ['renderer/ui/a.ts', "import { Map } from 'maplibre-gl';", 'imports maplibre-gl: only renderer/windows/map/ may'],
    ['station/a.ts', "import { app } from 'electron';", 'imports electron: not in the row of station in tools/layers.ts'],
    [
      'station/feeds/a.ts',
      "import Database from 'better-sqlite3';",
      'imports better-sqlite3: only station/store/open.ts, station/tiles/ may',
    ],
    ['station/feeds/a.ts', 'process.parentPort.postMessage(1);', 'process.parentPort outside station/entry'],
    [
      'electron/main/a.ts',
      "import { Poke } from '#contracts/wire/down.ts';",
      'imports #contracts/wire/down.ts: electron may import domain, contracts/ipc, native',
    ],
    [
      'preload/a.ts',
      "import { boards } from '#contracts/ipc/main-window.ts';",
      'imports #contracts/ipc/main-window.ts as a value: preload takes types only',
    ],
    [
      'backend/a.ts',
      "import type { Frame } from '#contracts/ipc/station-window.ts';",
      'imports #contracts/ipc/station-window.ts: backend may import domain, geo, contracts/wire',
    ],
    ['station/a.ts', "import { plan } from '#tools/places.ts';", 'imports #tools/places.ts: nothing may import tools'],
    ['station/a.ts', "import { b } from './b';", 'imports ./b without its extension'],
    ['station/a.ts', 'const one = await import(name);', 'imports something that is not a literal: nobody can check it'],
    ['cupboard/a.ts', 'export const a = 1;', 'the folder cupboard is not in tools/layers.ts'],
    ['domain/a.ts', 'export const now = () => Date.now();', 'Date.now in domain: time, chance and the world are arguments'],
    ['geo/a.ts', 'export const now = () => new Date();', 'new Date() in geo: time, chance and the world are arguments'],
    ['contracts/a.ts', 'export const dice = Math.random;', 'Math.random in contracts: time, chance and the world are arguments'],
    [
      'domain/a.ts',
      'export const wait = () => setTimeout(() => 1, 5);',
      'setTimeout( in domain: time, chance and the world are arguments',
    ],
    ['domain/a.ts', 'export const home = process.env;', 'process. in domain: time, chance and the world are arguments'],
    ['domain/a.ts', "export const get = () => fetch('x');", 'fetch( in domain: time, chance and the world are arguments'],
    ['domain/a.ts', `export const text = \`\${Date.now()}\`;`, 'Date.now in domain: time, chance and the world are arguments'],
    ['station/a.ts', 'export default 1;', 'exports a default: name it'],
    ['station/index.ts', 'export const a = 1;', 'is called index: a name says what is in it'],
    ['station/a.ts', "export { b } from './b.ts';", 'only passes on what others export: a barrel'],
    ['station/a.ts', "export * from './b.ts';\nexport const a = 1;", 'exports everything of another file: a barrel'],
    ['station/a.ts', 'x;\n'.repeat(601), 'has 601 lines; 600 is the end'],
  ])('%s: %s', (file, source, message) => {
    expect(errorsOf(file, source)).toEqual([message]);
  });
});

test('what is right is left alone', () => {
  const files: readonly (readonly [string, string])[] = [
    [
      'domain/a.ts',
      "// Date.now() and import { x } from 'electron'\nconst text = \"import 'electron'; Date.now()\"; const at = new Date(5);\nexport { at, text };",
    ],
    ['domain/a.ts', 'export const a = { process: 1 }.process / 2; export const b = clock.performance.now();'],
    ['domain/a.test.ts', "import { test } from 'vitest';\nimport { hash } from 'node:crypto';\ntest(hash, () => Date.now());"],
    ['preload/a.ts', "import type { Board } from '#contracts/ipc/main-window.ts';\nimport { contextBridge } from 'electron';"],
    ['station/entry/a.ts', 'process.parentPort.on(1);'],
    ['backend/testing/a.ts', "import { io } from 'socket.io-client';"],
    ['electron.vite.config.ts', "import x from '#tools/places.ts';\nexport default x;"],
    ['test/a.test.ts', "import { start } from '#tools/processes.ts';\nimport { open } from '#station/store/open.ts';"],
    ['renderer/a.tsx', "import './a.css';\nconst b = <a href=\"//x\">/ don't '</a>;\nexport const c = 1 / 2 / 3;"],
    ['station/a.ts', 'x;\n'.repeat(600)],
  ];
  expect(files.flatMap(([file, source]) => errorsOf(file, source))).toEqual([]);
});

test('imports are told with their lines', () => {
  const source = `/* a\n b */\nimport type { A } from './a.ts';\n\nconst b = \`\n\${await import('./b.ts')}\`;\n`;
  expect(importsOf(skeletonOf(source))).toEqual([
    { specifier: './a.ts', typeOnly: true, line: 3 },
    { specifier: './b.ts', typeOnly: false, line: 6 },
  ]);
});

test('the command line says where and ends with 1', () => {
  const root = plant({ 'domain/clock.ts': 'export const now = () =>\n  Date.now();\n' });
  const run = (directory: string) =>
    spawnSync(process.execPath, [join(projectDirectory, 'tools/check/layers.ts'), directory], { encoding: 'utf8' });
  const bad = run(root);
  expect([bad.status, bad.stdout]).toEqual([
    1,
    'domain/clock.ts:2: Date.now in domain: time, chance and the world are arguments\nlayers: 1 found\n',
  ]);
  const good = run(plant({ 'domain/clock.ts': 'export const now = 5;\n' }));
  expect([good.status, good.stdout]).toEqual([0, 'layers: everything is where it may be\n']);
});

describe('the compiler, with this project’s own tsconfig files', () => {
  const compile = (folder: string, planted: string): { readonly status: number | null; readonly output: string } => {
    const root = plant({
      'station/secret.ts': 'export type Secret = { readonly key: string };\n',
      'domain/value.ts': 'export type Value = { readonly is: number };\n',
      'contracts/shape.ts': "import type { Value } from '#domain/value.ts';\nexport type Shape = Value;\n",
      'geo/point.ts': 'export type Point = 1;\n',
      [`${folder}/planted.ts`]: planted,
    });
    for (const file of [
      'package.json',
      'tsconfig.base.json',
      ...['domain', 'contracts', 'geo', 'station', 'renderer', 'backend'].map((name) => `${name}/tsconfig.json`),
    ]) {
      cpSync(join(projectDirectory, file), join(root, file));
    }
    if (!existsSync(join(root, 'renderer/planted.ts')))
      writeFileSync(join(root, 'renderer/empty.ts'), 'export const empty = 0;\n');
    symlinkSync(join(projectDirectory, 'node_modules'), join(root, 'node_modules'), 'dir');
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(projectDirectory, 'node_modules/typescript/bin/tsc'), '-b', folder, '--pretty', 'false'],
      { cwd: root, encoding: 'utf8' },
    );
    return { status, output: stdout };
  };

  test.each([
    [
      'renderer',
      "import type { Secret } from '#station/secret.ts';\nexport const planted = (secret: Secret): string => secret.key;\n",
    ],
    ['domain', "import type { Shape } from '#contracts/shape.ts';\nexport const planted = (shape: Shape): number => shape.is;\n"],
    [
      'backend',
      "import type { Secret } from '../station/secret.ts';\nexport const planted = (secret: Secret): string => secret.key;\n",
    ],
  ])(
    'a forbidden import type does not compile in %s',
    (folder, planted) => {
      const { status, output } = compile(folder, planted);
      expect([status === 0, output]).toEqual([false, expect.stringMatching(/planted\.ts.*TS6307|TS6307.*(?:secret|shape)\.ts/)]);
    },
    60_000,
  );

  test('an allowed one compiles', () => {
    const planted =
      "import type { Shape } from '#contracts/shape.ts';\nimport type { Value } from '#domain/value.ts';\nexport const planted = (shape: Shape): Value => shape;\n";
    expect(compile('renderer', planted)).toEqual({ status: 0, output: '' });
  }, 60_000);

  test('a pure folder has no clock to call and no document', () => {
    const { status, output } = compile(
      'domain',
      'export const planted = (): void => { setTimeout(() => document.title, 5); };\n',
    );
    expect([status === 0, output]).toEqual([false, expect.stringContaining('setTimeout')]);
  }, 60_000);
});
