/** Pictures of the map at 40, 500 and 2,000 units in both themes, and of what lies on it: `node test/pictures/map/shoot.ts DIRECTORY [NAME…]`. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { serveLooking } from './looking.ts';

type Shot = { readonly name: string; readonly query: string; readonly before?: (page: Page) => Promise<void> };
const press =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of keys) await (key === 'wait' ? page.waitForTimeout(1_000) : page.keyboard.press(key));
    await page.waitForTimeout(1_500);
  };
const shots: readonly Shot[] = [
  ...[40, 500, 2_000].flatMap((units) =>
    ['dark', 'light'].map((theme) => ({ name: `map-${units}-${theme}`, query: `units=${units}&theme=${theme}` })),
  ),
  { name: 'map-layers', query: 'units=40', before: press('v', '2', '6', '8') },
  { name: 'map-layers-off-2000', query: 'units=2000&theme=light', before: press('v', '1', '2', 'Escape') },
  { name: 'map-near-500', query: 'units=500', before: press('+', '+', '+') },
  { name: 'map-near-2000-light', query: 'units=2000&theme=light', before: press('+', '+', '+') },
  { name: 'map-here', query: 'units=40', before: press('u', 'g') },
  { name: 'map-offline', query: 'units=40&link=offline' },
  { name: 'map-coverage', query: 'units=40', before: press('v', '7', 'Escape') },
  { name: 'map-es-light', query: 'units=40&theme=light&locale=es', before: press('v', '1') },
  { name: 'hospitals', query: 'units=40', before: press('b', 'ArrowDown') },
  { name: 'hospitals-status-light-es', query: 'units=40&theme=light&locale=es', before: press('b', 'wait', 'e', 'Alt+3') },
  { name: 'hospitals-beds-offline', query: 'units=40&link=offline', before: press('b', 'wait', 'c') },
  { name: 'desk', query: 'units=40&ringing=3' },
  { name: 'desk-call', query: 'units=40&ringing=3', before: press('a', 'Tab', 'c') },
  {
    name: 'desk-new',
    query: 'units=40',
    before: async (page) => {
      await page.keyboard.press('n');
      await page.keyboard.type('riv 22', { delay: 30 });
      await page.waitForTimeout(500);
      await page.screenshot({ path: join(directory, 'desk-new-address.png') });
      await page.keyboard.press('Enter');
      await page.keyboard.type('ca', { delay: 30 });
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(directory, 'desk-new-category.png') });
      await page.keyboard.press('Control+Shift+Enter');
      await page.waitForTimeout(1_200);
      await page.keyboard.press('1');
      await page.keyboard.press('2');
    },
  },
  { name: 'desk-send-light-es', query: 'units=40&theme=light&locale=es', before: press('ArrowDown', 'd', '0') },
  { name: 'desk-send-xa', query: 'units=40&locale=en-XA', before: press('ArrowDown', 'd', '0') },
  { name: 'desk-call-xa', query: 'units=40&ringing=2&locale=en-XA', before: press('a', 'Tab', 'c') },
  { name: 'desk-offline', query: 'units=40&link=offline', before: press('ArrowDown', 'd', '1', 'Enter') },
  {
    name: 'desk-recall-offline',
    query: 'units=40&link=offline',
    before: async (page) => {
      await press('ArrowDown', 's', 'Escape', 'x')(page);
      await page.keyboard.type('Nearer crew', { delay: 20 });
      await press('Enter')(page);
    },
  },
  { name: 'desk-merge', query: 'units=40', before: press('m') },
  { name: 'desk-correct-light', query: 'units=40&theme=light', before: press('c') },
  { name: 'desk-unit', query: 'units=40', before: press('ArrowDown', 'ArrowDown', 's') },
  { name: 'desk-hospital', query: 'units=40', before: press('ArrowDown', 'ArrowDown', 'ArrowDown', 'h') },
  { name: 'desk-prealert', query: 'units=40', before: press('ArrowDown', 'ArrowDown', 'h', 'Escape', 'p') },
  { name: 'desk-keys', query: 'units=40', before: press('?') },
  { name: 'desk-emergency', query: 'units=40', before: press('!') },
  { name: 'desk-filter-2000', query: 'units=2000', before: press('q', 'o') },
  ...['dark', 'light'].map((theme) => ({
    name: `replay-${theme}`,
    query: `units=40&theme=${theme}`,
    before: press('Shift+H', 'wait', 'PageUp', 'PageUp', 'PageUp', 'ArrowRight', '.', '.', '.', ' '),
  })),
  {
    name: 'replay-2000-light-es',
    query: 'units=2000&theme=light&locale=es',
    before: press('Shift+H', 'wait', 'Shift+ArrowLeft', ' '),
  },
  {
    name: 'replay-gap-ringing',
    query: 'units=40&ringing=2',
    before: press('Shift+H', 'wait', 'PageUp', 'PageUp', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight'),
  },
  { name: 'replay-empty', query: 'units=40&history=none', before: press('Shift+H') },
  {
    name: 'replay-past-unit',
    query: 'units=40',
    before: async (page) => {
      await press('Shift+H', 'wait', 'ArrowLeft')(page);
      await page.mouse.click(1_162, 740);
      await page.waitForTimeout(500);
      await page.keyboard.press('Enter');
    },
  },
  { name: 'replay-xa', query: 'units=40&locale=en-XA', before: press('Shift+H', 'wait', 'ArrowLeft') },
  { name: 'map-caller', query: 'units=40&ringing=3', before: press('a', '+', '+', '+', '+') },
  { name: 'desk-2000-700', query: 'units=2000&incidents=700', before: press('ArrowDown', 'ArrowDown', 'd') },
  { name: 'desk-2000-700-light', query: 'units=2000&incidents=700&theme=light', before: press('End') },
  { name: 'map-legend', query: 'units=40', before: press('l') },
];

const [directory = 'out/pictures-taken', ...wanted] = process.argv.slice(2);
await mkdir(directory, { recursive: true });
const { address, close } = await serveLooking(0, 'built');
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu-compositing'],
});
for (const { name, query, before } of shots) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(name, error.message));
  page.on('console', (message) => message.type() === 'error' && console.error(name, message.text()));
  await page.goto(`${address}?${query}`);
  await page.waitForSelector('[data-map-board][data-painted-rev]');
  await page.waitForTimeout(4_000);
  await before?.(page);
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: join(directory, `${name}.png`) });
  console.log(name);
  await context.close();
}
await browser.close();
await close();
