/**
 *   live ──3 s──► late ──5 s──► stale ──15 s, or the socket is known dead──► offline
 *     ▲______________any answered heartbeat__________________________________│
 */
export type LinkState = 'live' | 'late' | 'stale' | 'offline';

/** Milliseconds without an answered heartbeat. */
export const linkLimits = { late: 3_000, stale: 5_000, alarmsNotReaching: 10_000, offline: 15_000 } as const;

export type LinkSilence = {
  /** milliseconds since the last answered heartbeat, on a monotonic clock; null when there never was one */
  readonly sinceHeardMs: number | null;
  readonly socketDead: boolean;
};

/** The state of the link to the backend. */
export const linkState = ({ sinceHeardMs, socketDead }: LinkSilence): LinkState => {
  if (sinceHeardMs === null || socketDead || sinceHeardMs >= linkLimits.offline) return 'offline';
  return sinceHeardMs >= linkLimits.stale ? 'stale' : sinceHeardMs >= linkLimits.late ? 'late' : 'live';
};

/**
 * Whether device alarms must be taken not to reach this desk: the technical alarm of the link, however the socket looks. The
 * desk then says and sounds "device alarms are not reaching this desk: watch the monitors".
 */
export const alarmsNotReaching = (sinceHeardMs: number | null): boolean =>
  sinceHeardMs === null || sinceHeardMs >= linkLimits.alarmsNotReaching;
