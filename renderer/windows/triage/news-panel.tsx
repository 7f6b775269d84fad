import type { Vitals } from '#domain/model/triage-assessment.ts';
import { type News2Parameter, news2, news2Applicability, news2Parameters, type Spo2Scale } from '#domain/rules/news2.ts';
import { NewsBadge } from '../../ui/badge.tsx';
import { w } from './strings.ts';

const shortNames: Readonly<Record<News2Parameter, string>> = {
  respiratoryRate: 'RR',
  spo2: 'SpO2',
  oxygen: 'O2',
  systolic: 'SBP',
  heartRate: 'HR',
  consciousness: 'ACVPU',
  temperature: 'T',
};

/** NEWS2 as typed: each parameter with its points, the total only when nothing is missing. A suggestion, and it says so. */
export const NewsPanel = ({
  vitals,
  spo2Scale,
  ageYears,
  pregnant,
}: {
  readonly vitals: Vitals;
  readonly spo2Scale: Spo2Scale;
  readonly ageYears: number | null;
  readonly pregnant: boolean;
}) => {
  const applies = news2Applicability({ ageYears, pregnant });
  if (applies !== 'applies') {
    return (
      <div className="section row" data-news="notApplicable">
        <h3>NEWS2</h3>
        <NewsBadge total={null} complete={false} />
        <span className="t2">{w(applies === 'tooYoung' ? 'newsTooYoung' : 'newsPregnant')}</span>
      </div>
    );
  }
  const score = news2(vitals, spo2Scale);
  const measured = score.parts.length > 0;
  const pointsOf = (parameter: News2Parameter) => score.parts.find((part) => part.parameter === parameter);
  return (
    <div className="section" data-news={score.status === 'complete' ? score.total : 'incomplete'} aria-live="polite">
      <div className="row triage__news">
        <h3>NEWS2</h3>
        {score.status === 'complete' ? (
          <NewsBadge total={score.total} complete />
        ) : (
          <NewsBadge total={measured ? score.lowest : null} complete={false} />
        )}
        <span className={score.status === 'complete' && (score.band === 'medium' || score.band === 'high') ? 'b' : 't2'}>
          {score.status === 'complete'
            ? w(`newsband${score.band}`)
            : measured
              ? w('newsIncomplete', {
                  lowest: score.lowest,
                  missing: score.missing.map((parameter) => shortNames[parameter]).join(', '),
                })
              : w('newsNone')}
        </span>
      </div>
      <dl className="triage__points">
        {news2Parameters.map((parameter) => {
          const part = pointsOf(parameter);
          return (
            <div key={parameter}>
              <dt>
                {shortNames[parameter]} {part ? String(part.value) : ''}
              </dt>
              <dd className={part && part.score > 0 ? 'b' : 't3'}>{part ? part.score : '–'}</dd>
            </div>
          );
        })}
        <div className="triage__total">
          <dt>{w('total')}</dt>
          <dd className="b">{score.status === 'complete' ? score.total : measured ? `≥${score.lowest}` : '–'}</dd>
        </div>
      </dl>
    </div>
  );
};
