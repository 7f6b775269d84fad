/** One measured figure. `ratio` is value / reference, both from the same run on the same machine. */
export type Figure = {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly reference: number;
  /** What must hold of the ratio: at most, or at least. */
  readonly goal: { readonly atMost: number } | { readonly atLeast: number };
};

const round = (value: number): number => Number(value.toPrecision(4));

/** Prints one JSON line: {name, unit, value, reference, ratio, goal, ok}. */
export const printFigure = ({ name, unit, value, reference, goal }: Figure): void => {
  const ratio = value / reference;
  const ok = 'atMost' in goal ? ratio <= goal.atMost : ratio >= goal.atLeast;
  const said = 'atMost' in goal ? `≤${goal.atMost}` : `≥${goal.atLeast}`;
  console.log(
    JSON.stringify({ name, unit, value: round(value), reference: round(reference), ratio: round(ratio), goal: said, ok }),
  );
};

/** The value below which `share` (0 to 1) of the samples lie, nearest rank. */
export const percentile = (samples: readonly number[], share: number): number => {
  const sorted = samples.toSorted((left, right) => left - right);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('no samples');
  return value;
};

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);
