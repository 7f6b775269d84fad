import { memo } from 'react';
import type { Id } from '#domain/model/values.ts';
import { alarmIconOf, isUnanswered } from '../../ui/alarm-row.tsx';
import { AcuityBadge, Chip, NewsBadge } from '../../ui/badge.tsx';
import { StayBar } from '../../ui/clock.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { t } from '../../ui/translate.ts';
import { fittingFlags, isIsolation } from './fitting-flags.ts';
import { b } from './strings.ts';
import type { BedTile, TileLine } from './tile.ts';

/** What may be done to a tile; one stable object for all of them. */
export type TileGestures = {
  readonly choose: (bedId: Id) => void;
};

/** What is left of a tile's width for its lines, pixels: less rail, padding and edge. */
const besideLines = 20;

const Flags = ({ flags, text, room }: { readonly flags: string; readonly text: string; readonly room: number }) => {
  const { shown, more } = fittingFlags(flags, room);
  return (
    <span className="bed__flags" {...(text === '' ? {} : { title: text })}>
      {shown.map((code) => (
        <Chip key={code} text={code} tone={isIsolation(code) ? 'strong' : 'plain'} />
      ))}
      {more > 0 ? <Chip text={`+${more}`} /> : null}
    </span>
  );
};

/** Whether the clock of the observations stands in the empty slot: beside a next step it would cut its words. */
const isObservedBelow = ({ observing, second, slot }: BedTile): boolean =>
  observing !== 'quiet' && second === 'next' && slot === 'none';

/** The clock of the next observations: quiet until it is near; `brief` is its sign alone. */
const Observe = ({ tile, brief = false }: { readonly tile: BedTile; readonly brief?: boolean }) =>
  tile.observing === 'quiet' ? null : (
    <span
      className={tile.observing === 'over' ? 'bed__observe bed__observe--over' : 'bed__observe'}
      title={b(tile.observing === 'over' ? 'observeOver' : 'observeSoon', { span: tile.observeText })}
    >
      <Icon name="observe" size={12} />
      {brief ? null : tile.observing === 'over' ? `+${tile.observeText}` : tile.observeText}
    </span>
  );

const Slot = ({ tile }: { readonly tile: BedTile }) => {
  if (tile.slot === 'none') {
    return isObservedBelow(tile) ? (
      <span className="slot">
        <Observe tile={tile} />
      </span>
    ) : (
      <span className="slot slot--none">–</span>
    );
  }
  if (tile.slot === 'alarm' && tile.slotPriority !== null && tile.slotState !== null) {
    const unanswered = isUnanswered({ state: tile.slotState });
    return (
      <span className={`slot slot--${tile.slotPriority} ${unanswered ? 'unack' : 'ack'}`}>
        <Icon name={alarmIconOf({ priority: tile.slotPriority, state: tile.slotState })} size={12} />
        <span className="slot__text" title={tile.slotText}>
          {tile.slotText}
        </span>
        <span className="sp">
          {tile.slotConflict ? <Icon name="conflict" size={14} label={t('beds.slot.conflict')} /> : tile.slotAge}
        </span>
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

/** An arrow and, on average, a letter of these lines, pixels: the arrow gives way where the words would be cut. */
const besideArrow = { width: 15, letter: 6.2 };
const lineIcons: Readonly<Partial<Record<TileLine, IconName>>> = {
  away: 'out',
  awayOver: 'out',
  boards: 'bed',
  boardsOver: 'bed',
};

/** One of the lines under the flags; what the next step waits for stands where its arrow would. */
const Lower = ({
  line,
  text,
  awaits,
  room,
}: {
  readonly line: TileLine;
  readonly text: string;
  readonly awaits: string;
  /** In pixels. */
  readonly room: number;
}) => {
  const icon = lineIcons[line];
  // Words are never cut for a symbol: beside many of them only the first stands.
  const awaited = line === 'next' && awaits !== '' ? (awaits.split(' ').slice(0, text.length > 11 ? 1 : 3) as IconName[]) : [];
  const hasArrow = line === 'next' && awaited.length === 0 && [...text].length * besideArrow.letter + besideArrow.width <= room;
  return (
    <span className={`bed__line bed__line--${line}`} title={text}>
      {icon ? <Icon name={icon} size={12} /> : null}
      {awaited.map((name) => (
        <Icon key={name} name={name} size={12} />
      ))}
      <span className="bed__words">{hasArrow ? `→\u2009${text}` : text}</span>
    </span>
  );
};

/** The top line of every tile: label and, by its shape, what kind of place it is. */
const Label = ({ tile }: { readonly tile: BedTile }) => (
  <>
    <span className={tile.label.length > 3 ? 'bed__label bed__label--long' : 'bed__label'}>{tile.label}</span>
    {tile.space === 'bed' ? null : <Icon name={tile.space} size={12} label={b(`space.${tile.space}`)} />}
  </>
);

const Occupied = ({ tile, width }: { readonly tile: BedTile; readonly width: number }) => (
  <>
    <span className="bed__top">
      <Label tile={tile} />
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
    <Flags flags={tile.flags} text={tile.flagText} room={width - besideLines} />
    <Lower line={tile.first} text={tile.firstText} awaits={tile.awaits} room={width - besideLines} />
    <span className="bed__last">
      <Lower
        line={tile.second}
        // A clock that needs somebody stands before the name of the doctor.
        text={tile.second === 'staff' && tile.observing !== 'quiet' ? (tile.secondText.split(' · ')[0] ?? '') : tile.secondText}
        awaits={tile.awaits}
        room={width - besideLines}
      />
      {isObservedBelow(tile) ? null : <Observe tile={tile} brief={tile.second === 'next'} />}
    </span>
  </>
);

const Unoccupied = ({ tile }: { readonly tile: BedTile }) => (
  <>
    <span className="bed__top">
      <Label tile={tile} />
      {tile.single ? <Icon name="single" size={12} label={b('single')} /> : null}
      {tile.turnaroundOver === '' ? null : (
        <span className="clock clock--over bed__turnaround" title={b('turnaround', { span: tile.turnaroundOver })}>
          +{tile.turnaroundOver}
        </span>
      )}
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
    {tile.turnaround === '' ? null : <span className="txt bed__empty-for">{b('emptyFor', { span: tile.turnaround })}</span>}
    {tile.progress === null ? null : (
      <span className="bar bed__progress">
        <i style={{ width: `${tile.progress * 100}%` }} />
      </span>
    )}
  </>
);

type Props = {
  readonly tile: BedTile;
  readonly column: number;
  readonly line: number;
  /** Of the tile, in pixels. */
  readonly width: number;
  readonly selected: boolean;
  /** A patient waits to be put somewhere and can be put here. */
  readonly open: boolean;
  /** Who lies there and can be dragged to another bed. */
  readonly occupant: Id | null;
  /** Somebody is dragged over it. */
  readonly over: boolean;
  /** The filter hides it: its label stays, so that nothing moves. */
  readonly hidden: boolean;
  readonly gestures: TileGestures;
};

const classOf = ({ tile, selected, open, over, hidden }: Props): string =>
  [
    'bed',
    tile.status === 'occupied' ? `bed--a${tile.acuity ?? 'x'}` : `bed--empty bed--${tile.status}`,
    tile.slot === 'alarm'
      ? `bed--alarm-${tile.slotPriority}${tile.slotState !== null && isUnanswered({ state: tile.slotState }) ? '' : ' ack'}`
      : '',
    tile.status === 'occupied' && (tile.first === 'away' || tile.first === 'awayOver') ? 'bed--away' : '',
    tile.space === 'bed' ? '' : `bed--${tile.space}`,
    tile.slot === 'conflict'
      ? 'bed--conflict'
      : tile.slot === 'unsent'
        ? 'bed--pending'
        : tile.slot === 'stale'
          ? 'bed--stale'
          : '',
    selected ? 'is-selected' : '',
    open ? 'is-open' : '',
    over ? 'is-over' : '',
    hidden ? 'is-hidden' : '',
  ]
    .filter((name) => name !== '')
    .join(' ');

const spoken = (tile: BedTile): string =>
  [
    tile.label,
    t(`beds.status.${tile.status}`),
    tile.name,
    tile.acuity === null ? '' : t('acuity.level', { level: tile.acuity }),
    tile.flagText.replaceAll('\n', ', '),
    tile.first === 'away' || tile.first === 'awayOver' ? `${b('away')}: ${tile.firstText}` : tile.firstText,
    tile.awaits === ''
      ? ''
      : `${b('waitsFor')} ${tile.awaits
          .split(' ')
          .map((thing) => b(`await.${thing}` as 'await.bed'))
          .join(', ')}`,
    tile.observing === 'over' ? b('observeOver', { span: tile.observeText }) : '',
    tile.slot === 'none' ? '' : `${tile.slotText} ${tile.slotAge}`,
    tile.slotConflict ? t('beds.slot.conflict') : '',
  ]
    .filter((part) => part !== '')
    .join(', ');

/** One bed of the board. Drawn again only when something on it changed: a tile that shows the same is the same object. */
export const TileView = memo((props: Props) => {
  const { tile, gestures, occupant } = props;
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
      data-moves={occupant === null ? undefined : `visit ${occupant}`}
      onClick={() => gestures.choose(tile.bedId)}
    >
      <span className="bed__in">
        {tile.status === 'occupied' ? <Occupied tile={tile} width={props.width} /> : <Unoccupied tile={tile} />}
      </span>
      <Slot tile={tile} />
    </button>
  );
});
