/**
 * What a window may claim about its data: the worst of what the station said last and the window's own silence. A window
 * that hears nothing must not go on painting LIVE, whoever is at fault; the station's word ages here, by this window's
 * monotonic clock.
 */
import type { LinkState } from '#contracts/ipc/station-window.ts';
import type { Instant } from '#domain/model/values.ts';
import type { WindowState } from './store.ts';

export type Link = {
  readonly state: LinkState;
  /** Server time of the last answered heartbeat; null when there never was one. */
  readonly lastHeardAt: Instant | null;
  /** Milliseconds since the station last spoke to this window. */
  readonly silentMs: number;
  /** Why, when it is not the link to the backend that fails but this desk's own data service; null otherwise. */
  readonly reason: string | null;
};

const worstLast: readonly LinkState[] = ['live', 'late', 'stale', 'offline'];
const worst = (one: LinkState, other: LinkState): LinkState => (worstLast.indexOf(one) >= worstLast.indexOf(other) ? one : other);

/** Silence at which a state begins, milliseconds: 3 s late, 5 s stale, 15 s offline. */
const stateAfterSilence = (silentMs: number): LinkState =>
  silentMs >= 15_000 ? 'offline' : silentMs >= 5_000 ? 'stale' : silentMs >= 3_000 ? 'late' : 'live';

const reasonOf = ({ station }: WindowState, silentMs: number): string | null => {
  if (station.state === 'refused') return station.message ?? 'The data service of this desk cannot start.';
  if (station.state === 'restarting') return station.message ?? 'The data service of this desk is restarting.';
  return silentMs >= 3_000 ? 'The data service of this desk does not answer.' : null;
};

/**
 * The link state to paint. `now` is this window's `performance.now()`. Before the first frame nothing is known, so nothing is
 * claimed: offline. A station known to be dead is at least late, one that cannot start is offline.
 */
export const linkOf = (state: WindowState, now: number): Link => {
  const silentMs = Math.max(0, now - state.frameAt);
  const reason = reasonOf(state, silentMs);
  if (!state.frame) return { state: 'offline', lastHeardAt: null, silentMs, reason };
  const told = worst(state.frame.link.state, stateAfterSilence(silentMs));
  const known = state.station.state === 'refused' ? 'offline' : state.station.state === 'restarting' ? 'late' : 'live';
  return { state: worst(told, known), lastHeardAt: state.frame.link.lastHeardAt, silentMs, reason };
};
