/** Everything that reports where units are, started and ended together. */
import type { RecordView } from '#domain/model/record.ts';
import type { UnitFix } from '#domain/model/telemetry.ts';
import type { Instant } from '#domain/model/values.ts';
import { readDevices } from './devices.ts';
import { createPositionHub } from './hub.ts';
import { createIntake } from './intake.ts';
import { listenForOsmand } from './osmand-server.ts';
import { takeSimulated } from './simulated.ts';

export type PositionOptions = {
  /** the file that says which device rides in which unit */
  readonly devices: string | null;
  /** null: nobody listens for trackers over HTTP */
  readonly osmand: { readonly port: number; readonly host: string } | null;
};

export type Positions = {
  /** Takes what the simulator says of its units; what is to be shown of it. */
  readonly simulated: (fixes: readonly UnitFix[]) => readonly UnitFix[];
  readonly osmandPort: number | null;
  readonly stop: () => Promise<void>;
};

const SWEEP_MS = 1_000;

/** Starts what the options name; rejects, with everything ended again, when any of it cannot be had. */
export const startPositions = async (
  options: PositionOptions & { readonly speed: number },
  hospital: {
    readonly view: RecordView;
    readonly clock: () => Instant;
    readonly offer: (fixes: readonly UnitFix[]) => void;
    readonly log: (line: string) => void;
  },
): Promise<Positions> => {
  const { view, clock, offer, log } = hospital;
  const hub = createPositionHub(view, clock);
  const devices = options.devices === null ? new Map() : readDevices(options.devices);
  const intake = createIntake({ hub, devices, clock, offer, log });
  const { osmand } = options;
  const listening = osmand && (await listenForOsmand({ ...osmand, intake, sources: hub.sources }));
  if (listening) log(`listening for trackers on ${osmand.host}:${listening.port}`);
  const sweeps = setInterval(() => {
    const fixes = hub.sweep();
    if (fixes.length > 0) offer(fixes);
  }, SWEEP_MS);
  return {
    simulated: takeSimulated(hub, options.speed),
    osmandPort: listening?.port ?? null,
    stop: async () => {
      clearInterval(sweeps);
      await listening?.stop();
    },
  };
};
