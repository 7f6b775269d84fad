import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What shapes the simulated city and hospital; what is absent is left to the backend's own defaults. */
export type SimulatorOptions = {
  readonly seed?: number;
  /** How many simulated seconds pass in one real second, 1 to 60. */
  readonly speed?: number;
  readonly units?: number;
  readonly beds?: number;
  readonly devices?: number;
  /** A file of real calls (.csv.gz) that takes the place of drawn incidents. */
  readonly replay?: string;
  /** Nobody rings and nobody dispatches but the people at the desks. */
  readonly practice?: true;
  /** The simulated hospital says by ADT alone where patients are. */
  readonly 'adt-simulator'?: true;
};

export type StartOptions = {
  readonly simulator: SimulatorOptions;
  /** Where the backend listens; absent: 7410, or a free one when that is taken. */
  readonly port?: number;
  /** Directory for pictures and report of a headless check; absent: an ordinary start. */
  readonly check?: string;
  /** Seconds without the backend during a check. */
  readonly outage?: number;
  /** Address of a backend that runs already (console only). */
  readonly backend?: string;
  /** Directory of the console's database, key and logs. */
  readonly data?: string;
  /** What the backend is told at its first start after a restore from a backup, as it takes it (backend only). */
  readonly afterRestore?: readonly string[];
  /** Where units' positions come from besides the simulator, as the backend takes it. */
  readonly positions?: readonly string[];
  /** Process output to the console instead of into log files. */
  readonly verbose: boolean;
};

const numeric = {
  port: [0, 65_535],
  seed: [0, 2 ** 32 - 1],
  speed: [0.1, 60],
  units: [1, 2_000],
  beds: [1, 400],
  devices: [0, 200],
  outage: [1, 3_600],
} as const;

/** Reads the command line of start, backend and console; throws a sentence for what it does not understand. */
export const readStartOptions = (args: readonly string[]): StartOptions => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    allowPositionals: false,
    options: {
      port: text,
      seed: text,
      speed: text,
      units: text,
      beds: text,
      devices: text,
      outage: text,
      replay: text,
      practice: { type: 'boolean' },
      'adt-simulator': { type: 'boolean' },
      check: text,
      backend: text,
      data: text,
      recover: { type: 'boolean' },
      'recover-for': text,
      'start-empty': { type: 'boolean' },
      'osmand-port': text,
      'osmand-host': text,
      'position-devices': text,
      'mqtt-url': text,
      track: { type: 'string', multiple: true },
      'tracks-to-city': { type: 'boolean' },
      verbose: { type: 'boolean', default: false },
    },
  });
  const number = (name: keyof typeof numeric): number | undefined => {
    const given = values[name];
    if (given === undefined) return undefined;
    const [least, most] = numeric[name];
    const value = Number(given);
    if (given.trim() === '' || !(value >= least && value <= most))
      throw new Error(`--${name} must be a number from ${least} to ${most}, not "${given}"`);
    return value;
  };
  const afterRestore = [
    ...(values.recover ? ['--recover'] : []),
    ...(values['recover-for'] === undefined ? [] : ['--recover-for', values['recover-for']]),
    ...(values['start-empty'] ? ['--start-empty'] : []),
  ];
  const positions = [
    ...(['osmand-port', 'osmand-host', 'mqtt-url'] as const).flatMap((name) => {
      const given = values[name];
      return given === undefined ? [] : [`--${name}`, given];
    }),
    ...(values['position-devices'] === undefined ? [] : ['--position-devices', resolve(values['position-devices'])]),
    ...(values['tracks-to-city'] ? ['--tracks-to-city'] : []),
    ...(values.track ?? []).flatMap((track) => ['--track', resolve(track)]),
  ];
  const path = (given: string | undefined): string | undefined => (given === undefined ? undefined : resolve(given));
  const known = <T extends object>(entries: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
    Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as never;
  return {
    ...known({
      port: number('port'),
      check: path(values.check),
      outage: number('outage'),
      backend: values.backend,
      data: path(values.data),
      afterRestore: afterRestore.length > 0 ? afterRestore : undefined,
      positions: positions.length > 0 ? positions : undefined,
    }),
    simulator: known({
      seed: number('seed'),
      speed: number('speed'),
      units: number('units'),
      beds: number('beds'),
      devices: number('devices'),
      replay: path(values.replay),
      practice: values.practice ? true : undefined,
      'adt-simulator': values['adt-simulator'] ? true : undefined,
    }),
    verbose: values.verbose,
  };
};
