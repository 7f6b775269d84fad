import type { ReactNode } from 'react';
import type { Instant } from '#domain/model/values.ts';
import { alarmsNotReaching } from '#domain/rules/link-state.ts';
import { useWindow } from '../state/hooks.ts';
import type { Link } from '../state/link.ts';
import { Progress } from './clock.tsx';
import { Banner, Button } from './controls.tsx';
import { clockText, countText, momentText, spanText } from './time.ts';
import { localeNow, t } from './translate.ts';
import { troubleText } from './trouble-text.ts';

const mostShown = 2;

/**
 * Whether device alarms must be taken not to reach this window although the link is not painted as lost: 10 s without an
 * answered heartbeat, or a data service that says nothing.
 */
const alarmsAreCut = (link: Link, now: Instant | null): boolean =>
  link.state === 'offline'
    ? link.reason !== null
    : now !== null && link.lastHeardAt !== null && alarmsNotReaching(now - link.lastHeardAt);

/** Everything that must interrupt: what was not saved, the lost link, the station, the first copy, what is wrong on this desk. */
export const Banners = ({
  link,
  now,
  onHealth,
  onPack,
  messages,
}: {
  readonly link: Link;
  readonly now: Instant | null;
  readonly onHealth: () => void;
  readonly onPack: () => void;
  /** Urgent messages that nobody has acknowledged. */
  readonly messages: ReactNode;
}) => {
  const frame = useWindow((state) => state.frame);
  const station = useWindow((state) => state.station);
  const zone = frame?.timeZone ?? null;
  const troubles = frame?.troubles ?? [];
  const loud = troubles.filter((trouble) => trouble.severity === 'notSaved');
  const quiet = troubles.filter((trouble) => trouble.severity === 'degraded');
  const offline = link.state === 'offline' && frame !== null && link.reason === null;
  const asOf = frame?.copy.state === 'whole' ? frame.copy.asOf : null;
  return (
    <div className="banners">
      {loud.map((trouble) => (
        <Banner key={`${trouble.code} ${trouble.at}`} tone="loud" icon="warning" title={t('banner.notSaved')}>
          <span>{troubleText(trouble)}</span>
          <span className="grow" />
          <span className="meta">{clockText(trouble.at, zone)}</span>
        </Banner>
      ))}
      {station.state === 'restarting' || station.state === 'refused' || link.reason !== null ? (
        <Banner
          tone="notice"
          icon="warning"
          title={t(
            station.state === 'restarting'
              ? 'banner.restarting'
              : station.state === 'refused'
                ? 'banner.refused'
                : 'banner.silent',
          )}
        >
          <span>{station.state === 'refused' && station.message !== null ? station.message : t('banner.restartingWhat')}</span>
        </Banner>
      ) : null}
      {alarmsAreCut(link, now) ? <Banner tone="notice" icon="warning" title={t('banner.alarms')} /> : null}
      {messages}
      {offline ? (
        <Banner
          tone="notice"
          icon="cut"
          title={
            link.lastHeardAt === null || now === null
              ? t('banner.offlineNever')
              : t('banner.offline', { span: spanText(now - link.lastHeardAt) })
          }
        >
          <span>
            {link.lastHeardAt === null
              ? t('banner.offlineWhatNever')
              : t('banner.offlineWhat', { time: clockText(link.lastHeardAt, zone) })}
          </span>
          <span className="grow" />
          <span className="t2 nw">
            {[
              frame.unsent.count > 0 ? t('banner.unsent', { count: frame.unsent.count }) : null,
              frame.conflicts > 0 ? t('banner.conflicts', { count: frame.conflicts }) : null,
              link.lastHeardAt === null && asOf !== null ? t('banner.copyAsOf', { time: clockText(asOf, zone) }) : null,
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </span>
          <Button keyName="F6" onPress={onPack}>
            {t('pack.open')}
          </Button>
        </Banner>
      ) : null}
      {frame?.copy.state === 'loading' ? (
        <Banner
          tone="info"
          icon="stale"
          title={
            frame.copy.asOf === undefined
              ? t('banner.loadingWhat')
              : t('banner.reloadingWhat', { time: momentText(frame.copy.asOf, frame.serverTime, zone, localeNow()) })
          }
        >
          <span className="grow" />
          <span className="t2 nw">
            {t('banner.loadingCount', { loaded: countText(frame.copy.loaded), total: countText(frame.copy.total) })}
          </span>
          <Progress
            label={t(frame.copy.asOf === undefined ? 'banner.loading' : 'banner.reloading')}
            done={frame.copy.loaded}
            total={frame.copy.total}
          />
        </Banner>
      ) : null}
      {quiet.slice(0, mostShown).map((trouble) => (
        <Banner key={`${trouble.code} ${trouble.at}`} tone="notice" icon="warning" title={troubleText(trouble)}>
          <span className="grow" />
          {trouble.count > 1 ? <span className="meta">{t('banner.times', { count: trouble.count })}</span> : null}
          <span className="meta">{clockText(trouble.at, zone)}</span>
        </Banner>
      ))}
      {quiet.length > mostShown ? (
        <button type="button" className="banners__more" onClick={onHealth}>
          {t('banner.more', { count: quiet.length - mostShown })} <kbd>F5</kbd>
        </button>
      ) : null}
    </div>
  );
};
