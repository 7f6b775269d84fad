import { nedocsCuts, overcrowdedAbove } from '#domain/rules/nedocs.ts';

/** The drawn scale runs from 0 to 200. */
const scaleEnd = 200;
const cuts = [0, ...nedocsCuts, scaleEnd];

/** Where a score stands among the bands; null marks nowhere. */
export const NedocsScale = ({ value }: { readonly value: number | null }) => (
  <>
    <div className="scale">
      {cuts.slice(1).map((cut, index) => {
        const from = cuts[index] ?? 0;
        const here = value !== null && value > from && (value <= cut || cut === scaleEnd);
        return (
          <i
            key={cut}
            className={here && value > overcrowdedAbove ? 'is-over' : here ? 'is-here' : ''}
            style={{ flexGrow: cut - from }}
          />
        );
      })}
      {value === null ? null : <s style={{ left: `${Math.min(100, Math.max(0, (value / scaleEnd) * 100))}%` }} />}
    </div>
    <div className="scale__cuts">
      {nedocsCuts.map((cut) => (
        <span key={cut} style={{ left: `${(cut / scaleEnd) * 100}%` }}>
          {cut}
        </span>
      ))}
    </div>
  </>
);
