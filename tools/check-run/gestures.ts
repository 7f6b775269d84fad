import type { Page } from 'playwright';
import type { Board } from '#contracts/ipc/main-window.ts';

/** One command as a person gives it at a board, by its keys. */
export type Gesture = {
  readonly board: Board;
  readonly name: string;
  readonly make: (page: Page) => Promise<void>;
  readonly expected:
    | { readonly outcome: 'queued' }
    | { readonly outcome: 'refused' /** the sentence on the screen */; readonly said: string };
};

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

/** One command on every board, and the one that must be refused without a link. */
export const gestures: readonly Gesture[] = [
  {
    board: 'beds',
    name: 'cleanBed or blockBed',
    // Which beds stand empty is the simulator's chance: a dirty one is cleaned, else a free one is blocked.
    make: async (page) => {
      const dirty = page.locator('.bed--contaminated');
      const isDirty = (await dirty.count()) > 0;
      await (isDirty ? dirty : page.locator('.bed--available')).first().click({ timeout: 5_000 });
      await press(page, ...(isDirty ? ['c', 'Enter'] : ['x', '1']));
    },
    expected: { outcome: 'queued' },
  },
  {
    board: 'triage',
    name: 'registerPatient',
    make: async (page) => {
      await press(page, 'n');
      await page.getByLabel('Family name').fill('Outage');
      await page.getByLabel('Complaint').fill('Chest pain');
      await press(page, 'Control+Enter');
    },
    expected: { outcome: 'queued' },
  },
  {
    board: 'alarms',
    name: 'acknowledgeAlarm',
    make: (page) => press(page, 'a'),
    expected: { outcome: 'queued' },
  },
  {
    board: 'map',
    name: 'createIncident',
    make: async (page) => {
      await press(page, 'n');
      await page.keyboard.type('-34.9, -56.16');
      await page.waitForSelector('#call-address [role="option"]');
      await press(page, 'Enter');
      await page.keyboard.type('CP');
      await press(page, 'Control+Enter');
    },
    expected: { outcome: 'queued' },
  },
  {
    board: 'map',
    name: 'dispatchUnit',
    make: async (page) => {
      await press(page, 'ArrowUp', 'd');
      await page.waitForSelector('button.map-candidate');
      await press(page, '1', 'Enter');
    },
    expected: { outcome: 'refused', said: 'The crew has not been told' },
  },
];
