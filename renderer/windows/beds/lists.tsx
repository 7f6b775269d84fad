import type { Encounter } from '#domain/model/encounter.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { departureHorizon } from '#domain/rules/bed-board.ts';
import { patientOf } from '#domain/rules/inbound.ts';
import { waitOf } from '#domain/rules/waiting.ts';
import { recordsOf } from '../../state/store.ts';
import { AcuityBadge, PendingMark } from '../../ui/badge.tsx';
import { Clock } from '../../ui/clock.tsx';
import { Panel, Void } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EtaText, PrealertSign } from '../../ui/inbound/parts.tsx';
import type { InboundRow } from '../../ui/inbound/rows.ts';
import { i as inboundText } from '../../ui/inbound/strings.ts';
import { ageAndSex, shortName } from '../../ui/person.ts';
import { useSteadyOrder } from '../../ui/steady-order.ts';
import { clockText } from '../../ui/time.ts';
import { t } from '../../ui/translate.ts';
import type { Department } from './department.ts';
import { b } from './strings.ts';

const defaultTargets = { triageTargetMinutes: [0, 10, 60, 120, 240] as [number, number, number, number, number] };

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

/** Who needs a bed: red pre-alerts, then those who wait, untriaged first, then level, then wait; other transports below them. Rows hold still under a pointer. */
export const NeedsBed = ({
  department,
  queue: { order, hold },
  lost,
  now,
  armed,
  inbound,
  timeZone,
  looked,
  onLook,
  onArm,
}: {
  readonly department: Department;
  /** The visits of those who wait, in the order of their numbers. */
  readonly queue: ReturnType<typeof useSteadyOrder>;
  /** Who was given a bed and did not get it, and what is said about it. */
  readonly lost: ReadonlyMap<Id, string>;
  readonly now: Instant;
  readonly armed: Id | null;
  /** Null while it is not known who is on the way. */
  readonly inbound: readonly InboundRow[] | null;
  readonly timeZone: string | null;
  /** The arrival looked at. */
  readonly looked: Id | null;
  readonly onLook: (assignmentId: Id) => void;
  readonly onArm: (encounterId: Id) => void;
}) => {
  const targets = department.facility ?? defaultTargets;
  const rows = order.flatMap((id) => {
    const row = department.tables.encounter.get(id);
    return row ? [row] : [];
  });
  return (
    <Panel title={t('beds.needs')} meta={t('beds.needsMeta', { count: rows.length })}>
      {rows.length === 0 && !inbound ? (
        <Void kind="unknown" title={t('beds.nobodyWaits')}>
          {t('beds.inboundUnknown')}
        </Void>
      ) : (
        <ul {...hold}>
          {inbound ? <Inbound rows={inbound.filter(isRed)} timeZone={timeZone} selected={looked} onSelect={onLook} /> : null}
          {rows.map(({ record, pending }, index) => {
            const noBed = lost.get(record.id);
            const patient = department.tables.patient.get(record.patientId)?.record;
            const wait = waitOf(record, targets, now);
            return (
              <li key={record.id}>
                {noBed === undefined ? null : (
                  <div className="need__no-bed" role="alert">
                    <Icon name="conflict" size={16} />
                    {noBed} · {b('noBedMore')}
                  </div>
                )}
                <button
                  type="button"
                  className={record.id === armed ? 'need is-selected' : 'need'}
                  aria-pressed={record.id === armed}
                  data-encounter={record.id}
                  data-moves={`visit ${record.id}`}
                  onClick={() => onArm(record.id)}
                >
                  <AcuityBadge acuity={record.acuity} />
                  <span className="need__who">
                    <span className="m">
                      <span className="need__number">{index + 1}</span> {shortName(patient)}{' '}
                      <span className="t2">{ageAndSex(patient)}</span>
                    </span>
                    <span className="meta">
                      {[record.complaint ?? '–', record.place].filter((part) => part !== null).join(' · ')}
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
            <Inbound rows={inbound.filter((row) => !isRed(row))} timeZone={timeZone} selected={looked} onSelect={onLook} />
          ) : (
            <li className="need need--said">{t('beds.inboundUnknown')}</li>
          )}
        </ul>
      )}
      {rows.length === 0 && inbound ? <p className="need need--said">{t('beds.nobodyWaits')}</p> : null}
    </Panel>
  );
};

const leavingOf = (department: Department, now: Instant): readonly (Encounter & { readonly expectedDepartureAt: number })[] =>
  recordsOf(department.tables, 'encounter')
    .flatMap((encounter) =>
      encounter.bedId !== null &&
      encounter.departedAt === null &&
      encounter.expectedDepartureAt !== null &&
      encounter.expectedDepartureAt <= now + departureHorizon
        ? [{ ...encounter, expectedDepartureAt: encounter.expectedDepartureAt }]
        : [],
    )
    .toSorted((a, b) => a.expectedDepartureAt - b.expectedDepartureAt);

/** Who should leave a bed within the horizon, the next first. */
export const Leaving = ({
  department,
  now,
  timeZone,
  onChoose,
}: {
  readonly department: Department;
  readonly now: Instant;
  readonly timeZone: string | null;
  readonly onChoose: (bedId: Id) => void;
}) => {
  const leaving = leavingOf(department, now);
  const { order, hold } = useSteadyOrder(leaving.map((encounter) => encounter.id));
  const byId = new Map(leaving.map((encounter) => [encounter.id, encounter]));
  return (
    <Panel
      title={t('beds.leaving')}
      meta={t('beds.leavingMeta', { count: leaving.length, hours: departureHorizon / 3_600_000 })}
      grow={false}
    >
      {leaving.length === 0 ? <p className="need need--said">{t('beds.nobodyLeaves')}</p> : null}
      <ul className="leaving" {...hold}>
        {order.map((id) => {
          const encounter = byId.get(id);
          if (!encounter) return null;
          const due = encounter.expectedDepartureAt <= now;
          return (
            <li key={id}>
              <button type="button" className="leave" onClick={() => encounter.bedId !== null && onChoose(encounter.bedId)}>
                <b>{encounter.bedId === null ? '–' : (department.tables.bed.get(encounter.bedId)?.record.label ?? '–')}</b>
                <span>
                  {shortName(department.tables.patient.get(encounter.patientId)?.record)}{' '}
                  <span className="t2">{due ? t('beds.dueNow') : (encounter.nextStep ?? '')}</span>
                </span>
                <span>{clockText(encounter.expectedDepartureAt, timeZone)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
};
