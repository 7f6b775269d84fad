/** What a picture is, and the gestures that lead to it. */

import type { Page } from 'playwright';

/** One picture: what the page is asked for, how large, and what is done before it is taken. */
export type Scene = {
  readonly name: string;
  readonly query: string;
  readonly size?: readonly [number, number];
  readonly before?: (page: Page) => Promise<void>;
};
export const choose = (bed: string) => async (page: Page) => page.locator(`[data-bed="${bed}"]`).click();
export const press =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await page.waitForTimeout(250);
    }
  };
/** A bed is chosen, then these keys. */
export const inBed =
  (bed: string, ...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await choose(bed)(page);
    await press(...keys)(page);
  };
/** A line is typed; with a bed it is done, and that bed chosen to see it. */
export const line =
  (typed: string, bed?: string) =>
  async (page: Page): Promise<void> => {
    await page.keyboard.press('/');
    await page.keyboard.type(typed);
    if (bed === undefined) return;
    await press('Enter')(page);
    await choose(bed)(page);
  };
export const openRecord =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await choose('A7')(page);
    await press('p', ...keys)(page);
  };
/** The record, with one kind of what happened. */
export const filterRecord =
  (shown: string) =>
  async (page: Page): Promise<void> => {
    await openRecord()(page);
    await page.getByText(shown, { exact: true }).click();
  };
export const handOver =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await page.keyboard.press('Shift+H');
    await page.waitForSelector('.handover__steps');
    await press(...keys)(page);
  };
export const messageDesk =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await page.keyboard.press('Alt+i');
    await page.waitForSelector('.interfaces__views');
    await press(...keys)(page);
  };
/** The first area laid out freely: two beds moved, one new, one retired. */
export const arrangeBeds = async (page: Page): Promise<void> => {
  await page.waitForTimeout(3_200);
  await press('Shift+L')(page);
  await page.getByText(/each in its cell|cada una en su celda/).click();
  await page.locator('[data-plan-bed]').nth(3).click();
  await press('ArrowDown', 'ArrowDown', 'n', 'ArrowDown')(page);
};
