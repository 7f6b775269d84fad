/** How much a symbol may say where many stand: with room each says all, in a crowd its type and status, in a throng only where it is and whether it is free. */
export type Crowd = 'sparse' | 'busy' | 'dense';

/** Units on one screen from which a view counts as busy, as dense; it counts as less only when a fifth fewer are left, so that nothing flickers. */
const from = { busy: 140, dense: 420 } as const;
const easedBy = 0.8;

/** The crowd of a view with so many units in it, after it was `before`. */
export const crowdOf = (inView: number, before: Crowd): Crowd => {
  const dense = from.dense * (before === 'dense' ? easedBy : 1);
  const busy = from.busy * (before === 'sparse' ? 1 : easedBy);
  return inView > dense ? 'dense' : inView > busy ? 'busy' : 'sparse';
};

/** Texts on a quiet map, and over a crowd of symbols where each covers some. */
export const labelBudget: Readonly<Record<Crowd, number>> = { sparse: 120, busy: 70, dense: 40 };

/** How large pins are drawn, of their full size. */
export const pinSizes = [1, 0.75, 0.55] as const;
export type PinSize = (typeof pinSizes)[number];

/** The size of a pin among so many in view. Where they would bury the map, those that nobody needs to look at step back. */
export const pinSize = (inView: number, needsSomeone: boolean): PinSize => {
  if (inView <= 60) return 1;
  if (inView <= 150) return needsSomeone ? 1 : 0.75;
  return needsSomeone ? 0.75 : 0.55;
};

type Stop = readonly [zoom: number, size: number];
const sizes: Readonly<Record<Crowd, readonly Stop[]>> = {
  sparse: [
    [9, 0.6],
    [11, 0.85],
    [12.5, 1],
  ],
  busy: [
    [10, 0.5],
    [12, 0.6],
    [14, 0.8],
    [15, 1],
  ],
  dense: [
    [10, 0.32],
    [12, 0.42],
    [14, 0.6],
  ],
};
/** Under this size rings and signs inside a symbol cannot be told apart any more: it is drawn as a dot. */
export const dotsUnder = 0.5;

/** Symbols shrink as the view widens and as more share it; in steps of a twentieth, so that few sizes are ever drawn. */
export const unitSize = (zoom: number, crowd: Crowd): number => {
  const stops = sizes[crowd];
  const next = stops.findIndex(([at]) => at > zoom);
  const [toZoom, to] = stops[next] ?? stops.at(-1) ?? [0, 1];
  const [fromZoom, least] = stops[next - 1] ?? [toZoom, to];
  const size =
    next <= 0 ? (next === 0 ? (stops[0]?.[1] ?? 1) : to) : least + ((zoom - fromZoom) / (toZoom - fromZoom)) * (to - least);
  return Math.round(size * 20) / 20;
};
