import { arrangeBeds, choose, inBed, line, press, type Scene } from './scene.ts';

export const bedsScenes: readonly Scene[] = [
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
  { name: 'beds-restarting', query: 'board=beds&scene=restarting' },
  { name: 'beds-refused', query: 'board=beds&scene=refused&theme=light&locale=es', size: [1366, 768] },
  { name: 'beds-trouble', query: 'board=beds&scene=trouble' },
  { name: 'beds-many', query: 'board=beds&scene=many' },
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
    name: 'beds-filter-none',
    query: 'board=beds',
    size: [1366, 768],
    before: async (page) => {
      await page.keyboard.press('f');
      await page.keyboard.type('zzz');
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
  { name: 'beds-assigning', query: 'board=beds', before: inBed('R4', 'b') },
  {
    name: 'beds-assign',
    query: 'board=beds&settle=60000',
    before: async (page) => {
      await choose('R4')(page);
      await page.keyboard.press('b');
      await page.keyboard.type('kow');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.toast');
    },
  },
  { name: 'beds-outbox', query: 'board=beds&scene=offline', before: async (page) => page.keyboard.press('F8') },
  { name: 'beds-keys', query: 'board=beds', before: async (page) => page.keyboard.press('?') },
  { name: 'beds-resync', query: 'board=beds&scene=resync' },
  { name: 'beds-conflicts', query: 'board=beds&scene=conflicts' },
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
  { name: 'beds-inbound', query: 'board=beds', before: press('i') },
  { name: 'beds-held', query: 'board=beds&theme=light', before: press('h', 'i') },
  { name: 'release', query: 'board=beds', before: inBed('A7', 'r') },
  { name: 'release-light-es', query: 'board=beds&theme=light&locale=es', size: [1366, 768], before: inBed('A7', 'r') },
  { name: 'alarm-moved', query: 'board=beds', before: line('r4 < a6', 'R4') },
  { name: 'hold-line', query: 'board=beds', before: line('r4 = kow') },
  { name: 'hold', query: 'board=beds&settle=60000', before: line('r4 = kow', 'R4') },
  { name: 'hold-armed', query: 'board=beds&theme=light', before: inBed('A8', 'm', 'Alt+g') },
  { name: 'lost-interfaces', query: 'board=beds&scene=lost&interfaces', before: choose('A7') },
];
