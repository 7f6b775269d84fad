/*
 * The container of the city's binary files: a header, a table of sections, then the sections, each beginning at a
 * multiple of 8 bytes so that typed arrays lie directly over the file. Whole numbers are little-endian, as on every
 * machine this runs on. A checksum over the body means that a damaged file is refused as a whole at the door, and
 * the code behind it may trust what it reads.
 *
 *   0  magic  4  kind  8  version  12  bytes in all  16  checksum of all from byte 24  20  sections
 *   24 (offset, bytes) per section, then the sections
 */

/** Why a file of the city cannot be used. */
export type GeoDataFault = 'truncated' | 'wrongKind' | 'wrongVersion' | 'corrupt';

/** The error of every reader in this folder: bytes or text that are not what they should be. */
export class GeoDataError extends Error {
  readonly fault: GeoDataFault;
  constructor(fault: GeoDataFault, message: string) {
    super(message);
    this.name = 'GeoDataError';
    this.fault = fault;
  }
}

const MAGIC = 0x4f454756; // 'VGEO'
const HEADER_BYTES = 24;

/** The kinds of file, each with the version of its layout; a changed layout takes a new version. */
export const FILE_KINDS = {
  roads: { code: 1, version: 1 },
  addresses: { code: 2, version: 1 },
} as const;

/** The name of a kind of binary file. */
export type FileKind = keyof typeof FILE_KINDS;

type WholeNumbers = Int32Array | Uint32Array | Uint16Array | Uint8Array | Float32Array;

const roundUp = (bytes: number) => (bytes + 7) & ~7;

function checksum(bytes: Uint8Array, from: number, end: number): number {
  // FNV-1a over 32-bit words; every file is a whole number of 8-byte steps long.
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + from, (end - from) / 4);
  let sum = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) sum = Math.imul(sum ^ (words[i] as number), 0x01000193);
  return sum >>> 0;
}

/** The bytes of a file of this kind holding these sections in this order. */
export function writeSections(kind: FileKind, sections: readonly WholeNumbers[]): Uint8Array {
  const offsets: number[] = [];
  let length = roundUp(HEADER_BYTES + sections.length * 8);
  for (const section of sections) {
    offsets.push(length);
    length = roundUp(length + section.byteLength);
  }
  const bytes = new Uint8Array(length);
  const header = new Uint32Array(bytes.buffer, 0, HEADER_BYTES / 4 + sections.length * 2);
  sections.forEach((section, i) => {
    const offset = offsets[i] as number;
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), offset);
    header[6 + i * 2] = offset;
    header[7 + i * 2] = section.byteLength;
  });
  const { code, version } = FILE_KINDS[kind];
  header.set([MAGIC, code, version, length, checksum(bytes, HEADER_BYTES, length), sections.length]);
  return bytes;
}

/** Reads the sections of a file one after the other, as the writer wrote them. */
export type SectionReader = {
  readonly int32: () => Int32Array;
  readonly uint32: () => Uint32Array;
  readonly uint16: () => Uint16Array;
  readonly uint8: () => Uint8Array;
  readonly float32: () => Float32Array;
};

/** Opens a file of this kind; throws GeoDataError when the bytes are cut short, of another kind, or damaged. */
export function readSections(kind: FileKind, given: Uint8Array): SectionReader {
  if (given.byteLength < HEADER_BYTES) throw new GeoDataError('truncated', `${kind}: shorter than its header`);
  // Typed arrays need their alignment: bytes that came out of a pool are copied once.
  const bytes = given.byteOffset % 8 === 0 ? given : given.slice();
  const head = new Uint32Array(bytes.buffer, bytes.byteOffset, HEADER_BYTES / 4);
  const [magic, code, version, length, sum, count] = head as unknown as [number, number, number, number, number, number];
  const expected = FILE_KINDS[kind];
  if (magic !== MAGIC || code !== expected.code) throw new GeoDataError('wrongKind', `${kind}: not a file of this kind`);
  if (version !== expected.version) {
    throw new GeoDataError('wrongVersion', `${kind}: layout ${version}, this program reads ${expected.version}`);
  }
  if (bytes.byteLength < length) {
    throw new GeoDataError('truncated', `${kind}: ${bytes.byteLength} of ${length} bytes`);
  }
  if (length % 8 !== 0 || HEADER_BYTES + count * 8 > length || checksum(bytes, HEADER_BYTES, length) !== sum) {
    throw new GeoDataError('corrupt', `${kind}: the checksum does not match`);
  }
  const table = new Uint32Array(bytes.buffer, bytes.byteOffset + HEADER_BYTES, count * 2);
  let next = 0;
  const take = (width: number): [ArrayBufferLike, number, number] => {
    const offset = table[next * 2];
    const size = table[next * 2 + 1];
    next += 1;
    if (offset === undefined || size === undefined || offset + size > length || offset % 8 !== 0 || size % width !== 0) {
      throw new GeoDataError('corrupt', `${kind}: section ${next} is missing or of the wrong size`);
    }
    return [bytes.buffer, bytes.byteOffset + offset, size / width];
  };
  return {
    int32: () => new Int32Array(...take(4)),
    uint32: () => new Uint32Array(...take(4)),
    uint16: () => new Uint16Array(...take(2)),
    uint8: () => new Uint8Array(...take(1)),
    float32: () => new Float32Array(...take(4)),
  };
}

/** Two sections for a list of texts: where each begins (one more than there are texts), and their UTF-16 units. */
export function textSections(texts: readonly string[]): [begins: Uint32Array, units: Uint16Array] {
  const begins = new Uint32Array(texts.length + 1);
  texts.forEach((text, i) => {
    begins[i + 1] = (begins[i] as number) + text.length;
  });
  const units = new Uint16Array(begins[texts.length] as number);
  texts.forEach((text, i) => {
    for (let k = 0; k < text.length; k++) units[(begins[i] as number) + k] = text.charCodeAt(k);
  });
  return [begins, units];
}

/** The texts that textSections wrote. */
export function readTexts(sections: SectionReader): string[] {
  const begins = sections.uint32();
  const units = sections.uint16();
  requireAscending(begins, units.length, 'texts');
  const texts: string[] = [];
  for (let i = 0; i + 1 < begins.length; i++) {
    texts.push(String.fromCharCode(...units.subarray(begins[i] as number, begins[i + 1] as number)));
  }
  return texts;
}

/** Throws GeoDataError unless a table of beginnings starts at 0, never falls and ends at `total`. */
export function requireAscending(begins: Uint32Array, total: number, what: string): void {
  let last = 0;
  for (const begin of begins) {
    if (begin < last) throw new GeoDataError('corrupt', `${what}: the table of beginnings falls`);
    last = begin;
  }
  if (begins.length === 0 || begins[0] !== 0 || last !== total) {
    throw new GeoDataError('corrupt', `${what}: the table of beginnings does not cover ${total}`);
  }
}

/** Throws GeoDataError unless every number is below `limit`. */
export function requireBelow(numbers: Uint32Array | Uint16Array | Uint8Array, limit: number, what: string): void {
  for (const number of numbers) {
    if (number >= limit) throw new GeoDataError('corrupt', `${what}: ${number} is not below ${limit}`);
  }
}
