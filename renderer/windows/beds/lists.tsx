import type { Encounter } from '#domain/model/encounter.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { departureHorizon, inboundTo } from '#domain/rules/bed-board.ts';
import { triageQueue, waitOf } from '#domain/rules/waiting.ts';
import { recordsOf } from '../../state/store.ts';
import { AcuityBadge, PendingMark } from '../../ui/badge.tsx';
import { Clock } from '../../ui/clock.tsx';
import { Panel, Void } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ageAndSex, shortName } from '../../ui/person.ts';
import { useSteadyOrder } from '../../ui/steady-order.ts';
import { clockText, spanText } from '../../ui/time.ts';
import { t } from '../../ui/translate.ts';
import type { Department } from './department.ts';
import { draggedEncounter } from './tile-view.tsx';

const defaultTargets = { triageTargetMinutes: [0, 10, 60, 120, 240] as [number, number, number, number, number] };

const Inbound = ({ department, now }: { readonly department: Department; readonly now: Instant }) => {
  const { tables } = department;
  const arriving = inboundTo(recordsOf(tables, 'hospital'), recordsOf(tables, 'assignment'));
  return arriving.map((assignment) => {
    const incident = tables.incident.get(assignment.incidentId)?.record;
    return (
      <li key={assignment.id} className="need need--inbound">
        <Icon name="ambulance" size={20} />
        <span className="need__who">
          <span className="m">
            {tables.unit.get(assignment.unitId)?.record.callsign ?? '–'} <span className="t2">{t('beds.inboundShort')}</span>
          </span>
          <span className="meta">
            {[incident?.category, incident?.patientSummary].filter((part) => part != null).join(' · ') || '–'}
          </span>
        </span>
        <span className="need__when">
          <span className="clock">{assignment.etaAt === null ? '–' : spanText(assignment.etaAt - now)}</span>
          <span className="meta">{t('beds.eta')}</span>
        </span>
      </li>
    );
  });
};

/** Who waits for a bed: untriaged first, then level, then wait; transports under way below them. Rows hold still under a pointer. */
export const NeedsBed = ({
  department,
  now,
  armed,
  inboundKnown,
  onArm,
}: {
  readonly department: Department;
  readonly now: Instant;
  readonly armed: Id | null;
  readonly inboundKnown: boolean;
  readonly onArm: (encounterId: Id) => void;
}) => {
  const queue = triageQueue(recordsOf(department.tables, 'encounter'));
  const { order, hold } = useSteadyOrder(queue.map((encounter) => encounter.id));
  const targets = department.facility ?? defaultTargets;
  const rows = order.flatMap((id) => {
    const row = department.tables.encounter.get(id);
    return row ? [row] : [];
  });
  return (
    <Panel title={t('beds.needs')} meta={t('beds.needsMeta', { count: rows.length })}>
      {rows.length === 0 && !inboundKnown ? (
        <Void kind="unknown" title={t('beds.nobodyWaits')}>
          {t('beds.inboundUnknown')}
        </Void>
      ) : (
        <ul {...hold}>
          {rows.map(({ record, pending }) => {
            const patient = department.tables.patient.get(record.patientId)?.record;
            const wait = waitOf(record, targets, now);
            return (
              <li key={record.id}>
                <button
                  type="button"
                  className={record.id === armed ? 'need is-selected' : 'need'}
                  aria-pressed={record.id === armed}
                  data-encounter={record.id}
                  draggable
                  onDragStart={(event) => event.dataTransfer.setData(draggedEncounter, record.id)}
                  onClick={() => onArm(record.id)}
                >
                  <AcuityBadge acuity={record.acuity} />
                  <span className="need__who">
                    <span className="m">
                      {shortName(patient)} <span className="t2">{ageAndSex(patient)}</span>
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
          {inboundKnown ? (
            <Inbound department={department} now={now} />
          ) : (
            <li className="need need--said">{t('beds.inboundUnknown')}</li>
          )}
        </ul>
      )}
      {rows.length === 0 && inboundKnown ? <p className="need need--said">{t('beds.nobodyWaits')}</p> : null}
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
