/** Recorded drives from files, each with one sentence about what was found in it; a file that cannot be played ends nothing. */
import { createReadStream, statSync } from 'node:fs';
import { extname } from 'node:path';
import { readTrackCsv } from './csv-track.ts';
import { layOut, lengthOf, type RawPoint, type Track } from './track.ts';

/** A file, and the unit that is to drive it; null where the file names its units. */
export type TrackFile = { readonly path: string; readonly callsign: string | null };
export type PlayedTrack = { readonly callsign: string; readonly track: Track };
export type TrackFileRead = { readonly tracks: readonly PlayedTrack[]; readonly report: string };

const MOST_BYTES = 256 * 1_024 * 1_024;

/** The text of a file in parts, whatever its byte order mark says it is written in. */
async function* textOf(path: string): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const bytes of createReadStream(path, { highWaterMark: 65_536 }) as AsyncIterable<Buffer>) {
    const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
    decoder ??= new TextDecoder(mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8');
    yield decoder.decode(bytes, { stream: true });
  }
  const rest = decoder?.decode();
  if (rest) yield rest;
}

const minutes = (ms: number): string => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1_000) % 60).padStart(2, '0')} min`;

const play = (callsign: string, points: readonly RawPoint[], pieces: string) => {
  const { track, notes } = layOut(points);
  if (!track) return { track: null, said: [`${callsign}: too few points to drive`, ...notes].join(', ') };
  const kilometres = (lengthOf(track) / 1_000).toFixed(1);
  const what = `${callsign} drives ${track.points.length} points${pieces}, ${kilometres} km in ${minutes(track.durationMs)}`;
  return { track: { callsign, track }, said: [what, ...notes].join(', ') };
};

const read = async ({ path, callsign }: TrackFile): Promise<{ tracks: PlayedTrack[]; said: string[] }> => {
  if (statSync(path).size > MOST_BYTES) return { tracks: [], said: ['it is too large'] };
  if (extname(path).toLowerCase() === '.csv') {
    let text = '';
    for await (const part of textOf(path)) text += part;
    const { units, notes } = readTrackCsv(text);
    const named = [...units].filter(([name]) => name !== '');
    if (callsign !== null && units.size > 1)
      return { tracks: [], said: [`it holds ${units.size} units: give it without "=${callsign}"`] };
    if (callsign === null && named.length === 0 && units.size > 0)
      return { tracks: [], said: ['it names no unit: give it as FILE=CALLSIGN'] };
    const played = (callsign === null ? named : [...units].map(([, points]) => [callsign, points] as const)).map(
      ([name, points]) => play(name, points, ''),
    );
    return { tracks: played.flatMap(({ track }) => track ?? []), said: [...played.map(({ said }) => said), ...notes] };
  }
  if (callsign === null) return { tracks: [], said: ['it names no unit: give it as FILE=CALLSIGN'] };
  const { readGpx } = await import('./gpx.ts');
  const { points, segments, notes } = await readGpx(textOf(path));
  if (points.length === 0) return { tracks: [], said: [...notes] };
  const { track, said } = play(callsign, points, segments > 1 ? ` in ${segments} pieces` : '');
  return { tracks: track ? [track] : [], said: [said, ...notes] };
};

/** Reads one file; never rejects, the report says why nothing came of it. */
export const readTrackFile = async (file: TrackFile): Promise<TrackFileRead> => {
  try {
    const { tracks, said } = await read(file);
    return { tracks, report: `track ${file.path}: ${said.join('; ')}` };
  } catch (error) {
    return { tracks: [], report: `track ${file.path}: it cannot be read: ${(error as Error).message}` };
  }
};
