import { useRef, useState } from 'react';
import type { Cell } from '../free-layout.ts';
import { groundWidth, type Plan, placesOf } from './plan.ts';
import { a } from './strings.ts';

const cellAt = (x: number, y: number): Cell | null => {
  const said = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-cell]')?.dataset['cell']?.split(' ').map(Number);
  return said?.[0] === undefined || said[1] === undefined ? null : { column: said[0], line: said[1] };
};

/** The ground of an area: a button for each bed, chosen by a press and dragged by mouse or finger. */
export const PlanGround = ({
  plan,
  chosen,
  onChoose,
  onPut,
}: {
  readonly plan: Plan;
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
  /** Dropped on a cell; in an area in order, on the place of that number. */
  readonly onPut: (key: string, cell: Cell, index: number) => void;
}) => {
  const [dragged, setDragged] = useState<{ readonly key: string; readonly over: Cell | null } | null>(null);
  const moved = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const isFree = plan.area.layout === 'free';
  const columns = isFree ? groundWidth(plan) : 8;
  const { cells } = placesOf(plan);
  const cellOf = (key: string, index: number): Cell =>
    (isFree ? cells.get(key) : undefined) ?? { column: index % columns, line: Math.floor(index / columns) };
  const shown = plan.beds.filter((bed) => !isFree || !bed.retired);
  const lines = Math.max(isFree ? 3 : 1, ...shown.map(({ key }, index) => cellOf(key, index).line + (isFree ? 2 : 1)));
  const isOver = (column: number, line: number): boolean => dragged?.over?.column === column && dragged.over.line === line;
  return (
    <div className="ground" style={{ gridTemplateColumns: `repeat(${columns}, minmax(52px, 1fr))` }}>
      {Array.from({ length: columns * lines }, (_, index) => {
        const [column, line] = [index % columns, Math.floor(index / columns)];
        return (
          <span
            key={`${column} ${line}`}
            className={isOver(column, line) ? 'ground__cell is-over' : 'ground__cell'}
            data-cell={`${column} ${line}`}
            style={{ gridColumn: column + 1, gridRow: line + 1 }}
          />
        );
      })}
      {shown.map((bed, index) => {
        const { column, line } = cellOf(bed.key, index);
        const isDragged = dragged?.key === bed.key && dragged.over !== null;
        return (
          <button
            key={bed.key}
            type="button"
            className={`ground__bed ground__bed--${bed.space}${bed.key === chosen ? ' is-chosen' : ''}${bed.retired ? ' is-retired' : ''}${isDragged ? ' is-dragged' : ''}`}
            data-cell={`${column} ${line}`}
            data-plan-bed={bed.key}
            data-key-through="true"
            aria-pressed={bed.key === chosen}
            style={{ gridColumn: column + 1, gridRow: line + 1 }}
            onClick={() => onChoose(bed.key)}
            onFocus={() => onChoose(bed.key)}
            onPointerDown={(event) => {
              if (event.button !== 0) return;
              event.currentTarget.setPointerCapture(event.pointerId);
              moved.current = { x: event.clientX, y: event.clientY };
            }}
            onPointerMove={(event) => {
              const from = moved.current;
              if (!from || Math.hypot(event.clientX - from.x, event.clientY - from.y) < 6) return;
              setDragged({ key: bed.key, over: cellAt(event.clientX, event.clientY) });
            }}
            onPointerUp={() => {
              moved.current = null;
              if (dragged?.over) {
                // A finger gives no focus: the keys go on with the bed that was dragged.
                onChoose(bed.key);
                onPut(bed.key, dragged.over, dragged.over.line * columns + dragged.over.column);
              }
              setDragged(null);
            }}
            onPointerCancel={() => {
              moved.current = null;
              setDragged(null);
            }}
          >
            <b>{bed.label || '–'}</b>
            <span>{a(`space.${bed.space}`)}</span>
          </button>
        );
      })}
    </div>
  );
};
