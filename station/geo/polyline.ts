import type { Position } from '#domain/model/values.ts';

/**
 * The positions of a line in the encoded polyline format with so many decimal digits: differences, zigzag, five bits a
 * character. Throws RangeError for a text that ends within a number.
 */
export const readPolyline = (text: string, digits: number): Position[] => {
  const path: Position[] = [];
  let at = 0;
  const number = (): number => {
    let bits = 0;
    for (let shift = 0; ; shift += 5) {
      if (at >= text.length) throw new RangeError('The line ends within a number.');
      const part = text.charCodeAt(at++) - 63;
      bits += (part & 31) * 2 ** shift;
      if (part < 32) return bits % 2 === 1 ? -(bits + 1) / 2 : bits / 2;
    }
  };
  let [lat, lon] = [0, 0];
  while (at < text.length) {
    lat += number();
    lon += number();
    path.push([lon / 10 ** digits, lat / 10 ** digits]);
  }
  return path;
};
