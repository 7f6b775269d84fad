/**
 * The door through which devices report. A device that nobody has listed, or whose unit does not exist, is not lost: it is
 * kept by name, with when and how often it knocked, until somebody lists it.
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
  /** why it has no unit */
  readonly because: 'notListed' | 'noSuchUnit';
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly reports: number;
};

export type Intake = {
  /** Takes a report that came by a protocol; what became of it. */
  readonly take: (report: DeviceReport, by: string) => 'used' | UnusedReason | UnknownDevice['because'];
  /** The latest first. */
  readonly unknown: () => readonly UnknownDevice[];
};

/** Whoever can reach the port can invent names: beyond so many the longest silent one is forgotten. */
const MOST_UNKNOWN = 200;

/** A door over the listed devices; fixes to be shown go to `offer`, what somebody should know to `log`. */
export const createIntake = (options: {
  readonly hub: PositionHub;
  readonly devices: Devices;
  readonly clock: () => Instant;
  readonly offer: (fixes: readonly UnitFix[]) => void;
  readonly log: (line: string) => void;
}): Intake => {
  const { hub, devices, clock, offer, log } = options;
  const unknown = new Map<string, UnknownDevice>();

  const keep = (device: string, by: string, because: UnknownDevice['because'], listed?: Device) => {
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
    if (before) return because;
    const name = JSON.stringify(device);
    log(
      listed
        ? `the device ${name} reports by ${by} for the unit ${listed.callsign}, which does not exist`
        : `the device ${name} reports by ${by} and is not in the list of devices`,
    );
    return because;
  };

  return {
    take: (report, by) => {
      const device = devices.get(report.device);
      if (!device) return keep(report.device, by, 'notListed');
      const unit = hub.unitCalled(device.callsign);
      if (!unit) return keep(report.device, by, 'noSuchUnit', device);
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
    unknown: () => [...unknown.values()].reverse(),
  };
};
