import type { Id } from '#domain/model/values.ts';
import type { PointFeature, PointProperties, SourceDiff } from './engine/port.ts';

const sameProperties = (left: PointProperties, right: PointProperties): boolean => {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name]);
};

/** What turns one set of points into another; null when nothing changed. A point whose look changed is put, one that only moved is moved. */
export const diffPoints = (before: ReadonlyMap<Id, PointFeature>, after: ReadonlyMap<Id, PointFeature>): SourceDiff | null => {
  const put: PointFeature[] = [];
  const move: PointFeature[] = [];
  const remove: Id[] = [];
  for (const [id, point] of after) {
    const old = before.get(id);
    if (old === point) continue;
    if (!old || !sameProperties(old.properties, point.properties)) put.push(point);
    else if (old.position[0] !== point.position[0] || old.position[1] !== point.position[1]) move.push(point);
  }
  for (const id of before.keys()) if (!after.has(id)) remove.push(id);
  return put.length + move.length + remove.length === 0 ? null : { put, move, remove };
};
