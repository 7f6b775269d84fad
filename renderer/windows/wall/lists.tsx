import type { ReactNode } from 'react';
import type { Instant } from '#domain/model/values.ts';
import { alarmIconOf, alarmShort, isUnanswered, whoHas } from '../../ui/alarm-row.tsx';
import { AcuityBadge } from '../../ui/badge.tsx';
import { Clock, Duration } from '../../ui/clock.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { InboundRow } from '../../ui/inbound/rows.ts';
import { i } from '../../ui/inbound/strings.ts';
import type { AlarmLine, WaitingLine } from './scene.ts';
import { words } from './strings.ts';

const List = ({
  caption,
  count,
  detail,
  hidden,
  children,
}: {
  readonly caption: string;
  readonly count: number | null;
  readonly detail: string;
  /** Lines there is no room for. */
  readonly hidden: number;
  readonly children: ReactNode;
}) => (
  <section className="wl">
    <h2>
      <span>
        {caption} <b>{count ?? '–'}</b>
      </span>
      {detail === '' ? null : <span className="wl__detail">{detail}</span>}
      <i />
      {hidden > 0 ? <span>{words('more', { count: hidden })}</span> : null}
    </h2>
    {children}
  </section>
);

/** From this size on a word is made smaller to stand in its line; before it would be smaller still, it is left out. */
const leastShrunk = 0.6;
/**
 * The first of a line is always seen; what follows it becomes smaller or gives way to its `shorter` form, and is left out whole where
 * there is no room for that either: never cut.
 */
const Main = ({
  first,
  rest,
  shorter = '',
  room,
}: {
  readonly first: string;
  readonly rest: string;
  readonly shorter?: string;
  readonly room: number;
}) => {
  const left = room - [...first].length * 0.64 - 0.35;
  const shareOf = (text: string): number => left / Math.max(0.1, [...text].length * 0.58);
  const shown = [rest, shorter].find((text) => text !== '' && shareOf(text) >= leastShrunk);
  return (
    <span className="wl__main">
      <b>{first}</b>
      {shown === undefined ? null : <span style={{ fontSize: `${Math.min(1, shareOf(shown)).toFixed(2)}em` }}>{shown}</span>}
    </span>
  );
};

const hiddenOf = (count: number, rows: number): number => Math.max(0, count - rows);

/** Who is on the way; null where it is not known, with since when. */
export const InboundList = ({
  rows,
  shown,
  room,
  unknown,
}: {
  readonly rows: readonly InboundRow[] | null;
  readonly shown: number;
  /** Letters of width that a line has. */
  readonly room: number;
  readonly unknown: string;
}) => (
  <List caption={words('inbound')} count={rows?.length ?? null} detail="" hidden={hiddenOf(rows?.length ?? 0, shown)}>
    {rows === null ? <p className="wl__said">{unknown}</p> : null}
    {rows?.length === 0 ? <p className="wl__said t2">{words('noInbound')}</p> : null}
    {rows?.slice(0, shown).map(({ inbound, eta }) => (
      <p key={inbound.assignment.id}>
        <AcuityBadge acuity={inbound.incident?.priority ?? null} />
        {inbound.assignment.prealert?.urgency === 'red' ? <Icon name="warning" label={i('red')} /> : null}
        <Main
          first={inbound.unit.callsign}
          rest={inbound.incident?.category ?? ''}
          room={room - 5 - (inbound.assignment.prealert?.urgency === 'red' ? 1 : 0)}
        />
        <span className={eta.state !== 'unknown' && eta.asOf !== null ? 'wl__clock fresh-late' : 'wl__clock'}>
          {eta.state === 'unknown' ? '–' : eta.state === 'due' ? i('due') : <Duration milliseconds={eta.spanMs} />}
        </span>
      </p>
    ))}
  </List>
);

/** Who waits for a bed, those over their target first; null where it is not known. */
export const WaitingList = ({
  lines,
  shown,
  room,
  unknown,
  complaints,
}: {
  readonly lines: readonly WaitingLine[] | null;
  readonly shown: number;
  /** Letters of width that a line has. */
  readonly room: number;
  readonly unknown: string;
  /** Whether this desk holds complaints. */
  readonly complaints: boolean;
}) => {
  const over = lines?.filter(({ wait }) => wait.state === 'over').length ?? 0;
  return (
    <List
      caption={words('waiting')}
      count={lines?.length ?? null}
      detail={over > 0 ? words('overTarget', { count: over }) : ''}
      hidden={hiddenOf(lines?.length ?? 0, shown)}
    >
      {lines === null ? <p className="wl__said">{unknown}</p> : null}
      {lines?.length === 0 ? <p className="wl__said t2">{words('nobodyWaits')}</p> : null}
      {lines?.slice(0, shown).map(({ encounter, initials, wait }) => (
        <p key={encounter.id}>
          <AcuityBadge acuity={encounter.acuity} />
          <Main first={initials} rest={complaints ? (encounter.complaint ?? '') : ''} room={room - 5.8} />
          <span className="wl__clock">
            <Clock elapsed={wait.waitedMs} target={wait.targetMs} />
          </span>
        </p>
      ))}
    </List>
  );
};

/** The alarms that stand; null where none reach this display, which is not the same as none. `monitors` says how many report. */
export const AlarmList = ({
  lines,
  unanswered,
  shown,
  room,
  now,
  monitors,
}: {
  readonly lines: readonly AlarmLine[] | null;
  readonly unanswered: number;
  readonly shown: number;
  /** Letters of width that a line has. */
  readonly room: number;
  readonly now: Instant;
  readonly monitors: string;
}) => (
  <List
    caption={words('alarms')}
    count={lines === null ? null : unanswered}
    detail={lines === null ? '' : monitors}
    hidden={hiddenOf(lines?.length ?? 0, shown)}
  >
    {lines === null ? (
      <p className="wl__said wl__cut">
        {words('alarmsCut')} {words('watch')}
      </p>
    ) : null}
    {lines?.length === 0 ? <p className="wl__said t2">{words('noAlarms')}</p> : null}
    {lines?.slice(0, shown).map(({ alarm, place }) => {
      const open = isUnanswered(alarm);
      return (
        <p key={alarm.id} className={`wl__alarm wl__alarm--${alarm.priority} ${open ? 'is-open' : 'is-answered'}`}>
          <span className={`mark mark--${alarm.priority} ${open ? 'unack' : 'ack'}`}>
            <Icon name={alarmIconOf(alarm)} />
          </span>
          <Main
            first={place}
            rest={[alarmShort(alarm), open || alarm.acknowledgedBy === null ? '' : `· ${whoHas(alarm)}`].join(' ').trim()}
            shorter={alarmShort(alarm)}
            room={room - 4.8}
          />
          <span className="wl__clock">
            <Duration milliseconds={now - alarm.onsetAt} />
          </span>
        </p>
      );
    })}
  </List>
);
