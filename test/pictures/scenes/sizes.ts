/** Desk and wall at three sizes of department in both themes: what is looked at from six metres too (`--far`). */

import { choose, type Scene } from './scene.ts';

const themes = ['dark', 'light'] as const;
const sizes = [20, 48, 120] as const;

export const sizeScenes: readonly Scene[] = [
  ...sizes.flatMap((beds) =>
    themes.flatMap((theme): readonly Scene[] => [
      { name: `desk-${beds}-${theme}`, query: `board=beds&beds=${beds}&theme=${theme}` },
      { name: `wall-${beds}-${theme}`, query: `board=wall&as=display&inches=86&beds=${beds}&theme=${theme}` },
    ]),
  ),
  ...['es', 'en-XA'].flatMap((locale): readonly Scene[] => [
    { name: `desk-48-${locale}`, query: `board=beds&locale=${locale}` },
    { name: `desk-48-${locale}-1366`, query: `board=beds&theme=light&locale=${locale}`, size: [1366, 768], before: choose('A9') },
    { name: `wall-48-${locale}`, query: `board=wall&as=display&inches=86&locale=${locale}` },
  ]),
  ...themes.flatMap((theme): readonly Scene[] => [
    { name: `desk-48-${theme}-1280`, query: `board=beds&theme=${theme}`, size: [1280, 720], before: choose('A7') },
    {
      name: `wall-120-${theme}-2560`,
      query: `board=wall&as=display&inches=86&beds=120&theme=${theme}`,
      size: [2560, 1440],
    },
  ]),
];
