/**
 * Bedside monitors: readings once a second, episodes, and the alarm rows they cause. One row per device and label, so
 * that a chattering limit re-alarms its row and never fills the board.
 *
 *   normal ──onset──► unacknowledged ──a person──► acknowledged ──over──► normal
 *                        │   ▲  └──── acknowledgement expires ◄──┘
 *                      over  └── again
 *                        ▼                           the patient leaves the bed: normal, whatever it was
 *                returnedUnacknowledged ──a person──► normal
 */
import { acknowledgeAlarm } from '#domain/commands/acknowledge-alarm.ts';
import type { Alarm } from '#domain/model/alarm.ts';
import type { Device } from '#domain/model/device.ts';
import type { DeviceReading } from '#domain/model/telemetry.ts';
import type { Author, Id, Instant } from '#domain/model/values.ts';
import { nurses } from './names.ts';
import { connectPatient, drawEpisode, type EpisodeKind, episodeKinds, type Patientlike, readPatient } from './vitals.ts';
import type { World } from './world.ts';

/** Simulated minutes between two episodes of one monitor, on the mean. */
const MINUTES_BETWEEN_EPISODES = 42;
const REFRESH_MS = 30_000;
const KEEP_NORMAL_MINUTES = 20;

type Episode = { readonly kind: EpisodeKind; readonly encounterId: Id; until: number };

export type Monitors = {
  /** Begins with about one monitor in three alarming, in every state. */
  readonly start: () => void;
  /** Takes up the episodes behind alarms that still hold, after a restart. */
  readonly resume: () => void;
  readonly step: () => void;
  readonly readings: () => readonly DeviceReading[];
};

const bedsideNurse = (name: string): Author => ({ personId: '5d1c0000-0000-4000-8000-000000000002', name });

/** The monitors' processes over a world. */
export const createMonitors = (world: World): Monitors => {
  const { view, schedule, put, remove } = world;
  const random = world.random.fork('monitors');
  // Readings are taken by the real second and must not move what is simulated.
  const noise = world.random.fork('readings');
  const patients = new Map<Id, Patientlike>();
  const episodes = new Map<Id, Episode>();

  const alarmValue = ({ target, limit }: EpisodeKind): number | null => (target === null || limit === null ? null : target);

  const raise = (device: Device, kind: EpisodeKind, at: Instant) => {
    const before = [...view.list('alarm')].find(
      (alarm) => alarm.deviceId === device.id && alarm.label === kind.label && alarm.priority === kind.priority,
    );
    const alarm: Alarm = {
      kind: 'alarm',
      id: before?.id ?? random.id(),
      deviceId: device.id,
      bedId: device.bedId,
      encounterId: device.encounterId,
      priority: kind.priority,
      category: kind.category,
      label: kind.label,
      parameter: kind.parameter,
      value: alarmValue(kind),
      limit: kind.limit,
      state: 'unacknowledged',
      onsetAt: at,
      refreshedAt: world.now(),
      acknowledgedBy: null,
      acknowledgedAt: null,
      acknowledgementExpiresAt: null,
      returnedAt: null,
    };
    put(alarm);
    return alarm;
  };

  const begin = (device: Device, kind: EpisodeKind, minutes: number, at: Instant): Alarm | undefined => {
    if (device.encounterId === null) return undefined;
    episodes.set(device.id, { kind, encounterId: device.encounterId, until: world.simulated() + minutes * 60_000 });
    return raise(device, kind, at);
  };

  const holds = (alarm: Alarm): boolean => {
    const episode = episodes.get(alarm.deviceId);
    return (
      episode !== undefined &&
      episode.kind.label === alarm.label &&
      episode.kind.priority === alarm.priority &&
      world.simulated() < episode.until
    );
  };

  const follow = (alarm: Alarm) => {
    const now = world.now();
    const device = view.get('device', alarm.deviceId);
    if (alarm.state === 'normal') {
      if (!schedule.isOver(alarm.id, `normal ${alarm.returnedAt}`, () => KEEP_NORMAL_MINUTES)) return;
      schedule.forget(alarm.id);
      schedule.forget(`${alarm.id} seen`);
      return remove(alarm);
    }
    if (!device || device.encounterId !== alarm.encounterId)
      return put({ ...alarm, state: 'normal', returnedAt: alarm.returnedAt ?? now, acknowledgementExpiresAt: null });
    if (!holds(alarm)) {
      if (alarm.state === 'unacknowledged') return put({ ...alarm, state: 'returnedUnacknowledged', returnedAt: now });
      if (alarm.state === 'acknowledged')
        return put({ ...alarm, state: 'normal', returnedAt: now, acknowledgementExpiresAt: null });
    } else if (
      alarm.state === 'acknowledged' &&
      alarm.acknowledgementExpiresAt !== null &&
      alarm.acknowledgementExpiresAt < now
    ) {
      return put({
        ...alarm,
        state: 'unacknowledged',
        refreshedAt: now,
        acknowledgedBy: null,
        acknowledgedAt: null,
        acknowledgementExpiresAt: null,
      });
    } else if (now - alarm.refreshedAt >= REFRESH_MS && alarm.state !== 'returnedUnacknowledged') {
      return put({ ...alarm, refreshedAt: now });
    }
    // Somebody at the bedside gets to most alarms some minutes later, if nobody at a desk was first.
    if (alarm.state === 'acknowledged' || alarm.state === 'shelved') return;
    const answered = schedule.isOver(
      `${alarm.id} seen`,
      `${alarm.state} ${alarm.onsetAt}`,
      () => (alarm.priority === 'high' ? 2 : 4) + random.next() * 14,
    );
    if (answered) world.give(acknowledgeAlarm, { alarmId: alarm.id }, { by: bedsideNurse(random.pick(nurses)) });
  };

  const occupied = () => [...view.list('device')].filter(({ encounterId }) => encounterId !== null);

  return {
    start: () => {
      const devices = occupied();
      const many = Math.max(1, Math.round(devices.length * 0.45));
      devices.slice(0, many * 2).forEach((device, index) => {
        if (index % 2 === 1) return;
        const turn = index / 2;
        const kind =
          turn < 3
            ? (episodeKinds[[0, 3, 7][turn] as number] as EpisodeKind)
            : turn < 6
              ? (episodeKinds[[1, 6, 8][turn - 3] as number] as EpisodeKind)
              : drawEpisode(random);
        const at = world.now() - random.int(20, 560) * 1_000;
        const alarm = begin(device, kind, random.int(4, 16), at);
        if (!alarm) return;
        if (turn % 3 === 1) {
          const acknowledgedAt = Math.min(world.now(), at + random.int(10, 60) * 1_000);
          world.give(acknowledgeAlarm, { alarmId: alarm.id }, { at: acknowledgedAt, by: bedsideNurse(random.pick(nurses)) });
        } else if (turn % 5 === 4) {
          episodes.delete(device.id);
          put({ ...alarm, state: 'returnedUnacknowledged', returnedAt: world.now() - random.int(2, 15) * 1_000 });
        }
      });
    },
    resume: () => {
      for (const alarm of view.list('alarm')) {
        if (alarm.state !== 'unacknowledged' && alarm.state !== 'acknowledged') continue;
        const kind = episodeKinds.find(({ label, priority }) => label === alarm.label && priority === alarm.priority);
        if (kind && alarm.encounterId !== null)
          episodes.set(alarm.deviceId, {
            kind,
            encounterId: alarm.encounterId,
            until: world.simulated() + random.int(1, 6) * 60_000,
          });
      }
    },
    step: () => {
      for (const device of occupied()) {
        const running = episodes.get(device.id);
        if (running && running.encounterId === device.encounterId && world.simulated() < running.until) continue;
        if (running) {
          episodes.delete(device.id);
          schedule.forget(`${device.id} episode`);
        }
        const calm = () => Math.max(3, -Math.log(1 - random.next()) * MINUTES_BETWEEN_EPISODES);
        if (!schedule.isOver(`${device.id} episode`, `calm ${device.encounterId}`, calm)) continue;
        begin(device, drawEpisode(random), 1.5 + random.next() * 9, world.now());
      }
      for (const alarm of [...view.list('alarm')]) follow(alarm);
    },
    readings: () => {
      const now = world.now();
      return occupied().map((device) => {
        const encounterId = device.encounterId as Id;
        let patient = patients.get(device.id);
        if (patient?.encounterId !== encounterId) {
          patient = connectPatient(noise, encounterId, now);
          patients.set(device.id, patient);
        }
        const episode = episodes.get(device.id);
        const present = episode && episode.encounterId === encounterId && world.simulated() < episode.until ? episode.kind : null;
        return readPatient(noise, patient, device.id, present, now);
      });
    },
  };
};
