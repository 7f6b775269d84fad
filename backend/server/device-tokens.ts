import { timingSafeEqual } from 'node:crypto';
import { type Projection, projections } from '../core/projection.ts';

/** The secrets by which desks and wall displays say who they are. */
export type DeviceTokens = Readonly<Record<Projection, string>>;

/** Known to everyone, so good for development on one machine and for nothing else. */
export const developmentTokens: DeviceTokens = { desk: 'vigil-development-desk', display: 'vigil-development-display' };

const same = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** The projection a device token stands for; undefined for an unknown one. */
export const projectionOf = (tokens: DeviceTokens, given: string): Projection | undefined =>
  projections.find((projection) => same(given, tokens[projection]));
