import type { Position } from '#domain/model/values.ts';

const metresPerDegree = 111_195;

/** What is left of a way for somebody who stands near it: from where they are on. `metres` is how far off the way they stand. Pure; a city is flat enough. */
export const restOfPath = (
  path: readonly Position[],
  [longitude, latitude]: Position,
): { readonly rest: readonly Position[]; readonly metres: number } => {
  const shrink = Math.cos((latitude * Math.PI) / 180);
  let best = { squared: Number.POSITIVE_INFINITY, next: 1, at: path[0] ?? ([longitude, latitude] as Position) };
  for (let index = 1; index < path.length; index += 1) {
    const [fromX, fromY] = path[index - 1] ?? [0, 0];
    const [toX, toY] = path[index] ?? [0, 0];
    const [wide, high] = [(toX - fromX) * shrink, toY - fromY];
    const [x, y] = [(longitude - fromX) * shrink, latitude - fromY];
    const length = wide * wide + high * high;
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, (x * wide + y * high) / length));
    const squared = (x - share * wide) ** 2 + (y - share * high) ** 2;
    // Where a way passes twice, the earlier pass counts: nobody is thought further than they are.
    if (squared < best.squared * 0.999)
      best = { squared, next: index, at: [fromX + share * (toX - fromX), fromY + share * (toY - fromY)] };
  }
  return { rest: [best.at, ...path.slice(best.next)], metres: Math.sqrt(best.squared) * metresPerDegree };
};
