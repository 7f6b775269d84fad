import type { Frame } from '#contracts/ipc/station-window.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import { alarmCounts } from '#domain/rules/alarm-order.ts';
import { freshness } from '#domain/rules/freshness.ts';
import { alarmsNotReaching } from '#domain/rules/link-state.ts';
import type { SignedGrant } from '../grants.ts';
import type { Engine } from '../sync/engine.ts';
import type { LatestValues } from '../sync/latest-values.ts';
import type { Replica } from '../sync/replica.ts';
import type { ServerClock } from '../sync/server-clock.ts';
import type { Troubles } from '../troubles.ts';

export type FrameSources = {
  readonly view: RecordView;
  readonly latest: LatestValues;
  readonly replica: Pick<Replica, 'facilityName' | 'asOf' | 'copy'>;
  readonly serverClock: Pick<ServerClock, 'now' | 'error'>;
  readonly link: Pick<Engine, 'linkState' | 'silence' | 'roundTrip'>;
  readonly unsent: () => Frame['unsent'];
  readonly conflicts: () => number;
  readonly signedIn: () => SignedGrant | null;
  readonly troubles: Pick<Troubles, 'list'>;
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

/** The strip of every window, numbered one after the other. What is not known is null and never zero. */
export const createFrames = (sources: FrameSources): (() => Frame) => {
  const { view, latest, replica, serverClock, link, troubles } = sources;
  let sequence = 0;
  return () => {
    sequence += 1;
    const [facility] = view.list('facility');
    const [copy, serverTime, silence, asOf] = [replica.copy(), serverClock.now(), link.silence(), replica.asOf()];
    const grant = sources.signedIn()?.grant;
    return {
      sequence,
      facilityName: replica.facilityName() ?? facility?.name ?? null,
      timeZone: facility?.timeZone ?? null,
      serverTime,
      serverTimeError: serverClock.error(),
      link: {
        state: link.linkState(),
        // Of a run that has heard nothing: what an earlier one heard last.
        lastHeardAt: silence === null ? asOf : Math.round(serverTime - silence),
        roundTripMs: link.roundTrip(),
      },
      unsent: sources.unsent(),
      conflicts: sources.conflicts(),
      alarms: copy.state !== 'whole' || alarmsNotReaching(silence) ? null : alarmCounts(view.list('alarm')),
      monitors: copy.state === 'whole' ? monitorCounts(view, latest, serverTime) : null,
      copy: copy.state === 'loading' && asOf !== null ? { ...copy, asOf } : copy,
      person: grant ? { id: grant.personId, name: grant.name, roles: grant.roles } : null,
      troubles: [...troubles.list()],
    };
  };
};
