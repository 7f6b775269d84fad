import { useMemo } from 'react';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Patient } from '#domain/model/patient.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { TriageAssessment } from '#domain/model/triage-assessment.ts';
import type { Instant } from '#domain/model/values.ts';
import { boardSettingsOf } from '#domain/rules/board-defaults.ts';
import { isPresent } from '#domain/rules/encounter-status.ts';
import { freshness } from '#domain/rules/freshness.ts';
import { assessmentsByVisit, visitNews2 } from '#domain/rules/news2-history.ts';
import { observationDue } from '#domain/rules/observation-due.ts';
import type { ReceivedReading } from '../../../state/store.ts';
import { Void } from '../../../ui/controls.tsx';
import { clockText, spanText } from '../../../ui/time.ts';
import type { TrendSample } from '../../../ui/trend.tsx';
import { Chart } from './chart.tsx';
import { type PatientWord, p } from './strings.ts';

type Row = {
  readonly name: PatientWord;
  readonly unit: PatientWord;
  /** The smallest range of values that is drawn. */
  readonly least: number;
  readonly decimals: number;
  readonly of: (assessment: TriageAssessment) => number | null;
  /** The column of the monitor's trend. */
  readonly monitor?: 1 | 2;
};
const rows: readonly Row[] = [
  { name: 'heartRate', unit: 'perMinute', least: 40, decimals: 0, of: ({ vitals }) => vitals.heartRate, monitor: 1 },
  { name: 'respiratoryRate', unit: 'perMinute', least: 10, decimals: 0, of: ({ vitals }) => vitals.respiratoryRate },
  { name: 'spo2', unit: 'percent', least: 10, decimals: 0, of: ({ vitals }) => vitals.spo2, monitor: 2 },
  { name: 'systolic', unit: 'mmHg', least: 50, decimals: 0, of: ({ vitals }) => vitals.systolic },
  { name: 'temperature', unit: 'celsius', least: 2, decimals: 1, of: ({ vitals }) => vitals.temperature },
];

const Due = ({
  newest,
  encounter,
  patient,
  view,
  monitored,
  now,
  timeZone,
}: {
  readonly newest: TriageAssessment;
  readonly encounter: Encounter;
  readonly patient: Patient | undefined;
  readonly view: RecordView;
  /** A monitor speaks for this patient now. */
  readonly monitored: boolean;
  readonly now: Instant;
  readonly timeZone: string | null;
}) => {
  const due = observationDue(newest, { patient, encounter }, boardSettingsOf(view));
  if (!due) return <p className="meta record__said">{p('dueNoRule')}</p>;
  if (due.continuous && monitored) return <p className="meta record__said">{p('dueContinuous')}</p>;
  const isOver = due.at <= now;
  return (
    <p className={isOver || due.continuous ? 'notice record__said' : 'meta record__said'}>
      {isOver ? p('dueOver', { span: spanText(now - due.at) }) : p('due', { time: clockText(due.at, timeZone) })}
      {due.continuous ? ` · ${p('noMonitor')}` : ''}
    </p>
  );
};

/** What was measured in this visit: each value as a chart from arrival to now, by hand as marks and by the monitor as a line. */
export const Observations = ({
  view,
  encounter,
  patient,
  reading,
  now,
  timeZone,
}: {
  readonly view: RecordView;
  readonly encounter: Encounter;
  readonly patient: Patient | undefined;
  /** Of the monitor bound to this patient. */
  readonly reading: ReceivedReading | undefined;
  readonly now: Instant;
  readonly timeZone: string | null;
}) => {
  const byVisit = useMemo(() => assessmentsByVisit(view.list('triageAssessment')), [view]);
  const assessments = byVisit.get(encounter.id) ?? [];
  const until = encounter.departedAt ?? now;
  const first = Math.min(encounter.arrivedAt, ...assessments.map(({ at }) => at));
  const trend = reading?.trend.filter(([at]) => at >= first) ?? [];
  const newest = assessments[0];
  const monitored = reading !== undefined && freshness('deviceReading', reading, now).state === 'live';
  const oldestFirst = assessments.toReversed();
  const news: readonly TrendSample[] = oldestFirst.map((one, index) => {
    const { total, complete } = visitNews2(patient, encounter, assessments.slice(assessments.length - 1 - index));
    return [one.at, complete ? total : null];
  });
  const axis = { from: first, until, timeZone };
  return (
    <>
      <div className="panel__head">
        <h3>{p('trends')}</h3>
        <span className="meta">{p('trendsSince', { time: clockText(first, timeZone) })}</span>
      </div>
      {newest && isPresent(encounter) ? (
        <Due
          newest={newest}
          encounter={encounter}
          patient={patient}
          view={view}
          monitored={monitored}
          now={now}
          timeZone={timeZone}
        />
      ) : null}
      {newest === undefined && trend.length === 0 ? (
        <Void kind="none" title={p('neverMeasured')} />
      ) : (
        <>
          {rows.map(({ name, unit, least, decimals, of, monitor }) => (
            <Chart
              key={name}
              name={p(name)}
              unit={p(unit)}
              least={least}
              decimals={decimals}
              marks={oldestFirst.map((one): TrendSample => [one.at, of(one)])}
              line={monitor === undefined ? [] : trend.map((point): TrendSample => [point[0], point[monitor]])}
              axis={axis}
            />
          ))}
          <Chart name={p('news2')} unit={p('noUnit')} least={8} decimals={0} marks={news} line={[]} axis={axis} />
          {trend.length > 0 ? <p className="meta record__said">{p('byMonitor')}</p> : null}
        </>
      )}
    </>
  );
};
