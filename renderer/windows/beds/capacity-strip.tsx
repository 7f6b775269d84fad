import type { ReactNode } from 'react';
import type { Instant } from '#domain/model/values.ts';
import { capacity, departureHorizon } from '#domain/rules/bed-board.ts';
import { type Nedocs, nedocs, nedocsBase, nedocsCuts, nedocsInputs } from '#domain/rules/nedocs.ts';
import { recordsOf } from '../../state/store.ts';
import type { InboundRow } from '../../ui/inbound/rows.ts';
import { clockText, spanText } from '../../ui/time.ts';
import { t } from '../../ui/translate.ts';
import type { Department } from './department.ts';

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

const signed = (points: number): string => `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)}`;
/** The drawn scale runs from 0 to 200. */
const scaleEnd = 200;
const cuts = [0, ...nedocsCuts, scaleEnd];

const Scale = ({ value }: { readonly value: number | null }) => (
  <>
    <div className="scale">
      {cuts.slice(1).map((cut, index) => {
        const from = cuts[index] ?? 0;
        const here = value !== null && value > from && (value <= cut || cut === scaleEnd);
        return (
          <i key={cut} className={here && value > 100 ? 'is-over' : here ? 'is-here' : ''} style={{ flexGrow: cut - from }} />
        );
      })}
      {value === null ? null : <s style={{ left: `${Math.min(100, Math.max(0, (value / scaleEnd) * 100))}%` }} />}
    </div>
    <div className="scale__cuts">
      {nedocsCuts.map((cut) => (
        <span key={cut} style={{ left: `${(cut / scaleEnd) * 100}%` }}>
          {cut}
        </span>
      ))}
    </div>
  </>
);

const whole = (value: number | null): string => (value === null ? '–' : String(value));
const hours = (value: number | null): string => (value === null ? '–' : t('beds.hours', { count: value.toFixed(1) }));

const Crowding = ({ score, asOf }: { readonly score: Nedocs; readonly asOf: string | null }) => {
  const { inputs } = score;
  const pointsOf = (input: string): string => {
    const part = score.status === 'complete' ? score.parts.find((one) => one.input === input) : undefined;
    return part ? signed(part.points) : '–';
  };
  const columns = [
    ['patients', t('beds.nedocs.ofBeds', { count: whole(inputs.patients), beds: whole(inputs.edBeds) })],
    ['boarders', t('beds.nedocs.ofBeds', { count: whole(inputs.boarders), beds: whole(inputs.hospitalBeds) })],
    ['ventilated', whole(inputs.ventilated)],
    ['longestAdmitHours', hours(inputs.longestAdmitHours)],
    ['lastBedHours', hours(inputs.lastBedHours)],
  ] as const;
  const value = score.status === 'complete' ? score.value : null;
  return (
    <div className="cell cell--crowding">
      <div>
        <div className="cap">{asOf === null ? 'NEDOCS' : `NEDOCS · ${asOf}`}</div>
        <span className="hero">{value === null ? '–' : Math.round(value)}</span>
        <div className={value !== null && value > 100 ? 'meta notice m' : 'meta'}>
          {score.status === 'complete' ? t(`beds.nedocs.${score.band}`) : t('beds.nedocs.missing')}
        </div>
      </div>
      <div className="crowding__inputs">
        <dl>
          {columns.map(([input, text]) => (
            <div key={input}>
              <dt>{t(`beds.nedocs.${input}`)}</dt>
              <dd>{text}</dd>
              <dd className="b">{pointsOf(input)}</dd>
            </div>
          ))}
          <div>
            <dt>{t('beds.nedocs.base')}</dt>
            <dd />
            <dd className="b">{signed(nedocsBase)}</dd>
          </div>
        </dl>
        <Scale value={value} />
      </div>
    </div>
  );
};

/** How full the department is. Null counts are drawn as `–` with the reason: never as 0. */
export const CapacityStrip = ({
  department,
  now,
  timeZone,
  offlineSince,
  complete,
  inbound,
}: {
  readonly department: Department | null;
  readonly now: Instant;
  readonly timeZone: string | null;
  /** Server time of the last word while offline; null when the link holds, undefined when there never was one. */
  readonly offlineSince: Instant | null | undefined;
  /** False while the copy of this desk is not whole: nothing is counted then. */
  readonly complete: boolean;
  /** Who is on the way. */
  readonly inbound: readonly InboundRow[];
}) => {
  const counted = department && complete ? department : null;
  const beds = counted ? recordsOf(counted.tables, 'bed') : [];
  const counts = counted
    ? capacity(
        {
          beds,
          encounters: recordsOf(counted.tables, 'encounter'),
          inbound: inbound.length,
        },
        now,
      )
    : null;
  const score = nedocs(
    counted
      ? nedocsInputs(counted.facility, beds, recordsOf(counted.tables, 'encounter'), now)
      : {
          patients: null,
          edBeds: null,
          boarders: null,
          hospitalBeds: null,
          ventilated: null,
          longestAdmitHours: null,
          lastBedHours: null,
        },
  );
  const labels = (status: 'available' | 'reserved'): string => {
    const all = beds.filter((bed) => bed.status === status).map((bed) => bed.label);
    return all.length > 3 ? `${all.slice(0, 3).join(', ')} +${all.length - 3}` : all.join(', ');
  };
  const longest = (ms: number | null): string => (ms === null ? '' : t('beds.longest', { span: spanText(ms) }));
  const red = inbound.filter((row) => row.inbound.assignment.prealert?.urgency === 'red').length;
  const offline = offlineSince !== null;
  const ready = counted
    ? recordsOf(counted.tables, 'encounter').filter(
        (one) => one.bedId !== null && one.expectedDepartureAt !== null && one.expectedDepartureAt <= now,
      ).length
    : 0;
  return (
    <section className="cells" aria-label={t('beds.capacity')}>
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
        {labels('available')}
      </Cell>
      <Cell caption={t('beds.status.reserved')} value={counts?.reserved ?? '–'}>
        {labels('reserved')}
      </Cell>
      <Cell caption={t('beds.notReady')} value={counts?.notReady.total ?? '–'}>
        {counts ? t('beds.notReadyDetail', { dirty: counts.notReady.contaminated, cleaning: counts.notReady.cleaning }) : ''}
      </Cell>
      <Cell caption={t('beds.outOfUse')} value={counts?.outOfUse.total ?? '–'}>
        {counts ? t('beds.outOfUseDetail', { blocked: counts.outOfUse.blocked, closed: counts.outOfUse.closed }) : ''}
      </Cell>
      <Cell caption={t('beds.boarders')} value={counts?.boarders ?? '–'}>
        {longest(counts?.longestBoardingMs ?? null)}
      </Cell>
      <Cell caption={t('beds.waiting')} value={counts?.waiting ?? '–'}>
        {longest(counts?.longestWaitMs ?? null)}
      </Cell>
      <Cell caption={t('beds.inbound')} value={offline ? '–' : (counts?.inbound ?? '–')}>
        {offline
          ? offlineSince === undefined
            ? t('beds.unknown')
            : t('beds.unknownSince', { time: clockText(offlineSince, timeZone) })
          : counts
            ? red > 0
              ? t('beds.redInbound', { count: red })
              : t('beds.byAmbulance')
            : ''}
      </Cell>
      <Cell caption={t('beds.leavingWithin', { count: departureHorizon / 3_600_000 })} value={counts?.expectedDepartures ?? '–'}>
        {counts ? t('beds.due', { count: ready }) : ''}
      </Cell>
      <Crowding score={score} asOf={offlineSince == null ? null : clockText(offlineSince, timeZone)} />
    </section>
  );
};
