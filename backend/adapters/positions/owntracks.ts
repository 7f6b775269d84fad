/** What a phone with OwnTracks says through a broker: `owntracks/USER/DEVICE`, a JSON object for each location. */
import { z } from 'zod';
import type { DeviceReport } from './osmand.ts';
import { accuracyOf, courseOf } from './speed.ts';

export type OwnTracksParsed =
  | { readonly ok: true; readonly report: DeviceReport }
  /** `otherKind`: a message of the protocol that says nothing of a place. */
  | { readonly ok: false; readonly device: string | null; readonly because: 'otherKind' | 'encrypted' | 'unreadable' };

const MOST_BYTES = 16_384;
const MOST_DEVICE = 100;

const optionalNumber = z.number().nullish();
const locationSchema = z.object({
  _type: z.literal('location'),
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  // Without it a message that a broker kept could not be told from a new one.
  tst: z.number().min(-8.64e12).max(8.64e12),
  vel: optionalNumber,
  cog: optionalNumber,
  acc: optionalNumber,
});
const kindSchema = z.object({ _type: z.string() });

/** Reads a message; the device is USER/DEVICE of its topic. */
export const parseOwnTracks = (topic: string, payload: Buffer): OwnTracksParsed => {
  const [, user = '', name = ''] = topic.split('/');
  const device = user && name ? `${user}/${name}` : null;
  const no = (because: 'otherKind' | 'encrypted' | 'unreadable'): OwnTracksParsed => ({ ok: false, device, because });
  if (device === null || device.length > MOST_DEVICE) return { ok: false, device: null, because: 'unreadable' };
  // An empty one takes back what the broker kept.
  if (payload.length === 0) return no('otherKind');
  if (payload.length > MOST_BYTES) return no('unreadable');
  let raw: unknown;
  try {
    raw = JSON.parse(payload.toString('utf8'));
  } catch {
    return no('unreadable');
  }
  const kind = kindSchema.safeParse(raw);
  if (!kind.success) return no('unreadable');
  if (kind.data._type === 'encrypted') return no('encrypted');
  if (kind.data._type !== 'location') return no('otherKind');
  const parsed = locationSchema.safeParse(raw);
  if (!parsed.success) return no('unreadable');
  const { lat, lon, tst, vel, cog, acc } = parsed.data;
  return {
    ok: true,
    report: {
      device,
      position: [lon, lat],
      heading: courseOf(cog ?? null),
      speed: vel === null || vel === undefined ? null : { value: vel, unit: 'km/h' },
      accuracy: accuracyOf(acc ?? null),
      claimedAt: Math.round(tst * 1_000),
    },
  };
};
