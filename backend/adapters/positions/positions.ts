/** Everything that reports where units are, started and ended together. */
import type { RecordView } from '#domain/model/record.ts';
import type { UnitFix } from '#domain/model/telemetry.ts';
import type { Instant } from '#domain/model/values.ts';
import { noDevices, openDevices } from './devices.ts';
import { createPositionHub } from './hub.ts';
import { createIntake } from './intake.ts';
import { listenForOsmand } from './osmand-server.ts';
import type { Broker } from './owntracks-client.ts';
import { takeSimulated } from './simulated.ts';
import { movedTo } from './track.ts';
import { type PlayedTrack, readTrackFile, type TrackFile } from './track-files.ts';
import { replayTracks } from './track-replay.ts';

export type PositionOptions = {
  /** the file that says which device rides in which unit */
  readonly devices: string | null;
  /** null: nobody listens for trackers over HTTP */
  readonly osmand: { readonly port: number; readonly host: string } | null;
  /** null: nobody listens for phones */
  readonly broker: Broker | null;
  /** recorded drives to play */
  readonly tracks: readonly TrackFile[];
  /** Recorded elsewhere: each is driven from the hospital on. */
  readonly tracksToCity: boolean;
};

export type Positions = {
  /** Takes what the simulator says of its units; what is to be shown of it. */
  readonly simulated: (fixes: readonly UnitFix[]) => readonly UnitFix[];
  readonly osmandPort: number | null;
  readonly stop: () => Promise<void>;
};

const TURN_MS = 1_000;

/** Starts what the options name; rejects, with nothing left running, when any of it cannot be had. */
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
  const monotonicNow = (): number => performance.now();
  const hub = createPositionHub(view, clock, monotonicNow);
  const devices = options.devices === null ? noDevices : openDevices(options.devices, log);
  const intake = createIntake({ hub, devices: devices.now, clock, offer, log });
  const tracks: PlayedTrack[] = [];
  for (const file of options.tracks) {
    const read = await readTrackFile(file);
    const [facility] = options.tracksToCity ? view.list('facility') : [];
    log(read.report + (facility && read.tracks.length > 0 ? `; moved to begin at ${facility.name}` : ''));
    for (const played of read.tracks)
      tracks.push(facility ? { ...played, track: movedTo(played.track, facility.position) } : played);
  }
  const { osmand, broker } = options;
  // The client of a broker is a large piece of code that most hospitals do not need to load.
  const phonesOf = broker && (await import('./owntracks-client.ts')).listenForOwnTracks;
  const listening = osmand && (await listenForOsmand({ ...osmand, intake, sources: hub.sources }));
  if (listening) log(`listening for trackers on ${osmand.host}:${listening.port}`);
  // Last, because only what comes before it can fail.
  const phones = phonesOf?.(broker as Broker, { intake, log });
  const played = replayTracks({ hub, tracks, pace: options.speed, clock, monotonicNow, log });
  const turns = setInterval(() => {
    devices.look();
    const fixes = [...played(), ...hub.sweep()];
    if (fixes.length > 0) offer(fixes);
  }, TURN_MS);
  return {
    simulated: takeSimulated(hub, options.speed),
    osmandPort: listening?.port ?? null,
    stop: async () => {
      clearInterval(turns);
      await Promise.all([listening?.stop(), phones?.stop()]);
    },
  };
};
