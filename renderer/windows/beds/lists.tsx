import { memo } from 'react';
import type { Id, Instant } from '#domain/model/values.ts';
import { patientOf } from '#domain/rules/inbound.ts';
import { waitOf } from '#domain/rules/waiting.ts';
import { AcuityBadge, PendingMark } from '../../ui/badge.tsx';
import { Clock } from '../../ui/clock.tsx';
import { Panel, Void } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EtaText, PrealertSign } from '../../ui/inbound/parts.tsx';
import type { InboundRow } from '../../ui/inbound/rows.ts';
import { i as inboundText } from '../../ui/inbound/strings.ts';
import { ageAndSex, shortName } from '../../ui/person.ts';
import type { useSteadyOrder } from '../../ui/steady-order.ts';
import { t } from '../../ui/translate.ts';
import { writtenText } from '../../ui/written-text.ts';
import type { Department } from './department.ts';
import type { LostBed } from './lost-beds.ts';
import { b } from './strings.ts';

const Inbound = ({
  rows,
  timeZone,
  selected,
  onSelect,
}: {
  readonly rows: readonly InboundRow[];
  readonly timeZone: string | null;
  readonly selected: Id | null;
  readonly onSelect: (assignmentId: Id) => void;
}) =>
  rows.map(({ inbound, eta, held }) => {
    const { assignment, unit, incident } = inbound;
    const { prealert } = assignment;
    const isSelected = assignment.id === selected;
    return (
      <li key={assignment.id}>
        <button
          type="button"
          className={isSelected ? 'need need--inbound is-selected' : 'need need--inbound'}
          aria-pressed={isSelected}
          data-inbound={assignment.id}
          data-moves={`crew ${assignment.id}`}
          onClick={() => onSelect(assignment.id)}
        >
          <Icon name="ambulance" size={20} />
          <span className="need__who">
            <span className="m row">
              {unit.callsign}{' '}
              {prealert ? <PrealertSign prealert={prealert} /> : <span className="t2">{t('beds.inboundShort')}</span>}
            </span>
            <span className="meta">
              {[held ? inboundText('held', { bed: held.label }) : null, patientOf(inbound), incident?.category]
                .filter((part) => part != null)
                .join(' · ') || '–'}
            </span>
          </span>
          <span className="need__when">
            <EtaText eta={eta} timeZone={timeZone} />
          </span>
        </button>
      </li>
    );
  });

const isRed = ({ inbound }: InboundRow): boolean => inbound.assignment.prealert?.urgency === 'red';

const Needs = ({
  department,
  order,
  hold,
  lost,
  hidden,
  now,
  armed,
  inbound,
  timeZone,
  looked,
  gestures,
}: {
  readonly department: Department;
  /** The visits of those who wait, in the order of their numbers. */
  readonly order: readonly Id[];
  readonly hold: ReturnType<typeof useSteadyOrder>['hold'];
  /** Who was given a bed and did not get it, and what is said about it. */
  readonly lost: ReadonlyMap<Id, LostBed>;
  /** Whom the filter hides. */
  readonly hidden: ReadonlySet<Id>;
  readonly now: Instant;
  readonly armed: Id | null;
  /** Null while it is not known who is on the way. */
  readonly inbound: readonly InboundRow[] | null;
  readonly timeZone: string | null;
  /** The arrival looked at. */
  readonly looked: Id | null;
  readonly gestures: {
    readonly look: (assignmentId: Id) => void;
    /** One who waits is taken up, or put down again. */
    readonly arm: (encounterId: Id) => void;
  };
}) => {
  const rows = order.flatMap((id) => {
    const row = department.tables.encounter.get(id);
    return row ? [row] : [];
  });
  return (
    <Panel
      title={t('beds.needs')}
      meta={
        hidden.size === 0
          ? t('beds.needsMeta', { count: rows.length })
          : b('needsHidden', { shown: rows.length - hidden.size, count: rows.length })
      }
    >
      {rows.length === 0 && !inbound ? (
        <Void kind="unknown" title={t('beds.nobodyWaits')}>
          {t('beds.inboundUnknown')}
        </Void>
      ) : (
        <ul {...hold}>
          {inbound ? (
            <Inbound rows={inbound.filter(isRed)} timeZone={timeZone} selected={looked} onSelect={gestures.look} />
          ) : null}
          {rows.map(({ record, pending }, index) => {
            if (hidden.has(record.id)) return null;
            const noBed = lost.get(record.id);
            const patient = department.tables.patient.get(record.patientId)?.record;
            const wait = waitOf(record, department.facility ?? null, now);
            return (
              <li key={record.id}>
                {noBed === undefined ? null : (
                  <div className="need__no-bed" role="alert">
                    <Icon name="conflict" size={16} />
                    {noBed.text} · {b('noBedMore', { key: noBed.decide })}
                  </div>
                )}
                <button
                  type="button"
                  className={record.id === armed ? 'need is-selected' : 'need'}
                  aria-pressed={record.id === armed}
                  data-encounter={record.id}
                  data-moves={`visit ${record.id}`}
                  onClick={() => gestures.arm(record.id)}
                >
                  <AcuityBadge acuity={record.acuity} />
                  <span className="need__who">
                    <span className="m">
                      <span className="need__number">{index + 1}</span> {shortName(patient)}{' '}
                      <span className="t2">{ageAndSex(patient)}</span>
                    </span>
                    <span className="meta">
                      {[record.complaint ?? '–', record.place === null ? null : writtenText(record.place)]
                        .filter((part) => part !== null)
                        .join(' · ')}
                    </span>
                  </span>
                  <span className="need__when">
                    <Clock elapsed={wait.waitedMs} target={wait.targetMs} />
                    {pending ? <PendingMark /> : null}
                  </span>
                </button>
              </li>
            );
          })}
          {inbound ? (
            <Inbound rows={inbound.filter((row) => !isRed(row))} timeZone={timeZone} selected={looked} onSelect={gestures.look} />
          ) : (
            <li className="need need--said">{t('beds.inboundUnknown')}</li>
          )}
        </ul>
      )}
      {rows.length === 0 && inbound ? <p className="need need--said">{t('beds.nobodyWaits')}</p> : null}
    </Panel>
  );
};

/** Who needs a bed: red pre-alerts, then those who wait, untriaged first, then level, then wait; other transports below them. Rows hold still under a pointer. */
export const NeedsBed = memo(Needs);
