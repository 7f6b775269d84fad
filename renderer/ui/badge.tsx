import type { Acuity } from '#domain/model/encounter.ts';
import { news2From } from '#domain/rules/news2.ts';
import { Icon } from './icon.tsx';
import { t } from './translate.ts';

/** Triage level or incident priority: numeral and mass, dashed when nobody decided it yet. The only place of acuity colour. */
export const AcuityBadge = ({ acuity, size = 24 }: { readonly acuity: Acuity | null; readonly size?: 20 | 24 | 32 }) => (
  <span
    className={`acuity acuity--${acuity ?? 'x'} acuity--${size}`}
    role="img"
    aria-label={acuity === null ? t('acuity.none') : t('acuity.level', { level: acuity })}
  >
    {acuity ?? '–'}
  </span>
);

export type Trend = 'rising' | 'falling' | 'steady';
const trendIcons = { rising: 'up', falling: 'down', steady: 'steady' } as const;

/**
 * A NEWS2 total: bare, boxed from 5, solid from 7; `≥ n` dashed when observations are missing, a dash when nothing can be
 * said. `old` (the vitals under it are stale) takes the mass away, never the number.
 */
export const NewsBadge = ({
  total,
  complete,
  trend,
  old = false,
  small = false,
}: {
  readonly total: number | null;
  readonly complete: boolean;
  readonly trend?: Trend | null;
  readonly old?: boolean;
  readonly small?: boolean;
}) => {
  const size = small ? ' news--s' : '';
  if (total === null || !complete) {
    return (
      <span
        className={`news news--x${size}`}
        role="img"
        aria-label={total === null ? t('news.none') : t('news.atLeast', { total })}
      >
        {total === null ? '–' : `≥${total}`}
      </span>
    );
  }
  const mass = total >= news2From.high ? (old ? ' news--7 news--old' : ' news--7') : total >= news2From.medium ? ' news--5' : '';
  return (
    <span
      className={`news${mass}${size}`}
      role="img"
      aria-label={t('news.total', { total, trend: trend ? t(`trend.${trend}`) : '' })}
    >
      {total}
      {trend ? <Icon name={trendIcons[trend]} size={12} /> : null}
    </span>
  );
};

/** A square tag of two or three letters everyone on shift knows. */
export const Chip = ({
  text,
  tone = 'plain',
  title,
}: {
  readonly text: string;
  readonly tone?: 'plain' | 'strong' | 'notice';
  readonly title?: string;
}) => (
  <span className={tone === 'plain' ? 'chip' : `chip chip--${tone}`} {...(title === undefined ? {} : { title })}>
    {text}
  </span>
);

/** Shows that a row holds changes of this desk which the server has not settled. */
export const PendingMark = ({ label }: { readonly label?: string }) => (
  <span className="pending">
    <Icon name="pending" size={12} />
    {label ?? t('pending')}
  </span>
);
