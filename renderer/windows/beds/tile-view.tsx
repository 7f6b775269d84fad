import { type DragEvent, memo } from 'react';
import type { Id } from '#domain/model/values.ts';
import { alarmIconOf, isUnanswered } from '../../ui/alarm-row.tsx';
import { AcuityBadge, Chip, NewsBadge } from '../../ui/badge.tsx';
import { StayBar } from '../../ui/clock.tsx';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/translate.ts';
import { type BedTile, fittingFlags } from './tile.ts';

/** What may be done to a tile; one stable object for all of them. */
export type TileGestures = {
  readonly choose: (bedId: Id) => void;
  readonly drop: (bedId: Id, encounterId: Id) => void;
};

export const draggedEncounter = 'application/x-vigil-encounter';

/** What is left of a tile's width for its lines, pixels: less rail, padding and edge. */
const besideLines = 20;

const Flags = ({ flags, room }: { readonly flags: string; readonly room: number }) => {
  const { shown, more } = fittingFlags(flags, room);
  return (
    <span className="bed__flags" {...(more > 0 ? { title: flags } : {})}>
      {shown.map((code) => (
        <Chip key={code} text={code} tone={code === 'ISO' ? 'strong' : 'plain'} />
      ))}
      {more > 0 ? <Chip text={`+${more}`} /> : null}
    </span>
  );
};

const Slot = ({ tile }: { readonly tile: BedTile }) => {
  if (tile.slot === 'none') return <span className="slot slot--none">–</span>;
  if (tile.slot === 'alarm' && tile.slotPriority !== null && tile.slotState !== null) {
    const unanswered = isUnanswered({ state: tile.slotState });
    return (
      <span className={`slot slot--${tile.slotPriority} ${unanswered ? 'unack' : 'ack'}`}>
        <Icon name={alarmIconOf({ priority: tile.slotPriority, state: tile.slotState })} size={12} />
        <span className="slot__text">{tile.slotText}</span>
        <span className="sp">{tile.slotAge}</span>
      </span>
    );
  }
  const shape = tile.slot === 'conflict' ? 'conflict' : tile.slot === 'unsent' ? 'pending' : 'stale';
  return (
    <span className={`slot slot--${shape}`}>
      <Icon name={shape} size={12} />
      <span className="slot__text">{tile.slotText}</span>
      <span className="sp">{tile.slotAge}</span>
    </span>
  );
};

const Occupied = ({ tile, width }: { readonly tile: BedTile; readonly width: number }) => (
  <>
    <span className="bed__top">
      <span className={tile.label.length > 3 ? 'bed__label bed__label--long' : 'bed__label'}>{tile.label}</span>
      <span className="meta">{tile.ageSex}</span>
      <AcuityBadge acuity={tile.acuity} />
    </span>
    <span className="bed__name" title={tile.name}>
      {tile.name}
    </span>
    <span className="bed__why">{tile.complaint}</span>
    <span className="bed__nums">
      <span className={tile.stayUnit === '+' ? 'bed__los bed__los--over' : 'bed__los'}>
        {tile.stayText}
        {tile.stayUnit === '' ? null : <span className="u">{tile.stayUnit}</span>}
      </span>
      <NewsBadge total={tile.newsTotal} complete={tile.newsComplete} trend={tile.newsTrend} old={tile.slot === 'stale'} />
    </span>
    <StayBar elapsed={tile.stayMs} target={tile.stayTargetMs} />
    <Flags flags={tile.flags} room={width - besideLines} />
    <span className="bed__next">{tile.next === '' ? '' : `→\u2009${tile.next}`}</span>
    <span className="bed__who">{tile.staff}</span>
  </>
);

const Unoccupied = ({ tile }: { readonly tile: BedTile }) => (
  <>
    <span className="bed__top">
      <span className={tile.label.length > 3 ? 'bed__label bed__label--long' : 'bed__label'}>{tile.label}</span>
    </span>
    {tile.status === 'occupied' ? null : (
      <span className="bed__state">
        <Icon name={tile.status} size={20} />
        {t(`beds.status.${tile.status}`)}
      </span>
    )}
    {tile.lines.split('\n').map((line, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity of their own
      <span key={index} className="txt">
        {line}
      </span>
    ))}
    {tile.progress === null ? null : (
      <span className="bar bed__progress">
        <i style={{ width: `${tile.progress * 100}%` }} />
      </span>
    )}
  </>
);

const takesPatient = (tile: BedTile): boolean => tile.status === 'available' || tile.status === 'reserved';

type Props = {
  readonly tile: BedTile;
  readonly column: number;
  readonly line: number;
  /** Of the tile, in pixels. */
  readonly width: number;
  readonly selected: boolean;
  /** A patient waits to be put somewhere: beds that can take one say so. */
  readonly armed: boolean;
  readonly draggable: Id | null;
  readonly gestures: TileGestures;
};

const classOf = ({ tile, selected, armed }: Props): string =>
  [
    'bed',
    tile.status === 'occupied' ? `bed--a${tile.acuity ?? 'x'}` : `bed--empty bed--${tile.status}`,
    tile.slot === 'alarm'
      ? `bed--alarm-${tile.slotPriority}${tile.slotState !== null && isUnanswered({ state: tile.slotState }) ? '' : ' ack'}`
      : '',
    tile.slot === 'conflict'
      ? 'bed--conflict'
      : tile.slot === 'unsent'
        ? 'bed--pending'
        : tile.slot === 'stale'
          ? 'bed--stale'
          : '',
    selected ? 'is-selected' : '',
    armed && takesPatient(tile) ? 'is-open' : '',
  ]
    .filter((name) => name !== '')
    .join(' ');

const spoken = (tile: BedTile): string =>
  [
    tile.label,
    t(`beds.status.${tile.status}`),
    tile.name,
    tile.acuity === null ? '' : t('acuity.level', { level: tile.acuity }),
    tile.slot === 'none' ? '' : `${tile.slotText} ${tile.slotAge}`,
  ]
    .filter((part) => part !== '')
    .join(', ');

const sameTile = (one: BedTile, other: BedTile): boolean =>
  (Object.keys(one) as (keyof BedTile)[]).every((key) => one[key] === other[key]);

/** One bed of the board. Drawn again only when something on it changed. */
export const TileView = memo(
  (props: Props) => {
    const { tile, gestures, draggable } = props;
    const onDragOver = (event: DragEvent): void => {
      if (takesPatient(tile) && event.dataTransfer.types.includes(draggedEncounter)) event.preventDefault();
    };
    return (
      <button
        type="button"
        className={classOf(props)}
        style={{ gridColumn: props.column + 1, gridRow: props.line + 1 }}
        data-bed={tile.label}
        data-bed-id={tile.bedId}
        data-pending={tile.pending}
        data-key-through="true"
        tabIndex={props.selected ? 0 : -1}
        aria-pressed={props.selected}
        aria-label={spoken(tile)}
        draggable={draggable !== null}
        onClick={() => gestures.choose(tile.bedId)}
        onDragStart={(event) => draggable !== null && event.dataTransfer.setData(draggedEncounter, draggable)}
        onDragOver={onDragOver}
        onDrop={(event) => gestures.drop(tile.bedId, event.dataTransfer.getData(draggedEncounter))}
      >
        <span className="bed__in">
          {tile.status === 'occupied' ? <Occupied tile={tile} width={props.width} /> : <Unoccupied tile={tile} />}
        </span>
        <Slot tile={tile} />
      </button>
    );
  },
  (before, after) =>
    sameTile(before.tile, after.tile) &&
    before.column === after.column &&
    before.line === after.line &&
    before.width === after.width &&
    before.selected === after.selected &&
    before.armed === after.armed &&
    before.draggable === after.draggable &&
    before.gestures === after.gestures,
);
