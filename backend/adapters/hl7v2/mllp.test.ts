import { describe, expect, test } from 'vitest';
import { createRandom } from '#domain/testing/random.ts';
import { createFrameReader, type Framed, framed } from './mllp.ts';

const texts = (found: readonly Framed[]) =>
  found.map((one) => (one.kind === 'message' ? one.bytes.toString() : `${one.kind} ${one.head.length}`));
const read = (chunks: readonly Buffer[], most = 10_000) => {
  const frames = createFrameReader(most);
  return { texts: chunks.flatMap((chunk) => texts(frames.push(chunk))), dropped: frames.dropped(), isOpen: frames.isOpen() };
};

describe('frames', () => {
  test('are found wherever the stream is cut', () => {
    const stream = Buffer.concat([
      Buffer.from('junk\r\n'),
      framed(Buffer.from('MSH|one')),
      framed(Buffer.from('MSH|\x1ctwo'.replace('\x1c', ''))),
      Buffer.from('\r\n'),
      framed(Buffer.from('é')),
    ]);
    const random = createRandom(5);
    for (let round = 0; round < 200; round += 1) {
      const chunks: Buffer[] = [];
      for (let at = 0; at < stream.length; ) {
        const length = random.int(1, 9);
        chunks.push(stream.subarray(at, at + length));
        at += length;
      }
      expect(read(chunks)).toEqual({ texts: ['MSH|one', 'MSH|two', 'é'], dropped: 4, isOpen: false });
    }
  });

  test('end at their FS although no CR follows, and are cut off where another begins', () => {
    expect(read([Buffer.from('\x0bone\x1c\x0btwo\x0bthree\x1c\r\x0bfour')])).toEqual({
      texts: ['one', 'cutOff 3', 'three'],
      dropped: 0,
      isOpen: true,
    });
  });

  test('that are too long are given up, and the next one is read', () => {
    const stream = Buffer.from(`\x0b${'x'.repeat(9_000)}\x1c\r\x0bshort\x1c\r`);
    expect(read([stream.subarray(0, 4_000), stream.subarray(4_000)], 5_000).texts).toEqual(['tooLong 2048', 'short']);
  });

  test('that are empty are messages too: each wants an answer', () => {
    expect(read([Buffer.from('\x0b\x1c\r')]).texts).toEqual(['']);
  });
});
