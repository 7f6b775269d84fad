import { parseArgs } from 'node:util';
import type { FhirOptions } from './adapters/fhir/fhir.ts';
import type { PositionOptions } from './adapters/positions/positions.ts';
import type { AdtOptions } from './adt/adt.ts';

export type BackendOptions = {
  readonly port: number;
  readonly host: string;
  readonly seed: number;
  readonly speed: number;
  readonly units: number;
  readonly beds: number;
  readonly devices: number;
  readonly replay: string | null;
  /** A file, or a directory that gets a `hospital.db`; null keeps everything in memory. */
  readonly data: string | null;
  /** Directory of the city's files; null takes the one that comes with the program. */
  readonly city: string | null;
  readonly simulator: boolean;
  readonly exposeState: boolean;
  /** After a restore of the data from a backup: collect what stations still know of the lost end, for so many seconds. */
  readonly recoverSeconds: number | null;
  /** After a restore: begin anew and take nothing of before. */
  readonly startEmpty: boolean;
  /** Grants or persons, by id, that may act no more. */
  readonly withdraw: readonly string[];
  /** Nobody rings and nobody dispatches by itself: calls and crews wait for people. */
  readonly practice: boolean;
  /** Where the telephone system tells of calls; null: nobody listens. */
  readonly calls: { readonly port: number; readonly host: string } | null;
  readonly parentPid: number | null;
  readonly positions: PositionOptions;
  readonly adt: AdtOptions;
  /** The simulator is the patient administration too: where patients are it tells by ADT, and nobody else does. */
  readonly adtSimulator: boolean;
  /** Where other systems read the board; null: nobody listens. */
  readonly fhir: FhirOptions | null;
};

/** Why the command line cannot be followed: one sentence that names the option. */
export class OptionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OptionError';
  }
}

export const usage = `usage: node backend/main.ts [options]
  --port P         port to listen on, 0 for a free one (default 0)
  --host H         address to listen on (default 127.0.0.1)
  --seed S         seed of the simulator (default 1)
  --speed N        simulated seconds in a real one, 1 to 60 (default 1)
  --units N        ambulances, up to 2000 (default 40)
  --beds N         beds, up to 400 (default 48)
  --devices N      bedside monitors, up to 200 (default 24)
  --replay FILE    incidents from the calls in a .csv or .csv.gz
  --data PATH      database file, or a directory for it
  --memory         keep everything in memory (the default)
  --city DIR       roads.bin, addresses.bin and places.json of another city
  --practice       a city in which nobody rings and nobody dispatches by itself: for training and for tests
  --no-simulator   serve what the database holds and nothing more
  --expose-state   answer GET /state with every record (development only)
  --recover        the data was restored from a backup: begin another history, collect from the stations what was
                   acknowledged after it, then go on; once, at the first start after the restore
  --recover-for S  seconds for which stations are waited for (default 60, up to 3600); late ones are still heard
  --start-empty    the same without collecting: what is not in the data is given up
  --calls-port P   listen for the telephone system on this port, 0 for a free one; VIGIL_CALLS_TOKEN is what it must show
  --calls-host H   address for it (default 127.0.0.1; any other needs the token)
  --adt-port P     listen for the patient administration (HL7 v2 over MLLP) on this port, 0 for a free one
  --adt-host H     address for it (default 127.0.0.1; any other needs the addresses of the senders in the file)
  --adt-site FILE  who sends ADT, and what their places and bed statuses mean here (docs/it/adt.md)
  --adt-simulator  the simulated hospital says by ADT alone, over its own line, where patients are (docs/it/adt.md)
  --adt-send HOST:PORT  tell the patient administration there of moves and bed statuses that are made here
  --fhir-port P    let other systems read the board as FHIR R4 on this port, 0 for a free one (docs/it/fhir.md)
  --fhir-host H    address for it (default 127.0.0.1; any other needs the readers)
  --fhir-readers FILE  who may read, each with a token
  --fhir-url URL   what readers call it, when a proxy stands before it
  --osmand-port P  listen for trackers that report over HTTP, 0 for a free port
  --osmand-host H  address to listen on for them (default 127.0.0.1)
  --position-devices FILE  which device rides in which unit (docs/it/positions.md)
  --mqtt-url URL   listen for phones with OwnTracks at this broker (mqtt, mqtts, ws or wss); user and password from
                   VIGIL_MQTT_USER and VIGIL_MQTT_PASSWORD
  --track FILE=CALLSIGN  a unit drives what a .gpx or .csv recorded, over and over; may be given several times; a .csv
                   with a column for the callsign is given as FILE
  --tracks-to-city  drives recorded elsewhere begin at the hospital
  --withdraw ID    a grant or a person may act no more; may be given several times
  --parent-pid PID end when that process is gone`;

const whole = (name: string, given: string | undefined, fallback: number, least: number, most: number): number => {
  if (given === undefined) return fallback;
  const value = Number(given);
  if (!/^\d+$/.test(given) || value < least || value > most)
    throw new OptionError(`--${name} must be a whole number from ${least} to ${most}, not "${given}".`);
  return value;
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        seed: { type: 'string' },
        speed: { type: 'string' },
        units: { type: 'string' },
        beds: { type: 'string' },
        devices: { type: 'string' },
        replay: { type: 'string' },
        data: { type: 'string' },
        city: { type: 'string' },
        'parent-pid': { type: 'string' },
        memory: { type: 'boolean' },
        'no-simulator': { type: 'boolean' },
        practice: { type: 'boolean' },
        'expose-state': { type: 'boolean' },
        recover: { type: 'boolean' },
        'recover-for': { type: 'string' },
        'start-empty': { type: 'boolean' },
        withdraw: { type: 'string', multiple: true },
        'calls-port': { type: 'string' },
        'calls-host': { type: 'string' },
        'adt-port': { type: 'string' },
        'adt-host': { type: 'string' },
        'adt-site': { type: 'string' },
        'adt-send': { type: 'string' },
        'adt-simulator': { type: 'boolean' },
        'fhir-port': { type: 'string' },
        'fhir-host': { type: 'string' },
        'fhir-readers': { type: 'string' },
        'fhir-url': { type: 'string' },
        'osmand-port': { type: 'string' },
        'osmand-host': { type: 'string' },
        'position-devices': { type: 'string' },
        track: { type: 'string', multiple: true },
        'tracks-to-city': { type: 'boolean' },
        'mqtt-url': { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new OptionError((error as Error).message);
  }
};

const brokerOf = (given: string): PositionOptions['broker'] => {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url || !['mqtt:', 'mqtts:', 'ws:', 'wss:'].includes(url.protocol) || url.hostname === '')
    throw new OptionError(`--mqtt-url must be the address of a broker, such as mqtts://broker.example:8883, not "${given}".`);
  // A command line is shown to everybody on the machine.
  if (url.username !== '' || url.password !== '')
    throw new OptionError('--mqtt-url must hold no user: give them in VIGIL_MQTT_USER and VIGIL_MQTT_PASSWORD.');
  return { url: given, user: process.env.VIGIL_MQTT_USER ?? null, password: process.env.VIGIL_MQTT_PASSWORD ?? null };
};

const positionsOf = (given: ReturnType<typeof parse>): PositionOptions => {
  const port = given['osmand-port'];
  if (port === undefined && given['osmand-host'] !== undefined) throw new OptionError('--osmand-host needs --osmand-port.');
  return {
    devices: given['position-devices'] ?? null,
    broker: given['mqtt-url'] === undefined ? null : brokerOf(given['mqtt-url']),
    tracksToCity: given['tracks-to-city'] ?? false,
    tracks: (given.track ?? []).map((track) => {
      const match = /^(.+)=([^=]{1,12})$/.exec(track);
      return match ? { path: match[1] as string, callsign: match[2] as string } : { path: track, callsign: null };
    }),
    osmand:
      port === undefined ? null : { port: whole('osmand-port', port, 0, 0, 65_535), host: given['osmand-host'] ?? '127.0.0.1' },
  };
};

const callsOf = (given: ReturnType<typeof parse>): BackendOptions['calls'] => {
  const port = given['calls-port'];
  if (port === undefined && given['calls-host'] !== undefined) throw new OptionError('--calls-host needs --calls-port.');
  return port === undefined ? null : { port: whole('calls-port', port, 0, 0, 65_535), host: given['calls-host'] ?? '127.0.0.1' };
};

const adtOf = (given: ReturnType<typeof parse>): AdtOptions => {
  const port = given['adt-port'];
  if (port === undefined && given['adt-host'] !== undefined) throw new OptionError('--adt-host needs --adt-port.');
  const send = given['adt-send'] === undefined ? null : /^(.+):(\d{1,5})$/.exec(given['adt-send']);
  if (given['adt-send'] !== undefined && !send)
    throw new OptionError(`--adt-send must be HOST:PORT, not "${given['adt-send']}".`);
  return {
    listen: port === undefined ? null : { port: whole('adt-port', port, 0, 0, 65_535), host: given['adt-host'] ?? '127.0.0.1' },
    site: given['adt-site'] ?? null,
    send: send && { host: (send[1] as string).replace(/^\[(.*)\]$/, '$1'), port: whole('adt-send', send[2], 0, 1, 65_535) },
  };
};

const fhirOf = (given: ReturnType<typeof parse>): BackendOptions['fhir'] => {
  const [port, host, readers, url] = [given['fhir-port'], given['fhir-host'], given['fhir-readers'], given['fhir-url']];
  if (port === undefined) {
    const alone = host !== undefined ? 'host' : readers !== undefined ? 'readers' : url !== undefined ? 'url' : null;
    if (alone !== null) throw new OptionError(`--fhir-${alone} needs --fhir-port.`);
    return null;
  }
  if (url !== undefined && !(URL.canParse(url) && /^https?:/.test(url)))
    throw new OptionError(`--fhir-url must be an address such as https://hospital.example/fhir, not "${url}".`);
  return {
    port: whole('fhir-port', port, 0, 0, 65_535),
    host: host ?? '127.0.0.1',
    readers: readers ?? null,
    url: url?.replace(/\/+$/, '') ?? null,
  };
};

/** Reads the command line (without node and script); throws OptionError. */
export const readOptions = (args: readonly string[]): BackendOptions => {
  const given = parse(args);
  if (given.memory && given.data !== undefined) throw new OptionError('--memory and --data exclude each other.');
  if (given['adt-simulator'] && given['no-simulator'])
    throw new OptionError('--adt-simulator and --no-simulator exclude each other.');
  if (given['adt-simulator'] && given['adt-site'] !== undefined)
    throw new OptionError('--adt-simulator has its own list of senders: leave out --adt-site.');
  if (given.recover && given['start-empty']) throw new OptionError('--recover and --start-empty exclude each other.');
  const recoverFor = whole('recover-for', given['recover-for'], 60, 1, 3_600);
  return {
    port: whole('port', given.port, 0, 0, 65_535),
    host: given.host ?? '127.0.0.1',
    seed: whole('seed', given.seed, 1, 0, 2 ** 32 - 1),
    speed: whole('speed', given.speed, 1, 1, 60),
    units: whole('units', given.units, 40, 1, 2_000),
    beds: whole('beds', given.beds, 48, 6, 400),
    devices: whole('devices', given.devices, 24, 0, 200),
    replay: given.replay ?? null,
    data: given.data ?? null,
    city: given.city ?? null,
    simulator: !given['no-simulator'],
    practice: given.practice ?? false,
    exposeState: given['expose-state'] ?? false,
    recoverSeconds: given.recover ? recoverFor : null,
    startEmpty: given['start-empty'] ?? false,
    withdraw: given.withdraw ?? [],
    parentPid: given['parent-pid'] === undefined ? null : whole('parent-pid', given['parent-pid'], 0, 1, 2 ** 31 - 1),
    calls: callsOf(given),
    positions: positionsOf(given),
    adt: adtOf(given),
    adtSimulator: given['adt-simulator'] ?? false,
    fhir: fhirOf(given),
  };
};
