import { memo } from 'react';
import { alarmIconOf, isUnanswered } from '../../ui/alarm-row.tsx';
import { AcuityBadge, NewsBadge } from '../../ui/badge.tsx';
import { StayBar } from '../../ui/clock.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { WallDetail } from './layout.ts';
import { words } from './strings.ts';
import { type WallMark, type WallTile, wallMarks } from './tile.ts';

/** A text of `letters` characters is made smaller to stand in `room` letters of width: it is never cut. */
export const Shrunk = ({
  text,
  room,
  className,
}: {
  readonly text: string;
  readonly room: number;
  readonly className?: string;
}) => {
  const width = [...text].length * 0.62;
  return (
    <span
      className={className === undefined ? 'wall__shrunk' : `wall__shrunk ${className}`}
      style={{ fontSize: `${Math.min(1, Math.max(0.3, room / Math.max(width, 0.1))).toFixed(2)}em` }}
    >
      {text}
    </span>
  );
};

const AlarmMark = ({ tile }: { readonly tile: WallTile }) =>
  tile.slotPriority === null || tile.slotState === null ? null : (
    <span className={`mark mark--${tile.slotPriority} ${isUnanswered({ state: tile.slotState }) ? 'unack' : 'ack'}`}>
      <Icon name={alarmIconOf({ priority: tile.slotPriority, state: tile.slotState })} />
    </span>
  );

/** Letters of width of a sign, and of the badge at the end of the first line. */
const sign = 0.84;

/** Whether an alarm's words have a line of their own: always where there is one for the stay, else only those of a high one. */
const takesLine = ({ slot, slotPriority }: WallTile, details: readonly WallDetail[]): boolean =>
  slot === 'alarm' && (details.includes('stay') || slotPriority === 'high');
/** Beside a short label the mark of such an alarm stands in the first line: then its words are large enough to be read. */
const isMarkedAbove = (tile: WallTile, details: readonly WallDetail[], room: number): boolean =>
  takesLine(tile, details) && [...tile.label].length * 0.64 + 2 * sign <= room;

const AlarmWords = ({
  tile,
  room: given,
  marked,
}: {
  readonly tile: WallTile;
  readonly room: number;
  /** The mark stands elsewhere. */
  readonly marked: boolean;
}) => {
  const room = given - (marked ? 0 : sign);
  const value = tile.alarmValue.length * 0.64;
  return (
    <>
      {marked ? null : <AlarmMark tile={tile} />}
      {tile.alarmValue === '' ? (
        <Shrunk text={tile.alarmCaption} room={room} />
      ) : (
        <>
          <Shrunk text={tile.alarmCaption} room={Math.max(0.75, room - 0.26 - value)} />
          <i />
          <b>
            <Shrunk text={tile.alarmValue} room={room - 0.9} />
          </b>
        </>
      )}
    </>
  );
};

/** What is to be said besides the alarm, beside the initials. */
const Exception = ({ tile }: { readonly tile: WallTile }) => {
  if (tile.slot === 'stale')
    return (
      <span className="wt__old">
        <Icon name="stale" />
        <small>{tile.age}</small>
      </span>
    );
  if (tile.slot === 'conflict' || tile.slot === 'unsent')
    return <Icon name={tile.slot === 'conflict' ? 'conflict' : 'pending'} />;
  return null;
};
const hasException = ({ slot }: WallTile): boolean => slot === 'stale' || slot === 'conflict' || slot === 'unsent';

const News = ({ tile }: { readonly tile: WallTile }) => (
  <NewsBadge
    total={tile.newsTotal}
    complete={tile.newsComplete}
    trend={tile.slot === 'alarm' ? null : tile.newsTrend}
    old={tile.slot === 'stale'}
  />
);

type Shown = {
  readonly tile: WallTile;
  readonly details: readonly WallDetail[];
  readonly flagLine: boolean;
  readonly room: number;
};

const marksOf = ({ marks }: WallTile): readonly WallMark[] => wallMarks.filter((mark) => marks.split(' ').includes(mark));
const Mark = ({ mark }: { readonly mark: WallMark }) => (
  <span className="wt__flag">
    <Icon name={mark} label={words(`mark.${mark}`)} />
  </span>
);

/** A line in the size of captions. */
const Small = ({ text, room }: { readonly text: string; readonly room: number }) => (
  <span className="wt__small">
    <Shrunk text={text} room={room / 0.64} />
  </span>
);

/** Letters that the NEWS2 takes: figures, the sign before an incomplete one, its box, its arrow. */
const newsWidth = ({
  newsTotal,
  newsComplete,
  newsTrend,
  slot,
}: Pick<WallTile, 'newsTotal' | 'newsComplete' | 'newsTrend' | 'slot'>): number =>
  (String(newsTotal ?? '').length * 0.62 + (newsComplete ? 0.3 : 1)) * (slot === 'alarm' && !newsComplete ? 0.7 : 1) +
  (newsTrend !== null && slot !== 'alarm' && newsComplete ? 0.42 : 0);

const Occupied = ({ tile: given, details, flagLine, room }: Shown) => {
  const hasStay = details.includes('stay');
  const alarms = given.slot === 'alarm';
  const marks = marksOf(given);
  // Without a line of their own the first stands beside the initials, in place of the trend: an alarm and what is old take both.
  const [beside] = flagLine || alarms || (hasException(given) && !details.includes('stay')) ? [] : marks;
  const tile = beside === undefined ? given : { ...given, newsTrend: null };
  const own = takesLine(tile, details);
  const marked = isMarkedAbove(tile, details, room);
  const besides = alarms && !own;
  const taken =
    (besides ? sign : 0) +
    (beside === undefined ? 0 : sign) +
    (hasException(tile) && !hasStay ? 1.75 : tile.newsTotal === null ? 0 : newsWidth(tile));
  const who = (
    <span className="wt__line">
      {besides ? <AlarmMark tile={tile} /> : null}
      <Shrunk text={tile.who} room={room - taken} />
      {beside === undefined ? null : <Mark mark={beside} />}
      <i />
      {hasException(tile) && !hasStay ? (
        <Exception tile={tile} />
      ) : tile.away !== '' && !alarms && !hasStay ? (
        <Icon name="out" label={words('away')} />
      ) : tile.newsTotal === null ? null : (
        <News tile={tile} />
      )}
    </span>
  );
  return (
    <>
      {own && !hasStay ? (
        <span className="wt__line">
          <AlarmWords tile={tile} room={room} marked={marked} />
        </span>
      ) : (
        who
      )}
      {!hasStay ? null : own ? (
        <span className="wt__line">
          <AlarmWords tile={tile} room={room} marked={marked} />
        </span>
      ) : tile.away !== '' && !hasException(tile) ? (
        // Where the patient is not, how long they have been here says less than how long they have been out.
        <span className="wt__line wt__stay">
          <Icon name="out" label={words('away')} />
          <Shrunk text={tile.away} room={room - sign} />
        </span>
      ) : (
        <span className="wt__line wt__stay">
          <Shrunk text={tile.stayText} room={room - (hasException(tile) ? 1.75 : 0.45)} />
          <small>{tile.stayUnit}</small>
          <i />
          {hasException(tile) ? <Exception tile={tile} /> : null}
        </span>
      )}
      {flagLine && marks.length > 0 ? (
        <span className="wt__line">
          {marks.slice(0, Math.max(1, Math.floor(room / sign))).map((mark) => (
            <Mark key={mark} mark={mark} />
          ))}
        </span>
      ) : null}
      {details.includes('complaint') ? <Small text={tile.complaint} room={room} /> : null}
      {details.includes('staff') ? <Small text={tile.staff} room={room} /> : null}
    </>
  );
};

const Empty = ({ tile, details, room }: Shown) => (
  <>
    <span className="wt__line wt__state">
      <Shrunk
        text={tile.who}
        room={Math.min(room, 0.62 * [...tile.who].length)}
        className={/\d/.test(tile.who) ? '' : 'wt__word'}
      />
    </span>
    {details.includes('stay') ? <Small text={tile.note} room={room} /> : null}
  </>
);

const classOf = ({ tile }: Shown): string =>
  [
    'wt',
    tile.status === 'occupied' ? `wt--a${tile.acuity ?? 'x'}` : `wt--empty wt--${tile.status}`,
    tile.slot === 'alarm'
      ? `wt--${tile.slotPriority} ${tile.slotState !== null && isUnanswered({ state: tile.slotState }) ? 'is-open' : 'is-answered'}`
      : tile.slot === 'none'
        ? ''
        : `wt--${tile.slot}`,
  ]
    .filter((name) => name !== '')
    .join(' ');

const View = (shown: Shown & { readonly column: number; readonly line: number }) => {
  const { tile, details, room, column, line } = shown;
  const occupied = tile.status === 'occupied';
  const bare = !details.includes('initials');
  const marked = isMarkedAbove(tile, details, room);
  return (
    <div className={classOf(shown)} data-bed={tile.label} style={{ gridColumn: column + 1, gridRow: line + 1 }}>
      <span className="wt__line wt__head">
        {(bare && tile.slot !== 'none') || marked ? (
          <Shrunk text={tile.label} room={room - 1.8} className="wt__label" />
        ) : (
          <span className="wt__label">{tile.label}</span>
        )}
        <i />
        {(bare && tile.slot === 'alarm') || marked ? <AlarmMark tile={tile} /> : null}
        {bare && occupied && hasException(tile) ? (
          <Icon name={tile.slot === 'stale' ? 'stale' : tile.slot === 'conflict' ? 'conflict' : 'pending'} />
        ) : null}
        {occupied ? <AcuityBadge acuity={tile.acuity} /> : <Icon name={tile.status} />}
      </span>
      {bare ? null : occupied ? <Occupied {...shown} /> : <Empty {...shown} />}
      {occupied ? <StayBar elapsed={tile.stayMs} target={tile.stayTargetMs} /> : null}
      {tile.progress === null ? null : (
        <span className="bar">
          <i style={{ width: `${tile.progress * 100}%` }} />
        </span>
      )}
    </div>
  );
};

const same = (before: Parameters<typeof View>[0], after: Parameters<typeof View>[0]): boolean =>
  before.column === after.column &&
  before.line === after.line &&
  before.room === after.room &&
  before.details === after.details &&
  before.flagLine === after.flagLine &&
  Object.entries(before.tile).every(([name, value]) => (after.tile as Readonly<Record<string, unknown>>)[name] === value);

/** One bed of the wall; drawn again only when what it shows has changed. `room`: letters of width that a line has. */
export const WallTileView = memo(View, same);
