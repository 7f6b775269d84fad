import { STEPS_PER_DEGREE } from '#geo/coordinates.ts';
import type { RoadClass } from '#geo/road-graph.ts';
import type { DrawnRoad } from '#geo/road-graph-writer.ts';
import { type Source, type SourceFeature, toDegrees } from './source.ts';

const CLASS_OF: Readonly<Record<string, RoadClass>> = {
  motorway: 'motorway',
  trunk: 'trunk',
  primary: 'primary',
  secondary: 'secondary',
  tertiary: 'tertiary',
  motorway_link: 'link',
  trunk_link: 'link',
  primary_link: 'link',
  secondary_link: 'link',
  tertiary_link: 'link',
  residential: 'street',
  unclassified: 'street',
  road: 'street',
  living_street: 'street',
  service: 'service',
  track: 'track',
};

/** The class of a road that a unit can drive on; undefined for anything else. */
export function drivable(tags: SourceFeature['tags']): RoadClass | undefined {
  return CLASS_OF[tags.highway ?? ''];
}

/** Whether a road may be driven one way only; a roundabout says so without a tag. */
export function isOneWay(tags: SourceFeature['tags']): boolean {
  const { oneway, junction, highway } = tags;
  if (oneway === 'no') return false;
  return /^(yes|true|1|-1|reverse)$/.test(oneway ?? '') || junction === 'roundabout' || highway === 'motorway';
}

/** All roads of the extract, as the road graph is written from. */
export function drawnRoads({ features }: Source): DrawnRoad[] {
  const roads: DrawnRoad[] = [];
  for (const { shape, tags, parts } of features) {
    const roadClass = drivable(tags);
    if (!roadClass || shape !== 'line') continue;
    const backwards = /^(-1|reverse)$/.test(tags.oneway ?? '');
    for (const part of parts) {
      const points: number[] = [];
      for (const point of backwards ? [...part].reverse() : part) {
        points.push(...toDegrees(point).map((degrees) => Math.round(degrees * STEPS_PER_DEGREE)));
      }
      if (points.length >= 4) roads.push({ name: tags.name ?? '', roadClass, oneWay: isOneWay(tags), points });
    }
  }
  return roads;
}
