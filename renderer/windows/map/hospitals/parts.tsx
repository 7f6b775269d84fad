import type { Hospital } from '#domain/model/hospital.ts';
import type { Instant } from '#domain/model/values.ts';
import { divertOf } from '#domain/rules/hospital-divert.ts';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import { clockText, spanText } from '../../../ui/time.ts';
import { h } from './strings.ts';

const signs: Readonly<Record<Hospital['emsTrafficStatus'], IconName>> = {
  normal: 'available',
  advisory: 'warning',
  closed: 'blocked',
  notApplicable: 'steady',
};

/** Whether a hospital takes ambulances: a shape and a word. */
export const TrafficStatus = ({ hospital }: { readonly hospital: Hospital }) => (
  <span className={`traffic traffic--${hospital.emsTrafficStatus}`}>
    <Icon name={signs[hospital.emsTrafficStatus]} size={14} />
    {h(hospital.emsTrafficStatus)}
  </span>
);

/** How long ambulances wait there, as far as anybody said. */
export const offloadText = ({ emsOffload, offloadDelayMinutes }: Hospital): string =>
  emsOffload === 'normal'
    ? h('offloadNormal')
    : offloadDelayMinutes === null
      ? h('offloadDelayed')
      : h('offloadMinutes', { count: offloadDelayMinutes });

/** Until when a hospital said that it restricts ambulances, counted down; null where it does not. */
export const untilText = (hospital: Hospital, now: Instant, timeZone: string | null): string | null => {
  const divert = divertOf(hospital, now);
  const time = hospital.divert ? clockText(hospital.divert.until, timeZone) : '–';
  switch (divert.state) {
    case 'none':
      return null;
    case 'open':
      return h('noEnd');
    case 'standing':
      return h('untilIn', { time, span: spanText(divert.spanMs) });
    case 'expired':
      return h('expired', { time });
  }
};
