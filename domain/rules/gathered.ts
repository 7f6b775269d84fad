import type { Id } from '../model/values.ts';

/** Items by the id that `keyOf` names, each group in the order in which they came; an item of no key is in no group. */
export const gathered = <Item>(items: Iterable<Item>, keyOf: (item: Item) => Id | null): ReadonlyMap<Id, readonly Item[]> => {
  const groups = new Map<Id, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};
