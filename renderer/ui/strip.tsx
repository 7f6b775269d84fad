import type { ReactNode } from 'react';
import { boards, type WindowKind } from '#contracts/ipc/main-window.ts';
import type { Frame } from '#contracts/ipc/station-window.ts';
import { alarmPriorities } from '#domain/model/alarm.ts';
import type { Role } from '#domain/model/grant.ts';
import type { Instant } from '#domain/model/values.ts';
import { useClient, useWindow } from '../state/hooks.ts';
import type { Link } from '../state/link.ts';
import { Icon } from './icon.tsx';
import { clockText, dayText, spanText } from './time.ts';
import { localeNow, t } from './translate.ts';

/** How the link stands; it opens the health of the desk, where the rest is said. */
const LinkState = ({
  link,
  frame,
  now,
  onHealth,
}: {
  readonly link: Link;
  readonly frame: Frame | null;
  readonly now: Instant | null;
  readonly onHealth: () => void;
}) => {
  const block = (state: Link['state'], children: ReactNode): ReactNode => (
    <button type="button" className={`link link--${state}`} onClick={onHealth} title={`${t('board.health')} (F5)`}>
      {children}
    </button>
  );
  const zone = frame?.timeZone ?? null;
  if (!frame && link.state === 'offline' && link.reason === null) {
    return block(
      'late',
      <>
        <Icon name="stale" size={12} />
        {t('shell.connecting')}
      </>,
    );
  }
  if (link.state === 'offline') {
    return block(
      'offline',
      <>
        <Icon name="cut" size={20} />
        <span role="status">
          {link.lastHeardAt === null ? t('shell.offline') : t('shell.offlineSince', { time: clockText(link.lastHeardAt, zone) })}
        </span>
        {link.reason === null ? <span className="strip__link-more">{t('shell.workingLocally')}</span> : null}
      </>,
    );
  }
  if (link.state === 'stale') {
    const age = now === null || link.lastHeardAt === null ? link.silentMs : now - link.lastHeardAt;
    return block(
      'stale',
      <>
        <Icon name="stale" />
        <span role="status">{t('shell.staleIn', { span: spanText(age).replace(/^0(\d:)/, '$1') })}</span>
        <span className="meta strip__link-more">{t('shell.reconnecting')}</span>
      </>,
    );
  }
  const roundTrip = frame?.link.roundTripMs ?? null;
  return block(
    link.state,
    <>
      <Icon name={link.state === 'live' ? 'live' : 'stale'} size={12} />
      {t(link.state === 'live' ? 'shell.live' : 'shell.late')}
      {roundTrip === null ? null : <span className="meta">{t('shell.milliseconds', { count: Math.round(roundTrip) })}</span>}
    </>,
  );
};

const AlarmCounts = ({ frame, link }: { readonly frame: Frame | null; readonly link: Link }) => {
  const alarms = link.state === 'offline' ? null : (frame?.alarms ?? null);
  if (alarms === null) {
    const since = link.state === 'offline' && frame !== null && link.lastHeardAt !== null;
    return (
      <div className="strip__alarms">
        <span className="tally tally--none">
          {since
            ? t('shell.alarmsUnknownSince', { time: clockText(link.lastHeardAt, frame.timeZone) })
            : t('shell.alarmsUnknown')}
        </span>
      </div>
    );
  }
  return (
    <div className="strip__alarms">
      <span className="meta strip__caption">{t('shell.alarms')}</span>
      {alarmPriorities.map((priority) => (
        <span
          key={priority}
          className={alarms[priority] === 0 ? 'tally tally--none' : `tally tally--${priority}`}
          role="img"
          aria-label={`${alarms[priority]} ${t(`priority.${priority}`)}`}
        >
          <Icon name={alarms[priority] === 0 ? `${priority}Hollow` : priority} size={12} />
          {alarms[priority]}
        </span>
      ))}
    </div>
  );
};

const Unsent = ({ frame, onOpen }: { readonly frame: Frame | null; readonly onOpen: () => void }) => {
  const count = frame?.unsent.count ?? null;
  if (count === null || count === 0) {
    return (
      <div className="t2">
        {t('shell.unsent')} <b>{count ?? '–'}</b>
      </div>
    );
  }
  const oldest = frame?.unsent.oldestAgeMs ?? null;
  return (
    <button type="button" className="strip__unsent--some" onClick={onOpen}>
      <Icon name="pending" />
      {t('shell.unsent')} <b>{count}</b>
      {oldest === null ? null : <span className="strip__link-more">{t('shell.oldest', { span: spanText(oldest) })}</span>}
    </button>
  );
};

/** Whose work a board is: of several roles the one that counts here is named. */
const roleOfBoard = {
  map: 'dispatcher',
  beds: 'chargeNurse',
  triage: 'triageNurse',
  alarms: 'chargeNurse',
  wall: 'chargeNurse',
  health: 'chargeNurse',
  shift: 'dispatcher',
} as const satisfies Record<WindowKind, Role>;

/** The top strip: place, link, unsent, alarms, boards, clock, person. */
export const Strip = ({
  board,
  link,
  now,
  onTheme,
  onOutbox,
  onInbox,
  onHealth,
  messages,
}: {
  readonly board: WindowKind;
  readonly link: Link;
  readonly now: Instant | null;
  readonly onTheme: () => void;
  readonly onOutbox: () => void;
  readonly onInbox: () => void;
  readonly onHealth: () => void;
  /** The way to the messages, with how many wait. */
  readonly messages: ReactNode;
}) => {
  const client = useClient();
  const frame = useWindow((state) => state.frame);
  const zone = frame?.timeZone ?? null;
  const shape =
    link.state === 'stale'
      ? ' strip--stale'
      : link.state === 'offline' && (frame || link.reason !== null)
        ? ' strip--offline'
        : '';
  const roles = frame?.person?.roles ?? [];
  const role = roles.includes(roleOfBoard[board]) ? roleOfBoard[board] : roles[0];
  return (
    <header className={`strip${shape}`}>
      <div className="strip__place">
        <b>{frame?.facilityName ?? t('shell.unknownPlace')}</b>
        <span>{t(`board.${board}`)}</span>
      </div>
      <LinkState link={link} frame={frame} now={now} onHealth={onHealth} />
      <Unsent frame={frame} onOpen={onOutbox} />
      {frame && frame.conflicts > 0 ? (
        <button type="button" className="strip__conflicts" onClick={onInbox} title={`${t('inbox.title')} (F7)`}>
          <Icon name="conflict" />
          {t('shell.conflict', { count: frame.conflicts })}
        </button>
      ) : null}
      {messages}
      <AlarmCounts frame={frame} link={link} />
      <div className="strip__spacer" />
      <nav className="strip__tabs" aria-label={t('shell.boards')}>
        {board === 'health' || board === 'shift' ? (
          <button type="button" aria-current="page">
            <kbd>{board === 'health' ? 'F5' : 'F10'}</kbd>
            {t(`board.${board}`)}
          </button>
        ) : null}
        {boards.map((name, index) => (
          <button
            key={name}
            type="button"
            aria-current={name === board ? 'page' : undefined}
            onClick={() => client.showBoard(name)}
          >
            <kbd>F{index + 1}</kbd>
            {t(`board.${name}`)}
          </button>
        ))}
      </nav>
      <div className="strip__clock">
        <span className="meta strip__date">
          {now === null || link.state === 'offline' ? t('shell.thisDesk') : dayText(now, zone, localeNow())}
        </span>
        <time>{clockText(now ?? Date.now(), zone, true)}</time>
      </div>
      <div>
        <b className="m">{frame?.person?.name ?? t('shell.nobody')}</b>
        {role === undefined ? null : <span className="t3 strip__role">{t(`role.${role}`)}</span>}
      </div>
      <button
        type="button"
        className="strip__theme"
        onClick={onTheme}
        aria-label={t('shell.theme')}
        title={`${t('shell.theme')} (F9)`}
      >
        <Icon name="theme" />
      </button>
    </header>
  );
};
