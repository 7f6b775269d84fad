/** The map's colours, read from the tokens of the theme that stands on the page, so that no shade is named here. */
const tokens = {
  land: '--map-land',
  block: '--map-block',
  street: '--map-street',
  road: '--map-road',
  trunk: '--map-trunk',
  water: '--map-water',
  park: '--map-park',
  label: '--map-label',
  halo: '--map-halo',
  bright: '--surface-invert',
  busy: '--track-fill',
  dull: '--surface-3',
  edge: '--line-3',
  text: '--text-1',
  textQuiet: '--text-2',
  textDim: '--text-3',
  ink: '--text-invert',
  notice: '--notice-text',
  noticeFill: '--notice-fill',
  alarm: '--alarm-high-edge',
  alarmFill: '--alarm-high-fill',
  alarmInk: '--alarm-high-ink',
  alarmWash: '--alarm-high-wash',
  alarmLine: '--alarm-high-line',
  focus: '--focus',
  priority1: '--acuity-1-fill',
  priority1Ink: '--acuity-1-ink',
  priority2: '--acuity-2-fill',
  priority2Ink: '--acuity-2-ink',
  priority3: '--acuity-3-fill',
  priority3Ink: '--acuity-3-ink',
  priority3Edge: '--acuity-3-edge',
  priority4Ink: '--acuity-4-ink',
  priority4Edge: '--acuity-4-edge',
  priority5Ink: '--acuity-5-ink',
  priority5Edge: '--acuity-5-edge',
} as const;

export type Palette = { readonly [K in keyof typeof tokens]: string };

/** Reads the palette from an element of the page; a theme nested inside the page has its own. */
export const readPalette = (element: Element): Palette => {
  const style = getComputedStyle(element);
  return Object.fromEntries(
    Object.entries(tokens).map(([name, token]) => [name, style.getPropertyValue(token).trim()]),
  ) as Palette;
};
