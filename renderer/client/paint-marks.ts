/**
 * What a window has shown and when, as marks on the root element, so that a tool outside can see that a board painted live
 * data without reaching into the page: `data-board`, `data-link`, `data-first-paint` (from whatever the desk held),
 * `data-live-paint` (with a live link), both epoch milliseconds after the frame that drew them, `data-updates`, of the strip
 * `data-unsent` and `data-conflicts`, and `data-copy`, the state of this desk's copy.
 */

import { linkOf } from '../state/link.ts';
import type { WindowStore } from '../state/store.ts';

/** Sets the marks after each painted change; returns the stop. */
export const markPaints = (store: WindowStore): (() => void) => {
  const marks = document.documentElement.dataset;
  marks['board'] = store.getState().board;
  let updates = 0;
  let asked = 0;
  const mark = (): void => {
    asked = 0;
    const state = store.getState();
    const link = linkOf(state, performance.now()).state;
    marks['link'] = link;
    marks['updates'] = String(updates);
    marks['unsent'] = String(state.frame?.unsent.count ?? '');
    marks['conflicts'] = String(state.frame?.conflicts ?? '');
    marks['copy'] = state.frame?.copy.state ?? '';
    if (state.records === null) return;
    // Rows in the store are not on the screen while the board's code is still on its way.
    if (!document.querySelector('.frame__board > *')) {
      ask();
      return;
    }
    const at = String(Math.round(performance.timeOrigin + performance.now()));
    marks['firstPaint'] ??= at;
    if (link === 'live') marks['livePaint'] ??= at;
  };
  // Two frames: the first draws what React has committed, the second comes after it is on screen.
  const ask = (): void => {
    if (asked === 0) asked = requestAnimationFrame(() => (asked = requestAnimationFrame(mark)));
  };
  const stop = store.subscribe(() => {
    updates += 1;
    ask();
  });
  return () => {
    stop();
    cancelAnimationFrame(asked);
  };
};
