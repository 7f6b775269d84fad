/**
 * `node test/pictures/shoot.ts DIRECTORY [NAME… | PREFIX*…] [--far]`: builds the page and photographs its scenes with the Chromium named
 * by CHROMIUM; with `--far` each a second time at a quarter of its size, as somebody sees it from across the room.
 */

import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { chromium } from 'playwright';
import { build } from 'vite';
import { bedsScenes } from './scenes/beds.ts';
import { boardScenes } from './scenes/boards.ts';
import { panelScenes } from './scenes/panels.ts';
import { sizeScenes } from './scenes/sizes.ts';
import { wallScenes } from './scenes/wall.ts';

const scenes = [...sizeScenes, ...bedsScenes, ...wallScenes, ...boardScenes, ...panelScenes];

const far = process.argv.includes('--far');
const [directory = 'out/pictures-taken', ...wanted] = process.argv.slice(2).filter((argument) => argument !== '--far');
const isWanted = (name: string): boolean =>
  wanted.length === 0 || wanted.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one));
await mkdir(directory, { recursive: true });
const root = resolve(import.meta.dirname, '../../out/pictures');
await build({
  configFile: false,
  root: import.meta.dirname,
  base: './',
  logLevel: 'warn',
  plugins: [react()],
  build: { outDir: root, emptyOutDir: true, target: 'chrome114' },
});
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};
const server = createServer(async (request, response) => {
  const path = join(root, new URL(request.url ?? '/', 'http://x').pathname.replace(/^\/$/, '/index.html'));
  try {
    const body = await readFile(path);
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
const address = server.address();
const port = typeof address === 'object' && address ? address.port : 0;
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const { name, query, size, before } of scenes) {
  if (!isWanted(name)) continue;
  const page = await browser.newPage({ viewport: { width: size?.[0] ?? 1920, height: size?.[1] ?? 1080 } });
  page.on('pageerror', (error) => console.error(name, error.message));
  page.on('console', (message) => message.type() === 'error' && console.error(name, message.text()));
  await page.goto(`http://127.0.0.1:${port}/?${query}`);
  await page.waitForSelector('.strip, .ws');
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(400);
  await before?.(page);
  const picture = await page.screenshot({ path: join(directory, `${name}.png`) });
  if (far) {
    const [width, height] = [page.viewportSize()?.width ?? 0, page.viewportSize()?.height ?? 0].map((side) => side / 4);
    const small = await browser.newPage({ viewport: { width: width ?? 0, height: height ?? 0 } });
    await small.setContent(
      `<img src="data:image/png;base64,${picture.toString('base64')}" style="position:fixed;inset:0;width:100%">`,
    );
    await small.screenshot({ path: join(directory, `${name}-far.png`) });
    await small.close();
  }
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, span, b, h2, dd, .cell, .wt, .wl, .wall__beds')]
      .filter(
        (element) =>
          element.scrollWidth > element.clientWidth + 1 &&
          getComputedStyle(element).overflowX === 'hidden' &&
          element.clientWidth > 0,
      )
      .map((element) => `${element.className}: ${element.textContent?.slice(0, 40)}`)
      .slice(0, 12),
  );
  console.log(name, cut.length === 0 ? 'nothing cut' : cut);
  await page.close();
}
await browser.close();
server.close();
