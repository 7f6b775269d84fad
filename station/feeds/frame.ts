import type { Frame } from '#contracts/ipc/station-window.ts';
import type { Grant } from '#domain/model/grant.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import { alarmCounts } from '#domain/rules/alarm-order.ts';
import { freshness } from '#domain/rules/freshness.ts';
import { alarmsNotReaching, type LinkState } from '#domain/rules/link-state.ts';
import type { LatestValues } from '../sync/latest-values.ts';

export type FrameFacts = {
  readonly sequence: number;
  readonly view: RecordView;
  readonly latest: LatestValues;
  readonly facilityName: string | null;
  readonly serverTime: Instant;
  readonly serverTimeError: number | null;
  readonly linkState: LinkState;
  /** Milliseconds since the last answered heartbeat of this run; null when there was none. */
  readonly silence: number | null;
  readonly roundTrip: number | null;
  /** Server time to which the copy is right: what an earlier run heard last. */
  readonly asOf: Instant | null;
  readonly unsent: Frame['unsent'];
  readonly conflicts: number;
  readonly copy: Frame['copy'];
  readonly grant: Grant | null;
  readonly troubles: readonly Frame['troubles'][number][];
};

const monitorCounts = (view: RecordView, latest: LatestValues, now: Instant): NonNullable<Frame['monitors']> => {
  let [reporting, total] = [0, 0];
  for (const { id } of view.list('device')) {
    total += 1;
    const reading = latest.readings.get(id);
    if (!reading) continue;
    const { state } = freshness('deviceReading', reading, now);
    if (state === 'live' || state === 'late') reporting += 1;
  }
  return { reporting, total };
};

/** The strip of every window. What is not known is null and never zero. */
export const frameOf = (facts: FrameFacts): Frame => {
  const { view, copy, serverTime, silence } = facts;
  const [facility] = view.list('facility');
  return {
    sequence: facts.sequence,
    facilityName: facts.facilityName ?? facility?.name ?? null,
    timeZone: facility?.timeZone ?? null,
    serverTime,
    serverTimeError: facts.serverTimeError,
    link: {
      state: facts.linkState,
      lastHeardAt: silence === null ? facts.asOf : Math.round(serverTime - silence),
      roundTripMs: facts.roundTrip,
    },
    unsent: facts.unsent,
    conflicts: facts.conflicts,
    alarms: copy.state !== 'whole' || alarmsNotReaching(silence) ? null : alarmCounts(view.list('alarm')),
    monitors: copy.state === 'whole' ? monitorCounts(view, facts.latest, serverTime) : null,
    copy: copy.state === 'loading' && facts.asOf !== null ? { ...copy, asOf: facts.asOf } : copy,
    person: facts.grant && { id: facts.grant.personId, name: facts.grant.name, roles: facts.grant.roles },
    troubles: [...facts.troubles],
  };
};
