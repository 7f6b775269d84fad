/** What a unit looks like, as plain words. Shape says type, ring says status, tone says free, busy or out, edge says freshness. */
import { type Unit, type UnitStatus, type UnitType, unitStatuses, unitTypes } from '#domain/model/unit.ts';
import { isFree } from '#domain/rules/unit-status.ts';

export type Ring = 'none' | 'dashed' | 'single' | 'double' | 'thick' | 'square' | 'squareDashed' | 'slash';
/**
 * Solid is live. Hollow and dashed is old, dotted with a question inside is lost: tan when this unit alone is, grey (`Quiet`)
 * when the whole desk is cut off and says so once.
 */
export const solidities = ['solid', 'hollow', 'hollowQuiet', 'lost', 'lostQuiet'] as const;
export type Solidity = (typeof solidities)[number];
export type UnitSymbol = {
  readonly shape: UnitType;
  readonly ring: Ring;
  readonly tone: 'free' | 'busy' | 'out';
  readonly solidity: Solidity;
  readonly selected: boolean;
};

const rings: Readonly<Record<UnitStatus, Ring>> = {
  availableAtStation: 'none',
  availableMobile: 'none',
  dispatched: 'dashed',
  acknowledged: 'dashed',
  enRoute: 'single',
  staging: 'single',
  onScene: 'double',
  atPatient: 'double',
  transporting: 'thick',
  atDestination: 'square',
  offloading: 'squareDashed',
  clearing: 'square',
  outOfService: 'slash',
};

const toneOf = (status: UnitStatus): UnitSymbol['tone'] => (status === 'outOfService' ? 'out' : isFree(status) ? 'free' : 'busy');
const tableOf = <K extends string, T>(keys: readonly K[], make: (key: K) => T): Readonly<Record<K, T>> =>
  Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<K, T>;
/** Every look there is, once: what is drawn is kept by the look itself, and thousands of units a second make no new ones. */
const symbols = tableOf(unitTypes, (shape) =>
  tableOf(solidities, (solidity) => {
    const byTone = new Map<string, readonly [UnitSymbol, UnitSymbol]>();
    return tableOf(unitStatuses, (status) => {
      const [ring, tone] = [rings[status], toneOf(status)];
      const known = byTone.get(`${ring} ${tone}`);
      if (known) return known;
      const plain: UnitSymbol = { shape, ring, tone, solidity, selected: false };
      const pair = [plain, { ...plain, selected: true }] as const;
      byTone.set(`${ring} ${tone}`, pair);
      return pair;
    });
  }),
);

/** The symbol of a unit; equal symbols are one object. */
export const unitSymbol = (unit: Pick<Unit, 'type' | 'status'>, solidity: Solidity, selected: boolean): UnitSymbol =>
  symbols[unit.type][solidity][unit.status][selected ? 1 : 0];

/** Outlines round the origin, about 20 px across; one text for the map's canvas and the panels' SVG. */
export const unitShapes: Readonly<Record<UnitType, string>> = {
  als: 'M-5.5-10h11l5.5 10-5.5 10h-11l-5.5-10z',
  bls: 'M-9-9h18v18h-18z',
  car: 'M0-9.5a9.5 9.5 0 1 1 0 19a9.5 9.5 0 1 1 0-19z',
  physician: 'M0-12l12 12-12 12-12-12z',
  helicopter: 'M0-13l3.500 9.500L13 0 3.500 3.500 0 13-3.500 3.500-13 0-3.500-3.500z',
  supervisor: 'M0-11l10.500 7.600L6.500 9h-13l-4-12.400z',
};
/** The mark inside the outline: a cross for advanced care, a bar for basic. */
export const unitGlyphs: Readonly<Record<UnitType, string | null>> = {
  als: 'M-5 0h10M0-5v10',
  bls: 'M-5 0h10',
  car: 'M-4 0h8M0-4v8',
  physician: 'M-4 0h8M0-4v8',
  helicopter: null,
  supervisor: null,
};

export type RingStroke = { readonly path: string; readonly width: number; readonly dash: readonly number[] };
const circle = (radius: number): string =>
  `M0-${radius}a${radius} ${radius} 0 1 1 0 ${radius * 2}a${radius} ${radius} 0 1 1 0-${radius * 2}z`;
const square = 'M-15-15h30v30h-30z';
/** The strokes of each ring. */
export const ringStrokes: Readonly<Record<Ring, readonly RingStroke[]>> = {
  none: [],
  dashed: [{ path: circle(15), width: 2, dash: [4, 4] }],
  single: [{ path: circle(15), width: 2, dash: [] }],
  double: [
    { path: circle(14.5), width: 1.75, dash: [] },
    { path: circle(18.5), width: 1.75, dash: [] },
  ],
  thick: [{ path: circle(16), width: 5, dash: [] }],
  square: [{ path: square, width: 2, dash: [] }],
  squareDashed: [{ path: square, width: 2, dash: [4, 4] }],
  slash: [{ path: 'M-14 14l28-28', width: 2.5, dash: [] }],
};
/** How far from the centre a heading tick stands, px. */
export const headingRadius = (ring: Ring): number =>
  ring === 'none' || ring === 'slash' ? 12 : ring === 'double' || ring === 'thick' ? 20 : 18;
