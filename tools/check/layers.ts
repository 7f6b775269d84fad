/**
 * The lint of the layers: reads every source file of a tree and says what stands where it may not. `npm run check` runs it;
 * exit code 1 when anything was found.
 */
import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix, relative, sep } from 'node:path';
import { type Allowed, layers, workshops } from '../layers.ts';
import { projectDirectory } from '../places.ts';
import { type Import, importsOf, type Skeleton, skeletonOf } from './scan.ts';

/** One thing that stands where it may not. A `note` does not fail the check. */
export type Finding = {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly severity: 'error' | 'note';
};

const isSource = (name: string): boolean => /\.(?:ts|tsx|mts|mjs|cjs|js|jsx)$/.test(name);
const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file);
const skipped = new Set(['node_modules', 'out', 'resources', 'docs', 'dist', 'release']);

/** Source files below `root` as paths with `/`; nothing hidden, generated or installed. */
export const sourceFiles = (root: string): readonly string[] => {
  const walk = (directory: string): string[] =>
    readdirSync(directory, { withFileTypes: true }).flatMap((entry: Dirent) => {
      if (entry.name.startsWith('.') || skipped.has(entry.name)) return [];
      const path = join(directory, entry.name);
      return entry.isDirectory() ? walk(path) : isSource(entry.name) ? [relative(root, path).split(sep).join('/')] : [];
    });
  return walk(root).sort();
};

const builtins = new Set(builtinModules);
/** `node` for a builtin, else the package's name without its inner path. */
const packageOf = (specifier: string): string => {
  const bare = specifier.split('?')[0] ?? specifier;
  if (bare.startsWith('node:') || builtins.has(bare)) return 'node';
  return bare
    .split('/')
    .slice(0, bare.startsWith('@') ? 2 : 1)
    .join('/');
};

const covers = (part: string, file: string): boolean => file === part || file.startsWith(part.endsWith('/') ? part : `${part}/`);
const permits = (allowed: Allowed, name: string, file: string): boolean =>
  allowed.name === name && (allowed.onlyIn === undefined || allowed.onlyIn.some((place) => covers(place, file)));

/** Why an import may not stand in a file, or null when it may. */
const objection = (file: string, { specifier, typeOnly }: Import): string | null => {
  if (specifier === null) return 'imports something that is not a literal: nobody can check it';
  const folder = file.split('/')[0] ?? '';
  const layer = layers.find((one) => one.folder === folder);
  const workshop = workshops.find((one) => one.folder === folder);
  const target = specifier.startsWith('#')
    ? specifier.slice(1)
    : specifier.startsWith('.')
      ? posix.join(posix.dirname(file), specifier)
      : null;
  if (target !== null) {
    if (!/\.[a-z]+(?:\?[\w&]+)*$/.test(target)) return `imports ${specifier} without its extension`;
    const home = target.split('/')[0] ?? '';
    if (home === folder) return null;
    if (workshop?.ours === 'all') return null;
    if (workshops.some((one) => one.folder === home)) return `imports ${specifier}: nothing may import ${home}`;
    if (workshop)
      return workshop.ours.includes(home) ? null : `imports ${specifier}: ${folder} may import ${workshop.ours.join(', ')}`;
    if (!layer) return null;
    if (!layer.ours.some((part) => covers(part, target)))
      return `imports ${specifier}: ${folder} may import ${layer.ours.join(', ') || 'nothing of ours'}`;
    return layer.oursAs === 'types' && !typeOnly ? `imports ${specifier} as a value: ${folder} takes types only` : null;
  }
  if (!layer) return null;
  const name = packageOf(specifier);
  // A testing/ folder beside the source serves tests; the pure one serves the simulator too and stays pure.
  const servesTests = isTest(file) || (!layer.pure && file.includes('/testing/'));
  const allowed = servesTests ? [...layer.allowed, ...layer.allowedInTests] : layer.allowed;
  if (allowed.some((one) => permits(one, name, file))) return null;
  const elsewhere = allowed.find((one) => one.name === name)?.onlyIn;
  return elsewhere
    ? `imports ${specifier}: only ${elsewhere.join(', ')} may`
    : `imports ${specifier}: not in the row of ${folder} in tools/layers.ts`;
};

/** What a pure file may not say; each is looked for where no `.` or word stands before it. */
const impure =
  /(?<![.\w$])(?:Date\.now\b|new\s+Date\s*(?:\(\s*\)|(?![\s(]))|(?<!\bnew\s+)Date\s*\(|Math\.random\b|(?:setTimeout|setInterval|setImmediate|queueMicrotask|fetch)\s*\(|(?:process|performance|crypto|console|globalThis|window|document|localStorage|navigator)\s*[.[])/g;

const occurrences = ({ code }: Skeleton, pattern: RegExp): readonly { readonly text: string; readonly line: number }[] =>
  [...code.matchAll(pattern)].map((match) => ({ text: match[0].trim(), line: code.slice(0, match.index).split('\n').length }));

/** Everything wrong with one file, given its path below the root and its text. */
export const checkFile = (file: string, source: string): readonly Finding[] => {
  const found: Finding[] = [];
  const add = (line: number, message: string, severity: Finding['severity'] = 'error'): void =>
    void found.push({ file, line, message, severity });
  const inFolder = file.includes('/');
  const folder = file.split('/')[0] ?? '';
  const layer = layers.find((one) => one.folder === folder);
  const skeleton = skeletonOf(source);
  const lines = source.split('\n').length - (source.endsWith('\n') ? 1 : 0);

  if (inFolder && !layer && !workshops.some((one) => one.folder === folder))
    add(1, `the folder ${folder} is not in tools/layers.ts`);
  if (inFolder)
    for (const one of importsOf(skeleton)) {
      const message = objection(file, one);
      // Set-up scripts import what they find at run time; nothing of ours may.
      if (message !== null && !(one.specifier === null && !layer)) add(one.line, message);
    }
  for (const [index, text] of source.split('\n').entries())
    if (/^\s*\/\/\/\s*<reference/.test(text)) add(index + 1, 'refers by a triple slash: import instead');
  if (layer?.pure && !isTest(file))
    for (const { text, line } of occurrences(skeleton, impure))
      add(line, `${text} in ${folder}: time, chance and the world are arguments`);
  if (layer && !file.startsWith('station/entry/'))
    for (const { line } of occurrences(skeleton, /\bprocess\s*\.\s*parentPort\b/g))
      add(line, 'process.parentPort outside station/entry');
  if (!/\.config\.ts$/.test(file))
    for (const { line } of occurrences(skeleton, /\bexport\s+default\b|\bas\s+default\b/g))
      add(line, 'exports a default: name it');
  for (const { line } of occurrences(skeleton, /\bexport\s*\*/g)) add(line, 'exports everything of another file: a barrel');
  if (/\/index\.tsx?$/.test(file)) add(1, 'is called index: a name says what is in it');
  const rest = skeleton.code.replace(/\bexport\s+(?:type\s+)?\{[^}]*\}\s*from\s*"\d+"\s*;?/g, '');
  if (rest.trim() === '' && skeleton.code.trim() !== '') add(1, 'only passes on what others export: a barrel');
  if (lines > 600) add(601, `has ${lines} lines; 600 is the end`);
  else if (lines > 400) add(401, `has ${lines} lines; over 400 needs a reason`, 'note');
  return found;
};

/** Everything wrong with the tree below `root`. */
export const checkTree = (root: string): readonly Finding[] =>
  sourceFiles(root).flatMap((file) => checkFile(file, readFileSync(join(root, file), 'utf8')));

/** The folders a folder's tsconfig.json refers to, sorted; undefined when it has none. */
export const referencesIn = (root: string, folder: string): readonly string[] | undefined => {
  const path = join(root, folder, 'tsconfig.json');
  if (!existsSync(path)) return undefined;
  const { references = [] } = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly references?: readonly { readonly path: string }[];
  };
  return references.map((reference) => posix.basename(reference.path)).sort();
};

if (import.meta.main) {
  const findings = checkTree(process.argv[2] ?? projectDirectory);
  for (const { file, line, message, severity } of findings)
    console.log(`${file}:${line}: ${severity === 'note' ? 'note: ' : ''}${message}`);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  console.log(errors === 0 ? 'layers: everything is where it may be' : `layers: ${errors} found`);
  process.exitCode = errors === 0 ? 0 : 1;
}
