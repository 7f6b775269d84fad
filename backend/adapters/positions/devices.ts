/** Which device rides in which unit: the site's own list, read at the start and whenever its file has changed. */
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { shortTextSchema } from '#domain/model/values.ts';
import type { PositionSource } from '#domain/rules/position-fusion.ts';
import { readJsonText } from '../json-file.ts';
import { type SpeedUnit, speedUnits } from './speed.ts';

const nameSchema = shortTextSchema(40).min(1);
const fileSchema = z.strictObject({
  sources: z.record(
    nameSchema,
    z.strictObject({
      /** 1 is believed first */
      priority: z.int().min(1).max(79),
      /** what its speeds are in, where it differs from what the protocol says */
      speed: z.enum(speedUnits).optional(),
    }),
  ),
  devices: z.array(
    z.strictObject({ device: z.string().min(1).max(100), callsign: z.string().min(1).max(12), source: nameSchema }),
  ),
});

export type Device = { readonly callsign: string; readonly source: PositionSource; readonly speed: SpeedUnit | null };
/** Devices by the name under which they report. */
export type Devices = ReadonlyMap<string, Device>;

/** Why the list of devices cannot be used: one sentence that names the file. */
export class DevicesError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DevicesError';
  }
}

/** Names that Vigil gives itself. */
const taken = ['simulator', 'replay'];

const sentenceOf = (error: z.ZodError): string => {
  const [first] = error.issues;
  const where = first?.path.join('.');
  return where ? `${where}: ${first?.message}` : (first?.message ?? 'cannot be read');
};

/** Reads the list from its JSON text; throws DevicesError. */
export const parseDevices = (text: string, path: string): Devices => {
  const wrong = (what: string) => new DevicesError(`The list of devices in ${path} cannot be used: ${what}.`);
  const { sources, devices } = readJsonText(text, fileSchema, wrong, sentenceOf);
  const own = Object.keys(sources).find((name) => taken.includes(name.toLowerCase()));
  if (own !== undefined) throw wrong(`a source may not be called "${own}"`);
  const list = new Map<string, Device>();
  for (const { device, callsign, source } of devices) {
    const described = Object.hasOwn(sources, source) ? sources[source] : undefined;
    if (!described) throw wrong(`the source "${source}" of the device "${device}" is not described`);
    if (list.has(device)) throw wrong(`the device "${device}" is listed twice`);
    const { priority, speed = null } = described;
    list.set(device, { callsign, source: { name: source, priority, pace: 1, invented: false }, speed });
  }
  return list;
};

/** Reads the list from a file; throws DevicesError. */
export const readDevices = (path: string): Devices => {
  try {
    return parseDevices(readFileSync(path, 'utf8'), path);
  } catch (error) {
    if (error instanceof DevicesError) throw error;
    throw new DevicesError(`The list of devices cannot be read: ${(error as Error).message}.`);
  }
};

export type DeviceList = {
  readonly now: () => Devices;
  /** Reads the file again when it is another than before. What cannot be used changes nothing, and one line says why. */
  readonly look: () => void;
};

/** What a file looks like from outside; null where there is none. An editor may put another file in its place. */
const markOf = (path: string): string | null => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : null;
};

/** The list in a file, to be looked at now and then; throws DevicesError when it cannot be read now. */
export const openDevices = (path: string, log: (line: string) => void): DeviceList => {
  let mark = markOf(path);
  let devices = readDevices(path);
  return {
    now: () => devices,
    look: () => {
      const next = markOf(path);
      if (next === mark) return;
      mark = next;
      try {
        devices = readDevices(path);
        log(`the list of devices in ${path} was read again: ${devices.size} devices`);
      } catch (error) {
        log(`${(error as Error).message} The list that was read before stands.`);
      }
    },
  };
};

/** The list of a site without one. */
export const noDevices: DeviceList = { now: () => new Map(), look: () => undefined };
