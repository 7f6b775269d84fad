/**
 * A message as segments, fields, repetitions and components. The splitting is the library's; what senders really do is met before it:
 * marks of the byte order, any line end, lines broken inside a field, and escapes, which the library leaves as they are.
 */
import { Hl7Message, type Hl7Segment } from '@medplum/core';

/** Why a text is no message, with where (segment, and field from 1) for the answer's ERR. */
export class MessageError extends Error {
  readonly code: number;
  readonly segment: string;
  readonly field: number | null;
  /** `code` is of HL7 table 0357. */
  constructor(code: number, message: string, segment = 'MSH', field: number | null = null) {
    super(message);
    this.name = 'MessageError';
    this.code = code;
    this.segment = segment;
    this.field = field;
  }
}

export type ReadMessage = {
  /** Whether there is such a segment. */
  readonly has: (segment: string) => boolean;
  /** The text of a component (1 by default) of a field of the first such segment, unescaped and trimmed; empty when absent or said to be deleted. */
  readonly text: (segment: string, field: number, component?: number, repetition?: number) => string;
  /** The same of each such segment, in their order; empty where there is none. */
  readonly each: (segment: string, field: number, component?: number) => readonly string[];
  /** How often a field is repeated. */
  readonly repetitions: (segment: string, field: number) => number;
};

const SEGMENT = /^[A-Z][A-Z0-9]{2}$/;

/** The segments of a text, one a line; a line that is no segment belongs to the one before it. */
const segmentLines = (text: string): readonly string[] => {
  const lines: string[] = [];
  const body = text.replace(/^[\uFEFF\s]+/, '');
  const separator = body[3] ?? '|';
  for (const line of body.split(/\r\n|\r|\n/)) {
    if (line.trim() === '') continue;
    const starts = SEGMENT.test(line.slice(0, 3)) && (line.length === 3 || line[3] === separator);
    const last = lines.length - 1;
    if (starts || last < 0) lines.push(line);
    else lines[last] = `${lines[last]} ${line}`;
  }
  return lines;
};

/** What no name or place holds: it would be drawn as nothing, or turn what stands beside it round. */
const unseen = /[\p{Cc}\p{Bidi_Control}\uFEFF]/gu;

const decodeHex = (hex: string): string => Buffer.from(hex, 'hex').toString('utf8');

/** Reads a text as a message; throws MessageError. */
export const readMessage = (text: string): ReadMessage => {
  const lines = segmentLines(text);
  const header = lines[0] ?? '';
  if (!header.startsWith('MSH')) throw new MessageError(100, 'It does not begin with MSH.');
  const separator = header[3];
  const encoding = separator === undefined ? '' : (header.slice(4).split(separator, 1)[0] ?? '');
  if (separator === undefined || /[\sA-Za-z0-9]/.test(separator))
    throw new MessageError(101, 'MSH-1 is no field separator.', 'MSH', 1);
  if (encoding.length < 4 || new Set(separator + encoding.slice(0, 4)).size !== 5)
    throw new MessageError(101, 'MSH-2 must hold four different encoding characters.', 'MSH', 2);
  // An answer is of one message: the second would be lost without anybody hearing of it.
  if (lines.some((line, index) => index > 0 && line.startsWith(`MSH${separator}`)))
    throw new MessageError(100, 'It holds two messages: each wants a frame of its own.');
  const { segments } = Hl7Message.parse(lines.join('\r'));
  const escapeMark = encoding[2] as string;
  const special: Readonly<Record<string, string>> = {
    F: separator,
    S: encoding[0] as string,
    R: encoding[1] as string,
    E: escapeMark,
    T: encoding[3] as string,
    '.br': ' ',
  };
  const unescaped = (raw: string): string => {
    if (!raw.includes(escapeMark)) return raw;
    const quoted = escapeMark.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return raw.replaceAll(new RegExp(`${quoted}([^${quoted}]{1,64})${quoted}`, 'g'), (whole, code: string) => {
      const meant = special[code];
      if (meant !== undefined) return meant;
      if (/^X(?:[0-9A-Fa-f]{2})+$/.test(code)) return decodeHex(code.slice(1));
      // Highlighting, layout and changes of character set say nothing here; what is no escape is text.
      return /^(?:[HN]|\.[a-z]{2}.*|[CM][0-9A-Fa-f]{4,6}|Z.*)$/.test(code) ? '' : whole;
    });
  };
  const first = new Map<string, Hl7Segment>();
  for (const segment of segments) if (!first.has(segment.name)) first.set(segment.name, segment);
  const fieldOf = (segment: string, field: number) => first.get(segment)?.getField(field);
  const textOf = (raw: string): string => {
    // Names and numbers are whole in their first part; a deletion ("") says that there is nothing.
    const whole = raw.split(special['T'] as string, 1)[0] ?? '';
    return whole === '""' ? '' : unescaped(whole).replaceAll(unseen, ' ').trim();
  };
  return {
    has: (segment) => first.has(segment),
    text: (segment, field, component = 1, repetition = 0) =>
      textOf(fieldOf(segment, field)?.components[repetition]?.[component - 1] ?? ''),
    each: (name, field, component = 1) =>
      segments
        .filter((segment) => segment.name === name)
        .map((segment) => textOf(segment.getField(field)?.components[0]?.[component - 1] ?? '')),
    repetitions: (segment, field) => fieldOf(segment, field)?.components.length ?? 0,
  };
};
