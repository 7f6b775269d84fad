import { layoutOf } from '../area-grid.tsx';
import { areaSizesOf } from '../area-sizes.ts';
import { type Ground, groundWith, type Plan } from './plan.ts';

/** The board as it would be on this screen, a box for each bed, by the same layout that draws the board. */
export const PlanPreview = ({
  plan,
  ground,
  width,
}: {
  readonly plan: Plan;
  readonly ground: Ground;
  readonly width: number;
}) => {
  const { areas, beds } = groundWith(plan, ground);
  const layout = layoutOf(areaSizesOf(areas, beds), width, window.innerHeight);
  if (!layout) return null;
  const labels = new Map(beds.map(({ id, label }) => [id, label]));
  const names = new Map(areas.map(({ id, name }) => [id, name]));
  const own = new Set(plan.beds.map(({ key }) => key));
  return (
    <div className="preview" style={{ gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))` }}>
      {layout.areas.map(({ id, column, span, line }) => (
        <span key={id} className="preview__area" style={{ gridColumn: `${column + 1} / span ${span}`, gridRow: line + 1 }}>
          {names.get(id) || '–'}
        </span>
      ))}
      {layout.beds.map(({ bedId, column, line }) => (
        <span
          key={bedId}
          className={own.has(bedId) ? 'preview__bed is-own' : 'preview__bed'}
          style={{ gridColumn: column + 1, gridRow: line + 1 }}
        >
          {labels.get(bedId)}
        </span>
      ))}
    </div>
  );
};
