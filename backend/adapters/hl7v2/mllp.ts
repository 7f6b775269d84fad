/**
 * Frames of the minimal lower layer protocol: VT, the message, FS, CR. What is between frames is not a message and is dropped; a
 * frame ends at its FS whatever follows, because some senders leave the CR out; a VT within a frame begins another, because the
 * first was cut off. No more than one message and its frame is ever held.
 */
export const VT = 0x0b;
const FS = 0x1c;
const CR = 0x0d;

/** What came out of a stream, in order. `tooLong` and `cutOff` are answered too: a sender must hear that it was not taken. */
export type Framed =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  | { readonly kind: 'tooLong'; readonly head: Buffer }
  | { readonly kind: 'cutOff'; readonly head: Buffer };

export type FrameReader = {
  /** Takes the next bytes; what they complete. */
  readonly push: (chunk: Buffer) => readonly Framed[];
  /** Whether a message has begun and not ended. */
  readonly isOpen: () => boolean;
  /** Bytes that were in no frame so far. */
  readonly dropped: () => number;
};

/** How much is kept of a message that is too long or was cut off: enough for its header. */
const HEAD = 2_048;

/** Reads frames of at most `most` bytes from a stream that is cut anywhere. */
export const createFrameReader = (most: number): FrameReader => {
  let parts: Buffer[] = [];
  let length = 0;
  let state: 'outside' | 'inside' | 'tooLong' = 'outside';
  let dropped = 0;
  const take = (): Buffer => {
    const whole = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
    parts = [];
    length = 0;
    return whole;
  };
  const keep = (bytes: Buffer): void => {
    if (state === 'tooLong' || bytes.length === 0) return;
    // A view of the network's buffer would hold on to all of it.
    parts.push(Buffer.from(bytes));
    length += bytes.length;
    if (length <= most) return;
    parts = [take().subarray(0, HEAD)];
    state = 'tooLong';
  };
  const end = (): Framed => {
    const tooLong = state === 'tooLong';
    state = 'outside';
    return tooLong ? { kind: 'tooLong', head: take() } : { kind: 'message', bytes: take() };
  };
  const nextOf = (chunk: Buffer, from: number): number => {
    const [starts, ends] = [chunk.indexOf(VT, from), chunk.indexOf(FS, from)];
    if (starts < 0) return ends;
    return ends < 0 ? starts : Math.min(starts, ends);
  };
  return {
    push: (chunk) => {
      const found: Framed[] = [];
      let at = 0;
      while (at < chunk.length) {
        if (state === 'outside') {
          const start = chunk.indexOf(VT, at);
          const skipped = chunk.subarray(at, start < 0 ? chunk.length : start);
          for (const byte of skipped) if (byte !== CR && byte !== 0x0a) dropped += 1;
          if (start < 0) break;
          state = 'inside';
          at = start + 1;
          continue;
        }
        const next = nextOf(chunk, at);
        keep(chunk.subarray(at, next < 0 ? chunk.length : next));
        if (next < 0) break;
        if (chunk[next] === FS) found.push(end());
        else {
          if (length > 0) found.push({ kind: 'cutOff', head: take().subarray(0, HEAD) });
          state = 'inside';
        }
        at = next + 1;
      }
      return found;
    },
    isOpen: () => state !== 'outside',
    dropped: () => dropped,
  };
};

/** A message in its frame. */
export const framed = (message: Uint8Array): Buffer => Buffer.concat([Buffer.of(VT), message, Buffer.of(FS, CR)]);
