/** `node test/pictures/shoot.ts DIRECTORY [NAME…]`: builds the page and photographs its scenes with the Chromium named by CHROMIUM. */

import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { chromium, type Page } from 'playwright';
import { build } from 'vite';

type Shot = {
  readonly name: string;
  readonly query: string;
  readonly size?: readonly [number, number];
  readonly before?: (page: Page) => Promise<void>;
};
const choose = (bed: string) => async (page: Page) => page.locator(`[data-bed="${bed}"]`).click();
const press =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await page.waitForTimeout(250);
    }
  };
const openRecord =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await choose('A7')(page);
    await press('p', ...keys)(page);
  };
const handOver =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await page.keyboard.press('Shift+H');
    await page.waitForSelector('.handover__steps');
    await press(...keys)(page);
  };
const messageDesk =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await page.keyboard.press('Alt+i');
    await page.waitForSelector('.interfaces__views');
    await press(...keys)(page);
  };
/** The first area laid out freely: two beds moved, one new, one retired. */
const arrangeBeds = async (page: Page): Promise<void> => {
  await page.waitForTimeout(3_200);
  await press('Shift+L')(page);
  await page.getByText(/each in its cell|cada una en su celda/).click();
  await page.locator('[data-plan-bed]').nth(3).click();
  await press('ArrowDown', 'ArrowDown', 'n', 'ArrowDown')(page);
};
const shots: readonly Shot[] = [
  { name: 'beds', query: 'board=beds', before: choose('A7') },
  { name: 'beds-light', query: 'board=beds&theme=light', before: choose('A7') },
  { name: 'arrange', query: 'board=beds', before: arrangeBeds },
  { name: 'arrange-light', query: 'board=beds&theme=light&locale=es', before: arrangeBeds },
  { name: 'arrange-offline', query: 'board=beds&scene=offline', before: arrangeBeds },
  { name: 'arrange-narrow', query: 'board=beds', size: [900, 700], before: arrangeBeds },
  {
    name: 'beds-free',
    query: 'board=beds',
    before: async (page) => {
      await arrangeBeds(page);
      await press('Control+Enter', 'Escape')(page);
    },
  },
  { name: 'beds-offline', query: 'board=beds&scene=offline', before: choose('A7') },
  { name: 'beds-stale', query: 'board=beds&scene=stale&locale=es' },
  { name: 'beds-loading', query: 'board=beds&scene=loading' },
  { name: 'beds-unknown', query: 'board=beds&scene=unknown' },
  { name: 'beds-empty', query: 'board=beds&scene=empty' },
  { name: 'beds-trouble', query: 'board=beds&scene=trouble' },
  { name: 'beds-many', query: 'board=beds&scene=many' },
  { name: 'beds-small', query: 'board=beds&beds=20' },
  { name: 'beds-middle', query: 'board=beds&beds=120&theme=light' },
  {
    name: 'beds-filter',
    query: 'board=beds',
    before: async (page) => {
      await page.keyboard.press('f');
      await page.keyboard.type('ward');
      await page.getByRole('button', { name: 'Boarders', exact: true }).click();
      await page.locator('.filter input').fill('');
    },
  },
  {
    name: 'beds-line',
    query: 'board=beds',
    before: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('r4 < a6');
    },
  },
  {
    name: 'beds-swap',
    query: 'board=beds&theme=light&locale=es',
    before: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('a12 < a7');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.dialog');
    },
  },
  {
    name: 'beds-drag',
    query: 'board=beds',
    before: async (page) => {
      const at = async (selector: string) => {
        const box = await page.locator(selector).boundingBox();
        return [(box?.x ?? 0) + 40, (box?.y ?? 0) + 60] as const;
      };
      await page.mouse.move(...(await at('[data-bed="A12"]')));
      await page.mouse.down();
      await page.mouse.move(...(await at('[data-bed="R4"]')), { steps: 5 });
      await page.waitForTimeout(200);
    },
  },
  { name: 'beds-lists', query: 'board=beds', before: press('l') },
  { name: 'beds-lost', query: 'board=beds&scene=lost', size: [1280, 720], before: choose('A7') },
  { name: 'beds-1280', query: 'board=beds', size: [1280, 720] },
  { name: 'beds-1280-chosen', query: 'board=beds&theme=light', size: [1280, 720], before: choose('A7') },
  { name: 'beds-many-light', query: 'board=beds&scene=many&theme=light', size: [1280, 720] },
  {
    name: 'beds-block',
    query: 'board=beds',
    before: async (page) => {
      await choose('R4')(page);
      await press('x', 'Alt+u', 'Alt+u')(page);
    },
  },
  {
    name: 'beds-similar',
    query: 'board=beds',
    before: async (page) => {
      await choose('R4')(page);
      await press('b')(page);
      await page.keyboard.type('mor');
    },
  },
  { name: 'beds-1366', query: 'board=beds', size: [1366, 768], before: choose('A9') },
  { name: 'beds-2560', query: 'board=beds', size: [2560, 1440], before: choose('R4') },
  {
    name: 'beds-assign',
    query: 'board=beds&settle=60000',
    before: async (page) => {
      await choose('R4')(page);
      await page.keyboard.press('b');
      await page.keyboard.type('kow');
      await page.screenshot({ path: join(resolve(process.argv[2] ?? '.'), 'beds-assigning.png') });
      await page.keyboard.press('Enter');
      await page.waitForSelector('.toast');
    },
  },
  { name: 'beds-outbox', query: 'board=beds&scene=offline', before: async (page) => page.keyboard.press('F8') },
  { name: 'beds-keys', query: 'board=beds', before: async (page) => page.keyboard.press('?') },
  { name: 'beds-resync', query: 'board=beds&scene=resync' },
  { name: 'beds-conflicts', query: 'board=beds&scene=conflicts' },
  { name: 'inbox', query: 'board=beds&scene=conflicts', before: press('F7', 'ArrowDown', 'ArrowDown', 'ArrowUp') },
  { name: 'inbox-light-es', query: 'board=beds&scene=conflicts&theme=light&locale=es', before: press('F7', 'ArrowDown') },
  { name: 'inbox-many', query: 'board=beds&scene=conflicts', before: press('F7', 'Control+a', 'l') },
  { name: 'inbox-refused', query: 'board=beds&scene=conflicts', before: press('F7', 'a') },
  { name: 'inbox-waiting', query: 'board=beds&scene=offline', before: press('F7', 'ArrowDown', 'ArrowDown', 'ArrowDown') },
  { name: 'inbox-empty', query: 'board=beds', before: press('F7') },
  { name: 'health', query: 'board=health', size: [1440, 900] },
  { name: 'health-light-es', query: 'board=health&theme=light&locale=es', size: [1440, 900] },
  { name: 'health-offline', query: 'board=health&scene=offline', size: [1440, 900] },
  { name: 'health-trouble', query: 'board=health&scene=trouble' },
  { name: 'health-first', query: 'board=health&scene=first', size: [1366, 768] },
  { name: 'health-unknown', query: 'board=health&scene=unknown', size: [1440, 900] },
  { name: 'health-bundle', query: 'board=health', size: [1440, 900], before: press('b') },
  { name: 'triage', query: 'board=triage', before: press('i') },
  { name: 'triage-light-es', query: 'board=triage&theme=light&locale=es', before: press('i', 'h') },
  { name: 'triage-offline', query: 'board=triage&scene=offline', before: press('i', 'i') },
  { name: 'triage-prealert', query: 'board=triage', before: press('i', 'p') },
  { name: 'triage-register', query: 'board=triage', before: press('i', 'g'), size: [1366, 768] },
  { name: 'patient', query: 'board=beds', before: openRecord() },
  {
    name: 'patient-light-es',
    query: 'board=beds&theme=light&locale=es',
    size: [1366, 768],
    before: openRecord(),
  },
  { name: 'patient-care', query: 'board=beds', before: openRecord('e') },
  { name: 'surge-asks', query: 'board=beds&scene=surge' },
  { name: 'surge-asks-1366-es', query: 'board=beds&scene=surge&theme=light&locale=es', size: [1366, 768] },
  { name: 'surge-writing', query: 'board=beds&scene=surge&settle=60000', before: press('Alt+2', 'Alt+0') },
  { name: 'surge-answered', query: 'board=beds' },
  { name: 'surge-answered-1366', query: 'board=beds&theme=light&locale=es', size: [1366, 768] },
  { name: 'surge-opened', query: 'board=beds', before: press('Alt+0') },
  {
    name: 'surge-correcting',
    query: 'board=beds&settle=60000',
    before: async (page) => {
      await press('Alt+c')(page);
      await page.getByText('Not so').nth(1).click();
      await page.keyboard.type('It was the other ward');
      await press('Enter')(page);
      await page.getByText('Not so').first().click();
    },
  },
  { name: 'surge-over', query: 'board=beds&scene=over' },
  { name: 'surge-onlooker', query: 'board=beds&scene=onlooker' },
  { name: 'capacity', query: 'board=beds', before: press('Alt+c') },
  { name: 'capacity-light-es', query: 'board=beds&theme=light&locale=es', before: press('Alt+c', '2') },
  { name: 'capacity-table', query: 'board=beds', size: [1366, 768], before: press('Alt+c', 't') },
  { name: 'capacity-missing', query: 'board=beds&scene=missing', before: press('Alt+c') },
  { name: 'capacity-strip-missing', query: 'board=beds&scene=missing' },
  { name: 'capacity-nohistory', query: 'board=beds&scene=nohistory', size: [1366, 768], before: press('Alt+c') },
  { name: 'capacity-unknown', query: 'board=beds&scene=unknown', before: press('Alt+c') },
  { name: 'handover', query: 'board=beds', before: handOver() },
  {
    name: 'handover-speak',
    query: 'board=beds&scene=offline&theme=light&locale=es',
    before: handOver('Control+Enter', ' ', ' ', ' '),
  },
  { name: 'handover-sign', query: 'board=beds', size: [1366, 768], before: handOver('Control+Enter', 'a', 'g', '1') },
  { name: 'handover-waits', query: 'board=beds&handover' },
  { name: 'handover-waits-triage', query: 'board=triage&handover&theme=light&locale=es', size: [1366, 768] },
  { name: 'handover-take', query: 'board=beds&handover', size: [1366, 768], before: handOver('g') },
  {
    name: 'handover-unconfirmed',
    query: 'board=beds&handover&scene=offline&theme=light&locale=es',
    before: handOver('g', '2', 'p'),
  },
  {
    name: 'handover-past',
    query: 'board=beds&theme=light',
    before: async (page) => {
      await handOver()(page);
      await page.getByText('Past handovers').click();
    },
  },
  { name: 'handover-empty', query: 'board=beds&scene=empty', before: handOver() },
  { name: 'interfaces', query: 'board=beds&interfaces', before: messageDesk('b') },
  { name: 'interfaces-mark', query: 'board=beds&interfaces', before: choose('A7') },
  {
    name: 'interfaces-map-light-es',
    query: 'board=beds&interfaces&theme=light&locale=es',
    size: [1366, 768],
    before: async (page) => {
      await messageDesk('m')(page);
      await page.keyboard.type('r4');
    },
  },
  { name: 'interfaces-all', query: 'board=beds&interfaces', before: messageDesk('ArrowRight', 'ArrowRight', 'PageDown') },
  {
    name: 'interfaces-dead',
    query: 'board=beds&interfaces&theme=light',
    before: messageDesk('ArrowRight', 'ArrowRight', 'ArrowRight', '2'),
  },
  {
    name: 'interfaces-outgoing-es',
    query: 'board=beds&interfaces&locale=es',
    size: [1366, 768],
    before: messageDesk('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight'),
  },
  {
    name: 'interfaces-refused-light',
    query: 'board=beds&interfaces&theme=light',
    before: messageDesk('ArrowRight', 'ArrowDown', 'ArrowDown'),
  },
  { name: 'interfaces-places', query: 'board=beds&interfaces&theme=light', before: messageDesk('ArrowLeft') },
  {
    name: 'interfaces-disagree',
    query: 'board=beds&interfaces',
    before: messageDesk('ArrowLeft', 'ArrowLeft', 'ArrowDown', '1'),
  },
  {
    name: 'interfaces-identity-es',
    query: 'board=beds&interfaces&locale=es&theme=light',
    before: messageDesk('ArrowLeft', 'ArrowLeft', 'ArrowDown', 'ArrowDown', '3'),
  },
  { name: 'interfaces-offline', query: 'board=beds&interfaces&scene=offline', before: messageDesk() },
  { name: 'interfaces-onlooker', query: 'board=beds&interfaces&scene=onlooker', before: messageDesk() },
  { name: 'interfaces-empty', query: 'board=beds', before: messageDesk('ArrowLeft', 'ArrowLeft') },
  { name: 'beds-inbound', query: 'board=beds', before: press('i') },
  { name: 'beds-held', query: 'board=beds&theme=light', before: press('h', 'i') },
  { name: 'messages', query: 'board=beds', before: press('F12') },
  {
    name: 'messages-offline',
    query: 'board=triage&scene=offline&theme=light&locale=es',
    before: async (page) => {
      await press('F12', 'n')(page);
      await page.keyboard.type('m2');
      await press('Enter')(page);
      await page.keyboard.type('jefa');
      await press('Enter', 'Enter')(page);
      await page.keyboard.type('Ambulance bay B is blocked, use the north entrance.');
      await press('Alt+u', 'Control+Enter')(page);
    },
  },
  {
    name: 'messages-write',
    query: 'board=beds',
    size: [1366, 768],
    before: async (page) => {
      await press('F12', 'n')(page);
      await page.keyboard.type('m');
      await press('Enter')(page);
    },
  },
  { name: 'alarms', query: 'board=alarms', before: async (page) => page.keyboard.press('ArrowDown') },
  { name: 'alarms-light', query: 'board=alarms&theme=light' },
  { name: 'alarms-offline', query: 'board=alarms&scene=offline' },
  { name: 'alarms-empty', query: 'board=alarms&scene=empty' },
  { name: 'wall', query: 'board=wall&as=display&inches=86' },
  { name: 'wall-light', query: 'board=wall&as=display&inches=86&theme=light' },
  { name: 'wall-20', query: 'board=wall&as=display&inches=86&beds=20' },
  { name: 'wall-surge', query: 'board=wall&as=display&inches=86&scene=surge' },
  { name: 'wall-surge-light-es', query: 'board=wall&as=display&inches=86&scene=surge&theme=light&locale=es' },
  { name: 'wall-free', query: 'board=wall&as=display&inches=86&free=1&beds=12' },
  { name: 'wall-free-flowed', query: 'board=wall&as=display&inches=86&free=1' },
  { name: 'wall-20-light-4k', query: 'board=wall&as=display&inches=86&beds=20&theme=light', size: [3840, 2160] },
  { name: 'wall-120', query: 'board=wall&as=display&inches=86&beds=120' },
  { name: 'wall-120-light-4k', query: 'board=wall&as=display&inches=86&beds=120&theme=light', size: [3840, 2160] },
  { name: 'wall-55', query: 'board=wall&inches=55' },
  { name: 'wall-55-assumed-es', query: 'board=wall&locale=es' },
  { name: 'wall-20-light-es', query: 'board=wall&inches=86&beds=20&theme=light&locale=es' },
  { name: 'wall-4k', query: 'board=wall&as=display&inches=98', size: [3840, 2160] },
  { name: 'wall-stale', query: 'board=wall&as=display&inches=86&scene=stale' },
  { name: 'wall-offline', query: 'board=wall&as=display&inches=86&scene=offline' },
  { name: 'wall-offline-light', query: 'board=wall&as=display&inches=86&scene=offline&theme=light' },
  { name: 'wall-loading', query: 'board=wall&as=display&inches=86&scene=loading' },
  { name: 'wall-reloading', query: 'board=wall&as=display&inches=86&scene=resync' },
  { name: 'wall-empty', query: 'board=wall&as=display&inches=86&scene=empty' },
  { name: 'alarms-1366', query: 'board=alarms', size: [1366, 768] },
];

const [directory = 'out/pictures-taken', ...wanted] = process.argv.slice(2);
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
for (const { name, query, size, before } of shots) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const page = await browser.newPage({ viewport: { width: size?.[0] ?? 1920, height: size?.[1] ?? 1080 } });
  page.on('pageerror', (error) => console.error(name, error.message));
  page.on('console', (message) => message.type() === 'error' && console.error(name, message.text()));
  await page.goto(`http://127.0.0.1:${port}/?${query}`);
  await page.waitForSelector('.strip, .ws');
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(400);
  await before?.(page);
  await page.screenshot({ path: join(directory, `${name}.png`) });
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
