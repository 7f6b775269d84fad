import type { Id } from '#domain/model/values.ts';

/** Rows in the order a person already looks at: known ones keep their place, new ones come after, gone ones leave. */
export const holdOrder = <R>(held: readonly Id[], rows: readonly R[], idOf: (row: R) => Id): readonly R[] => {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  const kept = held.flatMap((id) => {
    const row = byId.get(id);
    return row === undefined ? [] : [row];
  });
  const known = new Set(held);
  return [...kept, ...rows.filter((row) => !known.has(idOf(row)))];
};
