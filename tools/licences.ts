import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDirectory } from './places.ts';

type LockEntry = {
  readonly version?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly name?: string;
};
type Manifest = { readonly name: string; readonly version: string; readonly license?: string; readonly homepage?: string };

const file = join(projectDirectory, 'docs/third-party.md');

const manifestOf = (path: string): Manifest | undefined => {
  try {
    return JSON.parse(readFileSync(join(projectDirectory, path, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
};

/** Every package that ships with Vigil (development packages left out), from the lock file and each package's own manifest. */
const shipped = (): readonly Manifest[] => {
  const lock = JSON.parse(readFileSync(join(projectDirectory, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockEntry>>;
  };
  const found = Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional)
    .flatMap(([path]) => manifestOf(path) ?? []);
  const byName = new Map(found.map((manifest) => [`${manifest.name}@${manifest.version}`, manifest]));
  return [...byName.values()].sort(
    (left, right) => left.name.localeCompare(right.name, 'en') || left.version.localeCompare(right.version, 'en'),
  );
};

/** `npm run licences`: writes docs/third-party.md; resolves to 0. */
export const run = async (): Promise<number> => {
  const packages = shipped();
  const rows = packages.map(({ name, version, license }) => `| ${name} | ${version} | ${license ?? 'see its own files'} |`);
  const text = [
    '# Third-party packages',
    '',
    'Made by `npm run licences` from the lock file: what ships with Vigil, with its licence as the package states it.',
    '',
    '| package | version | licence |',
    '|---|---|---|',
    ...rows,
    '',
  ];
  writeFileSync(file, text.join('\n'));
  console.log(`licences: ${packages.length} packages listed in docs/third-party.md`);
  return 0;
};
