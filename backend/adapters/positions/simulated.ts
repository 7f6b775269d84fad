import type { UnitFix } from '#domain/model/telemetry.ts';
import type { PositionSource } from '#domain/rules/position-fusion.ts';
import type { PositionHub } from './hub.ts';

/** Takes what the simulator says of its units, played so many times as fast as life; what is left of it is to be shown. */
export const takeSimulated = (hub: PositionHub, pace: number): ((fixes: readonly UnitFix[]) => readonly UnitFix[]) => {
  const source: PositionSource = { name: 'simulator', priority: 90, pace, invented: true };
  return (fixes) =>
    fixes.flatMap(({ unitId, position, heading, speed, observedAt }) => {
      const { fix } = hub.take(unitId, { source, position, heading, speed, accuracy: null, claimedAt: observedAt });
      return fix ?? [];
    });
};
