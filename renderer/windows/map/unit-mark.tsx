import { ringStrokes, type UnitSymbol, unitGlyphs, unitShapes } from './symbols/unit-symbol.ts';

/** A unit's symbol as the map draws it, for lists and the legend. `size` in pixels; 44 units wide with its ring, 28 without. */
export const UnitMark = ({ symbol, size = 28 }: { readonly symbol: UnitSymbol; readonly size?: number }) => {
  const strokes = ringStrokes[symbol.ring];
  const half = strokes.length > 0 ? 22 : 14;
  const glyph = unitGlyphs[symbol.shape];
  return (
    <svg
      className={`unit-mark unit-mark--${symbol.tone} unit-mark--${symbol.solidity}`}
      width={size}
      height={size}
      viewBox={`${-half} ${-half} ${half * 2} ${half * 2}`}
      aria-hidden="true"
    >
      {strokes.map(({ path, width, dash }) => (
        <path key={path} className="unit-mark__ring" d={path} strokeWidth={width} strokeDasharray={dash.join(' ')} />
      ))}
      <path className="unit-mark__body" d={unitShapes[symbol.shape]} />
      {symbol.solidity === 'lost' ? (
        <text className="unit-mark__asks">?</text>
      ) : glyph ? (
        <path className="unit-mark__glyph" d={glyph} />
      ) : null}
    </svg>
  );
};
