import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectDirectory } from './places.ts';
import type { ProcessOwner } from './processes.ts';

const inModules = (path: string): string => join(projectDirectory, 'node_modules', path);

const steps: readonly { readonly name: string; readonly script: string; readonly args: readonly string[] }[] = [
  { name: 'types', script: inModules('typescript/bin/tsc'), args: ['-b'] },
  { name: 'types of tests', script: inModules('typescript/bin/tsc'), args: ['-p', 'tsconfig.tests.json'] },
  { name: 'layers', script: join(projectDirectory, 'tools/check/layers.ts'), args: [] },
  { name: 'lint and format', script: inModules('@biomejs/biome/bin/biome'), args: ['check', '--error-on-warnings'] },
  { name: 'dead code', script: inModules('knip/bin/knip.js'), args: ['--no-progress'] },
];

/** `npm run check`: types, layers, lint and format, dead code; all of them even when one fails; resolves to the exit code. */
export const run = async (_args: readonly string[], processes: ProcessOwner): Promise<number> => {
  let failed = 0;
  const present = steps.filter(({ script }) => existsSync(script));
  for (const { name, script, args } of present) {
    const started = performance.now();
    const child = processes.start(name, process.execPath, [script, ...args], { cwd: projectDirectory, log: 'inherit' });
    const { code } = await child.exited;
    if (code !== 0) failed += 1;
    console.log(`check: ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  console.log(`${present.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
};
