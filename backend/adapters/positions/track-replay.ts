import type { UnitFix } from '#domain/model/telemetry.ts';
import type { Instant } from '#domain/model/values.ts';
import type { PositionSource } from '#domain/rules/position-fusion.ts';
import type { PositionHub } from './hub.ts';
import { placeAt } from './track.ts';
import type { PlayedTrack } from './track-files.ts';

/** How long, recorded milliseconds, a unit stands at the end before it begins again. */
const REST_MS = 10_000;

/** Plays tracks over and over, so many times as fast as life; ask for what is to be shown once a second. */
export const replayTracks = (options: {
  readonly hub: PositionHub;
  readonly tracks: readonly PlayedTrack[];
  readonly pace: number;
  readonly clock: () => Instant;
  /** milliseconds of a clock that only goes forward */
  readonly monotonicNow: () => number;
  readonly log: (line: string) => void;
}): (() => readonly UnitFix[]) => {
  const { hub, tracks, pace, clock, monotonicNow, log } = options;
  const source: PositionSource = { name: 'replay', priority: 80, pace, invented: false };
  const start = monotonicNow();
  const missing = new Set<string>();
  return () =>
    tracks.flatMap(({ callsign, track }) => {
      const unit = hub.unitCalled(callsign);
      if (!unit) {
        if (!missing.has(callsign)) log(`a track is to be driven by ${callsign}, which does not exist`);
        missing.add(callsign);
        return [];
      }
      const place = placeAt(track, ((monotonicNow() - start) * pace) % (track.durationMs + REST_MS));
      return hub.take(unit.id, { source, ...place, accuracy: null, claimedAt: clock() }).fix ?? [];
    });
};
