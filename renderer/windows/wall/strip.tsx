import type { ReactNode } from 'react';
import type { Frame } from '#contracts/ipc/station-window.ts';
import { alarmPriorities } from '#domain/model/alarm.ts';
import type { Instant } from '#domain/model/values.ts';
import type { Link } from '../../state/link.ts';
import { Icon } from '../../ui/icon.tsx';
import { clockText, countText, spanText } from '../../ui/time.ts';
import { t } from '../../ui/translate.ts';
import { words } from './strings.ts';

/** What a wall claims about what it shows: `live` and `late` are quiet, the others change its whole frame. */
export type Claim = 'connecting' | 'live' | 'late' | 'stale' | 'offline' | 'loading';

/** The claim that the link and the copy of this display allow. */
export const claimOf = (link: Link, frame: Frame | null): Claim => {
  if (!frame) return link.reason === null ? 'connecting' : 'offline';
  if (link.state === 'offline' || link.state === 'stale') return link.state;
  return frame.copy.state === 'whole' ? link.state : 'loading';
};

const minutesAndSeconds = (milliseconds: number): string => spanText(milliseconds).replace(/^0(\d:)/, '$1');

const ClaimWords = ({ claim, link, frame, now }: Parameters<typeof WallStrip>[0]) => {
  const age = now === null || link.lastHeardAt === null ? null : now - link.lastHeardAt;
  switch (claim) {
    case 'connecting':
      return <>{t('shell.connecting')}</>;
    case 'offline':
      return (
        <>
          <Icon name="cut" />
          {link.lastHeardAt === null
            ? words('offline')
            : words('offlineSince', { time: clockText(link.lastHeardAt, frame?.timeZone ?? null) })}
          {age === null ? null : <span className="ws__age">{spanText(age)}</span>}
        </>
      );
    case 'stale':
      return (
        <>
          <Icon name="stale" />
          {t('shell.staleIn', { span: minutesAndSeconds(age ?? link.silentMs) })}
        </>
      );
    case 'loading':
      return (
        <>
          <Icon name="stale" />
          {frame?.copy.state === 'loading'
            ? words('loading', { loaded: countText(frame.copy.loaded), total: countText(frame.copy.total) })
            : t('shell.connecting')}
        </>
      );
    default:
      return (
        <>
          <Icon name={claim === 'live' ? 'live' : 'stale'} />
          {t(claim === 'live' ? 'shell.live' : 'shell.late')}
        </>
      );
  }
};

const Tallies = ({ alarms }: { readonly alarms: Frame['alarms'] }): ReactNode =>
  alarms === null ? (
    <span className="ws__alarms">
      <span className="t2">{t('shell.alarmsUnknown')}</span>
    </span>
  ) : (
    <span className="ws__alarms">
      {alarmPriorities.map((priority) => (
        <span
          key={priority}
          className={alarms[priority] === 0 ? 'tally tally--none' : `tally tally--${priority}`}
          role="img"
          aria-label={`${alarms[priority]} ${t(`priority.${priority}`)}`}
        >
          <Icon name={alarms[priority] === 0 ? `${priority}Hollow` : priority} />
          {alarms[priority]}
        </span>
      ))}
    </span>
  );

/** The top of a wall: where, whether it is live, alarms, the clock. `now` is server time. */
export const WallStrip = ({
  claim,
  link,
  frame,
  now,
}: {
  readonly claim: Claim;
  readonly link: Link;
  readonly frame: Frame | null;
  readonly now: Instant | null;
}) => (
  <header className={`ws ws--${claim}`}>
    <span className={`ws__claim ws__claim--${claim}`} role="status">
      <ClaimWords claim={claim} link={link} frame={frame} now={now} />
    </span>
    <Tallies alarms={claim === 'offline' ? null : (frame?.alarms ?? null)} />
    <span className="ws__place">{frame?.facilityName ?? t('shell.unknownPlace')}</span>
    {frame && frame.unsent.count > 0 ? (
      <span className="ws__unsent">
        {t('shell.unsent')} {frame.unsent.count}
      </span>
    ) : null}
    <time className="ws__clock">{clockText(now ?? Date.now(), frame?.timeZone ?? null, true)}</time>
  </header>
);
