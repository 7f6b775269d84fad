import { memo, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { Area } from '#domain/model/area.ts';
import type { Id } from '#domain/model/values.ts';
import { news2From } from '#domain/rules/news2.ts';
import { t } from '../../ui/translate.ts';
import type { AreaSize, BedLayout } from './layout.ts';
import { layoutFor } from './layout.ts';
import type { BedTile } from './tile.ts';
import { type TileGestures, TileView } from './tile-view.tsx';

/** As the tokens `--tile-min`, `--tile-max` and `--tile-height` say, in pixels; gap and heading are those of the grid. */
const tileSize = { min: 112, max: 168, most: 200, gap: 4, height: 186, heading: 22 };
/** What stands over and under the beds at the most, in pixels: banners that come and go do not lay the board out anew. */
const besideBeds = 290;

/** The width of an element, 0 before it stands, and the height of its window: in pixels, followed as they change. */
export const useRoom = (): readonly [element: RefObject<HTMLElement | null>, width: number, windowHeight: number] => {
  const element = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(0);
  const [windowHeight, setWindowHeight] = useState(window.innerHeight);
  useLayoutEffect(() => {
    if (!element.current) return;
    const watch = new ResizeObserver(([entry]) => {
      if (entry) setWidth(entry.contentRect.width);
      setWindowHeight(window.innerHeight);
    });
    watch.observe(element.current);
    setWidth(element.current.clientWidth);
    return () => watch.disconnect();
  }, []);
  return [element, width, windowHeight];
};

/** The layout of these areas for a width, in a window so high; null until the width is known. */
export const layoutOf = (areas: readonly AreaSize[], width: number, windowHeight: number): BedLayout | null =>
  width < tileSize.min ? null : layoutFor(areas, { width, height: windowHeight - besideBeds, tile: tileSize });

const AreaHeading = ({ name, tiles }: { readonly name: string; readonly tiles: readonly BedTile[] }) => {
  const high = tiles.filter((tile) => tile.newsComplete && (tile.newsTotal ?? 0) >= news2From.high).length;
  const over = tiles.filter((tile) => tile.stayUnit === '+').length;
  const detail = [
    high > 0 ? t('beds.areaHigh', { count: high }) : null,
    over > 0 ? t('beds.areaOver', { count: over, hours: Math.round((tiles[0]?.stayTargetMs ?? 0) / 3_600_000) }) : null,
  ].filter((part) => part !== null);
  return (
    <>
      <b>{name}</b>
      <span className="t2">
        {t('beds.area', { occupied: tiles.filter((tile) => tile.status === 'occupied').length, count: tiles.length })}
      </span>
      <span className="meta">{detail.join(' · ')}</span>
      <i />
    </>
  );
};

const Grid = ({
  areas,
  layout,
  width,
  named,
  tiles,
  selected,
  open,
  occupants,
  over,
  hidden,
  gestures,
}: {
  readonly areas: readonly AreaSize[];
  readonly layout: BedLayout;
  /** Of the whole grid, in pixels. */
  readonly width: number;
  readonly named: ReadonlyMap<Id, { readonly record: Pick<Area, 'name'> }>;
  readonly tiles: ReadonlyMap<Id, BedTile>;
  readonly selected: Id | null;
  /** The beds that can take whoever waits to be put somewhere. */
  readonly open: ReadonlySet<Id>;
  /** The encounter in each occupied bed: those tiles can be dragged to another bed. */
  readonly occupants: ReadonlyMap<Id, Id>;
  /** The bed over which somebody is dragged. */
  readonly over: Id | null;
  /** The beds that the filter hides. */
  readonly hidden: ReadonlySet<Id>;
  readonly gestures: TileGestures;
}) => {
  const tileWidth = Math.floor((width - tileSize.gap * (layout.columns - 1)) / layout.columns);
  const bedsOf = new Map(areas.map((area) => [area.id, area.bedIds]));
  return (
    <div
      className="areas__grid"
      style={{
        gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
        gridTemplateRows: layout.lines
          .map((line) => (line === 'heading' ? 'var(--heading)' : 'minmax(var(--tile-height), var(--tile-height-max))'))
          .join(' '),
      }}
    >
      {layout.areas.map((area) => (
        <h2
          key={area.id}
          className="area__h"
          style={{ gridColumn: `${area.column + 1} / span ${area.span}`, gridRow: area.line + 1 }}
        >
          <AreaHeading
            name={named.get(area.id)?.record.name ?? '–'}
            tiles={(bedsOf.get(area.id) ?? []).flatMap((bedId) => tiles.get(bedId) ?? [])}
          />
        </h2>
      ))}
      {layout.beds.map(({ bedId, column, line }) => {
        const tile = tiles.get(bedId);
        return tile ? (
          <TileView
            key={bedId}
            tile={tile}
            column={column}
            line={line}
            width={tileWidth}
            selected={bedId === selected}
            open={open.has(bedId)}
            occupant={occupants.get(bedId) ?? null}
            over={bedId === over}
            hidden={hidden.has(bedId)}
            gestures={gestures}
          />
        ) : null;
      })}
    </div>
  );
};

/** Every area with its beds, each tile where the layout put it. */
export const AreaGrid = memo(Grid);
