/**
 * The door through which devices report. A device that nobody has listed, whose unit does not exist, or that cannot be read is
 * not lost: it is kept by name, with why, when and how often it knocked, until it reports as it should.
 */
import type { UnitFix } from '#domain/model/telemetry.ts';
import type { Instant } from '#domain/model/values.ts';
import type { UnusedReason } from '#domain/rules/position-fusion.ts';
import type { Device, Devices } from './devices.ts';
import type { PositionHub } from './hub.ts';
import { type DeviceReport, speedOf } from './osmand.ts';

export type UnknownDevice = {
  readonly device: string;
  /** the protocol it came by */
  readonly by: string;
  readonly because: 'notListed' | 'noSuchUnit' | 'encrypted' | 'unreadable';
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly reports: number;
};

export type Intake = {
  /** Takes a report that came by a protocol; what became of it. */
  readonly take: (report: DeviceReport, by: string) => 'used' | UnusedReason | 'notListed' | 'noSuchUnit';
  /** Notes a device whose reports cannot be read. */
  readonly refuse: (device: string, by: string, because: 'encrypted' | 'unreadable') => void;
  /** The latest first. */
  readonly unknown: () => readonly UnknownDevice[];
};

const why: Readonly<Record<UnknownDevice['because'], (listed: Device | undefined) => string>> = {
  notListed: () => 'and is not in the list of devices',
  noSuchUnit: (listed) => `for the unit ${listed?.callsign}, which does not exist`,
  encrypted: () => 'with a key of its own, which cannot be read: take the encryption key out of its settings and use TLS',
  unreadable: () => 'what cannot be read',
};

/** Whoever can reach the port can invent names: beyond so many the longest silent one is forgotten. */
const MOST_UNKNOWN = 200;

/** A door over the listed devices; fixes to be shown go to `offer`, what somebody should know to `log`. */
export const createIntake = (options: {
  readonly hub: PositionHub;
  /** As it is now: the list may change. */
  readonly devices: () => Devices;
  readonly clock: () => Instant;
  readonly offer: (fixes: readonly UnitFix[]) => void;
  readonly log: (line: string) => void;
}): Intake => {
  const { hub, devices, clock, offer, log } = options;
  const unknown = new Map<string, UnknownDevice>();

  const keep = (device: string, by: string, because: UnknownDevice['because'], listed?: Device): void => {
    const at = clock();
    const key = `${by} ${device}`;
    const before = unknown.get(key);
    // Again at the end, so that the first of the map is the one that has been silent for longest.
    unknown.delete(key);
    unknown.set(key, { device, by, because, firstAt: before?.firstAt ?? at, lastAt: at, reports: (before?.reports ?? 0) + 1 });
    for (const [oldest] of unknown) {
      if (unknown.size <= MOST_UNKNOWN) break;
      unknown.delete(oldest);
    }
    if (before?.because !== because) log(`the device ${JSON.stringify(device)} reports by ${by} ${why[because](listed)}`);
  };

  return {
    take: (report, by) => {
      const device = devices().get(report.device);
      if (!device) {
        keep(report.device, by, 'notListed');
        return 'notListed';
      }
      const unit = hub.unitCalled(device.callsign);
      if (!unit) {
        keep(report.device, by, 'noSuchUnit', device);
        return 'noSuchUnit';
      }
      unknown.delete(`${by} ${report.device}`);
      const { fix, unused } = hub.take(unit.id, {
        source: device.source,
        position: report.position,
        heading: report.heading,
        speed: speedOf(report, device.speed),
        accuracy: report.accuracy,
        claimedAt: report.claimedAt ?? clock(),
      });
      if (fix) offer([fix]);
      return unused ?? 'used';
    },
    refuse: keep,
    unknown: () => [...unknown.values()].reverse(),
  };
};
