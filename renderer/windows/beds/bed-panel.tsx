import type { ReactNode } from 'react';
import type { BedStatus } from '#domain/model/bed.ts';
import type { Instant } from '#domain/model/values.ts';
import { needsAnswer } from '#domain/rules/alarm-order.ts';
import { holdIsOver } from '#domain/rules/bed-hold.ts';
import { freshness } from '#domain/rules/freshness.ts';
import { visitNews2 } from '#domain/rules/news2-history.ts';
import { turnaroundSince } from '#domain/rules/turnaround.ts';
import type { ReceivedReading } from '../../state/store.ts';
import { alarmIconOf, alarmLong, alarmStateText, isUnanswered, numberText, parameterName } from '../../ui/alarm-row.tsx';
import { AcuityBadge, Chip, NewsBadge, PendingMark } from '../../ui/badge.tsx';
import { Duration } from '../../ui/clock.tsx';
import { Button } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ageAndSex, longName } from '../../ui/person.ts';
import { clockText, spanText } from '../../ui/time.ts';
import { t } from '../../ui/translate.ts';
import { writtenText } from '../../ui/written-text.ts';
import { isIsolation } from './fitting-flags.ts';
import { b } from './strings.ts';
import { alarmWithOrigin, type BedFacts, flagSentences, observingOf, similarText, type TileScene } from './tile.ts';

export type BedPanelGestures = {
  readonly acknowledge: () => void;
  readonly assign: () => void;
  readonly release: () => void;
  readonly clean: () => void;
  readonly block: () => void;
  readonly move: () => void;
  readonly close: () => void;
  readonly out: () => void;
};

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

const Vitals = ({
  reading,
  now,
  timeZone,
}: {
  readonly reading: ReceivedReading;
  readonly now: Instant;
  readonly timeZone: string | null;
}) => {
  const { state, ageMs } = freshness('deviceReading', reading, now);
  const pressure =
    reading.systolic === null
      ? '–'
      : `${Math.round(reading.systolic)}/${reading.diastolic === null ? '–' : Math.round(reading.diastolic)}`;
  const part = (parameter: 'heartRate' | 'respiratoryRate' | 'spo2' | 'temperature'): string => {
    const value = reading[parameter];
    return `${parameterName(parameter)} ${value === null ? '–' : numberText(parameter, value)}`;
  };
  return (
    <Fact name={t('beds.vitals', { time: clockText(reading.observedAt, timeZone) })}>
      <span className={state === 'live' ? '' : `fresh-${state}`}>
        {part('heartRate')} · {part('spo2')} · {part('respiratoryRate')}
      </span>
      <br />
      <span className={state === 'live' ? '' : `fresh-${state}`}>
        {t('beds.pressure')} {pressure} · {part('temperature')}
      </span>
      {state === 'stale' || state === 'lost' ? <span className="notice"> {t('beds.old', { span: spanText(ageMs) })}</span> : null}
    </Fact>
  );
};

const PatientFacts = ({
  facts,
  reading,
  scene,
  journey,
}: {
  readonly facts: BedFacts;
  readonly reading: ReceivedReading | undefined;
  readonly scene: TileScene;
  readonly journey: ReactNode;
}) => {
  const { now, timeZone, stayTargetMs } = scene;
  const { encounter, patient, assessments } = facts;
  if (!encounter) return null;
  const due = observingOf(facts, scene);
  const flags = flagSentences(facts);
  const news = visitNews2(patient, encounter, assessments);
  const latest = assessments[0];
  const earlier = assessments.slice(1, 3).map((assessment) => {
    const before = visitNews2(patient, encounter, [assessment]);
    return `${before.total === null ? '–' : before.complete ? before.total : `≥${before.total}`} ${t('beds.at', { time: clockText(assessment.at, timeZone) })}`;
  });
  return (
    <div className="section">
      <dl className="facts">
        <Fact name={t('beds.complaint')}>
          <b className="m">{encounter.complaint ?? '–'}</b>
        </Fact>
        <Fact name="NEWS2">
          <NewsBadge total={news.total} complete={news.complete} trend={news.trend} />
          <span className="t2">
            {' '}
            {earlier.length > 0
              ? earlier.join(' · ')
              : latest
                ? t('beds.at', { time: clockText(latest.at, timeZone) })
                : t('beds.notMeasured')}
          </span>
        </Fact>
        {due === null ? null : (
          <Fact name={b('observations')}>
            <span className={due.at < now && !due.isMonitored ? 'notice m' : ''}>
              {due.isMonitored
                ? b('observeMonitored')
                : due.at < now
                  ? b('observeOver', { span: spanText(now - due.at) })
                  : b('observeAt', { time: clockText(due.at, timeZone) })}
            </span>{' '}
            <span className="t2">
              {b(`because.${due.because}`)}
              {due.continuous && !due.isMonitored ? ` · ${b('observeContinuous')}` : ''}
            </span>
          </Fact>
        )}
        {reading ? <Vitals reading={reading} now={now} timeZone={timeZone} /> : null}
        <Fact name={t('beds.allergy')}>
          {patient?.allergies == null ? (
            <span className="t2">{t('beds.notAsked')}</span>
          ) : patient.allergies.length === 0 ? (
            t('beds.noneKnown')
          ) : (
            <b>{patient.allergies.join(', ')}</b>
          )}
        </Fact>
        <Fact name={t('beds.level')}>
          <span className="row">
            <AcuityBadge acuity={encounter.acuity} size={20} />
            {latest ? `${latest.by.name} ${clockText(latest.at, timeZone)}` : '–'}
          </span>
        </Fact>
        {journey === null ? null : <Fact name={t('beds.journey')}>{journey}</Fact>}
        <Fact name={t('beds.stay')}>
          <Duration milliseconds={now - encounter.arrivedAt} />{' '}
          <span className="t2">{t('beds.of', { span: stayTargetMs === null ? '–' : spanText(stayTargetMs) })}</span>
        </Fact>
        {encounter.away === null ? null : (
          <Fact name={b('away')}>
            <b className="m">
              {b('awayFact', { to: encounter.away.to || '–', time: clockText(encounter.away.since, timeZone) })}
            </b>
            {encounter.away.expectedBackAt === null ? null : (
              <span className={encounter.away.expectedBackAt < now ? 'notice m' : 't2'}>
                {' '}
                {b('awayBack', { time: clockText(encounter.away.expectedBackAt, timeZone) })}
              </span>
            )}
          </Fact>
        )}
        {encounter.admitDecidedAt === null ? null : (
          <Fact name={b('admitted')}>
            <span className={now - encounter.admitDecidedAt > scene.settings.boardingMinutes * 60_000 ? 'notice m' : ''}>
              {b('admittedFact', {
                ward: encounter.admitTo ?? b('wardUnknown'),
                span: spanText(now - encounter.admitDecidedAt),
              })}
            </span>
          </Fact>
        )}
        {encounter.nextStep === null ? null : <Fact name={t('beds.next')}>{encounter.nextStep}</Fact>}
        {encounter.waitingFor.length === 0 ? null : (
          <Fact name={b('waitsFor')}>{encounter.waitingFor.map((thing) => b(`await.${thing}`)).join(', ')}</Fact>
        )}
        <Fact name={t('beds.staff')}>
          {[encounter.nurse, encounter.doctor].filter((name) => name !== null).join(' · ') || '–'}
        </Fact>
        {flags.length === 0 ? null : (
          <Fact name={t('beds.flags')}>
            {flags.map((sentence) => {
              const [code = '', ...words] = sentence.split(' ');
              return (
                <span key={code} className="panel__flag">
                  <Chip text={code} tone={isIsolation(code) ? 'strong' : 'plain'} /> {words.join(' ')}
                </span>
              );
            })}
          </Fact>
        )}
      </dl>
    </div>
  );
};

const AlarmSection = ({
  facts,
  now,
  timeZone,
  onAcknowledge,
}: {
  readonly facts: BedFacts;
  readonly now: Instant;
  readonly timeZone: string | null;
  readonly onAcknowledge: () => void;
}) => {
  const { alarm, alarmPending } = facts;
  if (!alarm) return null;
  const unanswered = isUnanswered(alarm);
  return (
    <div className="section">
      <div className="row">
        <span className={`mark mark--${alarm.priority} ${unanswered ? 'unack' : 'ack'}`}>
          <Icon name={alarmIconOf(alarm)} />
          {alarmWithOrigin(alarmLong(alarm), facts.alarmOrigin)}
        </span>
        <span className="grow" />
        <b>
          <Duration milliseconds={now - alarm.onsetAt} />
        </b>
      </div>
      <div className="meta">
        {[alarm.label, alarmStateText(alarm, now, timeZone), alarm.acknowledgedBy?.name]
          .filter((part) => part != null && part !== '')
          .join(' · ')}
        {alarmPending ? <PendingMark /> : null}
      </div>
      {needsAnswer(alarm) ? (
        <div className="row section__do">
          <Button main touch keyName="a" onPress={onAcknowledge}>
            {t('beds.keys.acknowledge')}
          </Button>
        </div>
      ) : null}
    </div>
  );
};

/** What `X` does with a bed that nobody lies in. */
export const blockWord = (status: BedStatus): string =>
  status === 'closed'
    ? b('keys.open')
    : t(status === 'blocked' ? 'beds.unblock' : status === 'reserved' ? 'beds.endHold' : 'beds.keys.block');

/** What `C` does with a bed that nobody lies in. */
export const cleanWord = (status: BedStatus): string =>
  status === 'available' ? b('keys.request') : t(status === 'cleaning' ? 'beds.clean.done' : 'beds.clean.start');

/** The chosen bed: its alarm, its patient, what can be done with it now. */
export const BedPanel = ({
  facts,
  reading,
  scene,
  journey,
  refusal,
  gestures,
}: {
  readonly facts: BedFacts;
  readonly reading: ReceivedReading | undefined;
  readonly scene: TileScene;
  /** The line from the call to the bed; null for one who walked in. */
  readonly journey: ReactNode;
  /** Why the last gesture on this bed was not done. */
  readonly refusal: string | null;
  readonly gestures: BedPanelGestures;
}) => {
  const { now, timeZone } = scene;
  const { bed, patient } = facts;
  const dirtyFrom = turnaroundSince(bed);
  const occupied = bed.status === 'occupied';
  return (
    <>
      <div className="panel__head">
        <span className="num">{bed.label}</span>
        <h2 className="panel__name">{occupied ? longName(patient) : t(`beds.status.${bed.status}`)}</h2>
        <span className="meta">
          {occupied
            ? [ageAndSex(patient), patient?.mrn].filter((part) => part != null && part !== '').join(' · ')
            : t('beds.since', { time: clockText(bed.since, timeZone) })}
        </span>
      </div>
      {refusal === null ? null : (
        <div className="section section--refused" role="alert">
          <Icon name="warning" size={14} />
          {refusal}
        </div>
      )}
      <AlarmSection facts={facts} now={now} timeZone={timeZone} onAcknowledge={gestures.acknowledge} />
      {facts.similar.length === 0 ? null : (
        <div className="section section--similar" role="status">
          <Icon name="similar" size={14} />
          {similarText(facts.similar)}
        </div>
      )}
      {occupied ? (
        <PatientFacts facts={facts} reading={reading} scene={scene} journey={journey} />
      ) : (
        <div className="section">
          {[
            bed.note === null ? null : writtenText(bed.note),
            patient ? longName(patient) : null,
            bed.reservation?.reason,
            bed.reservation?.until == null
              ? null
              : t(holdIsOver(bed, now) ? 'beds.holdOver' : 'beds.heldUntil', {
                  time: clockText(bed.reservation.until, timeZone),
                }),
            dirtyFrom === null
              ? null
              : b('turnaroundFact', { span: spanText(now - dirtyFrom), target: scene.settings.turnaroundMinutes }),
            bed.cleaner === null ? null : b('cleaner', { name: bed.cleaner }),
            [bed.space === 'bed' ? null : b(`space.${bed.space}`), bed.single ? b('single') : null]
              .filter((part) => part !== null)
              .join(', ') || null,
            bed.equipment.length > 0 ? bed.equipment.join(', ') : null,
          ]
            .filter((line) => line != null)
            .map((line) => (
              <p key={line}>{line}</p>
            ))}
          {bed.until === null ? null : <p className="t2">{t('beds.until', { time: clockText(bed.until, timeZone) })}</p>}
        </div>
      )}
      <div className="section row row--wrap side__acts">
        {bed.status === 'available' || bed.status === 'reserved' ? (
          <Button touch main keyName="b" onPress={gestures.assign}>
            {t('beds.keys.assign')}
          </Button>
        ) : null}
        {occupied ? (
          <>
            <Button touch keyName="m" onPress={gestures.move}>
              {b('keys.move')}
            </Button>
            <Button touch keyName="r" onPress={gestures.release}>
              {t('beds.keys.release')}
            </Button>
            <Button touch keyName="o" onPress={gestures.out}>
              {b(facts.encounter?.away ? 'keys.back' : 'keys.out')}
            </Button>
          </>
        ) : null}
        {bed.status === 'contaminated' || bed.status === 'cleaning' || bed.status === 'available' ? (
          <Button touch main={bed.status !== 'available'} keyName="c" onPress={gestures.clean}>
            {cleanWord(bed.status)}
          </Button>
        ) : null}
        {bed.status === 'available' || bed.status === 'blocked' || bed.status === 'reserved' || bed.status === 'closed' ? (
          <Button touch keyName="x" onPress={gestures.block}>
            {blockWord(bed.status)}
          </Button>
        ) : null}
        {bed.status === 'available' ? (
          <Button touch keyName="k" onPress={gestures.close}>
            {b('keys.close')}
          </Button>
        ) : null}
        {facts.pending ? <PendingMark /> : null}
      </div>
    </>
  );
};
