/** The text of a message and the bytes of an answer, by what MSH-18 says (HL7 table 0211) and by what the bytes are. */

/** Names of table 0211 as `TextDecoder` knows them. */
const decoders: Readonly<Record<string, string>> = {
  'UNICODE UTF-8': 'utf-8',
  'UTF-8': 'utf-8',
  UTF8: 'utf-8',
  UNICODE: 'utf-8',
  'UNICODE UTF-16': 'utf-16le',
  'ISO IR87': 'iso-2022-jp',
  'ISO IR159': 'iso-2022-jp',
  'GB 18030-2000': 'gb18030',
  'KS X 1001': 'euc-kr',
  'BIG-5': 'big5',
  'WINDOWS-1252': 'windows-1252',
};

const decoderOf = (name: string): string | undefined => {
  const given = name.trim().toUpperCase();
  const known = decoders[given];
  if (known) return known;
  const part = /^(?:ISO[ -]?)?8859[/-](\d{1,2})$/.exec(given)?.[1];
  if (part === undefined) return undefined;
  try {
    return new TextDecoder(`iso-8859-${part}`).encoding;
  } catch {
    return undefined;
  }
};

export type Decoded = {
  readonly text: string;
  /** In which the answer is written. */
  readonly encoding: 'utf8' | 'latin1' | 'utf16le';
  /** What was wrong with the bytes, null where nothing was. */
  readonly doubt: string | null;
};

const strictly = (encoding: string, bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const byteOrderMark = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // "M" in two bytes, without a mark.
  if (first === 0x4d && second === 0) return 'utf-16le';
  return first === 0 && second === 0x4d ? 'utf-16be' : undefined;
};

/** MSH-18, first repetition, from bytes whose first 256 characters may be read as ASCII; empty when it is not said. */
const saidIn = (bytes: Uint8Array): string => {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4_096)).toString('latin1');
  const start = head.indexOf('MSH');
  const line = start < 0 ? '' : (head.slice(start).split(/[\r\n]/, 1)[0] ?? '');
  const field = line[3] === undefined ? '' : (line.split(line[3])[17] ?? '');
  return field.split(line[5] ?? '~')[0] ?? '';
};

/**
 * The text of a message. What it says of itself counts first, then what the site knows of the sender, then UTF-8; bytes that
 * are not what is said are read as Windows-1252, which gives every byte a character.
 */
export const decodeMessage = (received: Uint8Array, assumed: string | null): Decoded => {
  const wide = byteOrderMark(received);
  if (wide) return { text: new TextDecoder(wide).decode(received), encoding: 'utf16le', doubt: null };
  // A converter on the way may set its mark before bytes that stay what they were.
  const isMarked = received[0] === 0xef && received[1] === 0xbb && received[2] === 0xbf;
  const bytes = isMarked ? received.subarray(3) : received;
  const marked = isMarked ? strictly('utf-8', bytes) : undefined;
  if (marked !== undefined) return { text: marked, encoding: 'utf8', doubt: null };
  const said = saidIn(bytes);
  const named = /^(ASCII)?$/i.test(said) ? (assumed ?? '') : said;
  const encoding = named === '' ? 'utf-8' : decoderOf(named);
  const doubt = encoding === undefined ? `The character set ${named.slice(0, 40)} is not known.` : null;
  const text = strictly(encoding ?? 'utf-8', bytes);
  const answers = encoding === undefined || encoding === 'utf-8' ? 'utf8' : 'latin1';
  if (text !== undefined) return { text, encoding: answers, doubt };
  const fallback = new TextDecoder('windows-1252').decode(bytes);
  return { text: fallback, encoding: 'latin1', doubt: doubt ?? `Some bytes are not ${named || 'UTF-8'}: read as Windows-1252.` };
};

/** The bytes of an answer; what its encoding cannot hold becomes a question mark. */
export const encodeAnswer = (text: string, encoding: Decoded['encoding']): Buffer =>
  encoding === 'latin1'
    ? Buffer.from([...text].map((one) => ((one.codePointAt(0) ?? 0) < 256 ? one : '?')).join(''), 'latin1')
    : Buffer.from(text, encoding);
