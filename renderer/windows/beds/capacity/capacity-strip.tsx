import type { ReactNode } from 'react';
import type { Bed } from '#domain/model/bed.ts';
import type { Instant } from '#domain/model/values.ts';
import { departureHorizon } from '#domain/rules/bed-board.ts';
import { clockText, spanText } from '../../../ui/time.ts';
import { t } from '../../../ui/translate.ts';
import type { Counted } from './counted.ts';
import { c } from './strings.ts';

const Cell = ({
  caption,
  value,
  children,
}: {
  readonly caption: string;
  readonly value: ReactNode;
  readonly children?: ReactNode;
}) => (
  <div className="cell">
    <div className="cap">{caption}</div>
    <span className="hero">{value}</span>
    {children === undefined ? null : <div className="meta">{children}</div>}
  </div>
);

const longest = (ms: number | null): string => (ms === null ? '' : t('beds.longest', { span: spanText(ms) }));
const labels = (beds: readonly Bed[], status: Bed['status']): string => {
  const all = beds.filter((bed) => bed.status === status && !bed.retired).map((bed) => bed.label);
  return all.length > 3 ? `${all.slice(0, 3).join(', ')} +${all.length - 3}` : all.join(', ');
};

const inboundText = ({ inbound, redInbound }: Counted): string =>
  [
    redInbound > 0 ? t('beds.redInbound', { count: redInbound }) : null,
    inbound.unknown > 0 ? c('inboundNoTime', { count: inbound.unknown }) : null,
    inbound.later > 0 ? c('inboundLater', { count: inbound.later }) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ') || t('beds.byAmbulance');

/** How full the department is. What is not known is drawn as `–` with the reason: never as 0. */
export const CapacityStrip = ({
  counted,
  beds,
  timeZone,
  offlineSince,
  hasSurge,
  children,
}: {
  /** Null while the copy of this desk is not whole. */
  readonly counted: Counted | null;
  readonly beds: readonly Bed[];
  readonly timeZone: string | null;
  /** Server time of the last word while offline; null when the link holds, undefined when there never was one. */
  readonly offlineSince: Instant | null | undefined;
  /** Whether an answered surge has a cell among the children: the others make room for it. */
  readonly hasSurge: boolean;
  /** The crowding score. */
  readonly children: ReactNode;
}) => {
  const counts = counted?.counts;
  const isOffline = offlineSince !== null;
  return (
    <section className={hasSurge ? 'cells cells--surge' : 'cells'} aria-label={t('beds.capacity')}>
      <div className="cell cell--occupied">
        <div className="cap">{t('beds.occupied')}</div>
        <span className="hero">
          {counts?.occupied ?? '–'}
          <small>{counts ? t('beds.ofStaffed', { count: counts.staffed }) : ''}</small>
        </span>
        <div className="bar bar--8">
          {counts ? (
            <i style={{ width: `${counts.staffed === 0 ? 0 : Math.min(100, (counts.occupied / counts.staffed) * 100)}%` }} />
          ) : null}
        </div>
      </div>
      <Cell caption={t('beds.status.available')} value={counts?.available ?? '–'}>
        {counts ? labels(beds, 'available') : ''}
      </Cell>
      <Cell caption={t('beds.status.reserved')} value={counts?.reserved ?? '–'}>
        {counts ? labels(beds, 'reserved') : ''}
      </Cell>
      <Cell caption={t('beds.notReady')} value={counts?.notReady.total ?? '–'}>
        {counts ? t('beds.notReadyDetail', { dirty: counts.notReady.contaminated, cleaning: counts.notReady.cleaning }) : ''}
      </Cell>
      <Cell caption={t('beds.outOfUse')} value={counts?.outOfUse.total ?? '–'}>
        {counts
          ? [
              t('beds.outOfUseDetail', { blocked: counts.outOfUse.blocked, closed: counts.outOfUse.closed }),
              ...(counts.inReserve > 0 ? [c('inReserve', { count: counts.inReserve })] : []),
            ].join(' · ')
          : ''}
      </Cell>
      <Cell caption={t('beds.boarders')} value={counts?.boarders ?? '–'}>
        {longest(counts?.longestBoardingMs ?? null)}
      </Cell>
      <Cell caption={t('beds.waiting')} value={counts?.waiting ?? '–'}>
        {longest(counts?.longestWaitMs ?? null)}
      </Cell>
      <Cell caption={c('inboundHour')} value={isOffline || !counted ? '–' : counted.inbound.soon}>
        {isOffline
          ? offlineSince === undefined
            ? t('beds.unknown')
            : t('beds.unknownSince', { time: clockText(offlineSince, timeZone) })
          : counted
            ? inboundText(counted)
            : ''}
      </Cell>
      <Cell caption={t('beds.leavingWithin', { count: departureHorizon / 3_600_000 })} value={counts?.expectedDepartures ?? '–'}>
        {counted ? t('beds.due', { count: counted.leavingNow }) : ''}
      </Cell>
      {children}
    </section>
  );
};
