import type { Instant } from '#domain/model/values.ts';
import { type Nedocs, nedocsBase, overcrowdedAbove } from '#domain/rules/nedocs.ts';
import { clockText } from '../../../ui/time.ts';
import { t } from '../../../ui/translate.ts';
import { NedocsScale } from './nedocs-scale.tsx';
import { bandText, missingText, nedocsColumns, pointsText, signed } from './nedocs-text.ts';
import { c } from './strings.ts';

/** The score taken apart: each input, what it adds, and of a missing one why it is missing and what to do. */
export const NedocsPanel = ({
  score,
  isWhole,
  now,
  timeZone,
}: {
  readonly score: Nedocs;
  /** False while the copy of this desk is not whole. */
  readonly isWhole: boolean;
  readonly now: Instant;
  readonly timeZone: string | null;
}) => {
  const value = score.status === 'complete' ? score.value : null;
  return (
    <section className="capacity__part" aria-label={c('nedocs')}>
      <div className="capacity__head">
        <h3>{c('nedocs')}</h3>
        <span className="meta">{c('nedocsNote', { time: clockText(now, timeZone) })}</span>
      </div>
      <p className="capacity__score">
        <span className="hero">{value === null ? '–' : Math.round(value)}</span>
        <span className={value === null || value > overcrowdedAbove ? 'notice m' : 'm'}>{bandText(score)}</span>
      </p>
      <NedocsScale value={value} />
      {score.status === 'incomplete' ? (
        <ul className="capacity__missing">
          {(isWhole ? score.missing : score.missing.slice(0, 1)).map((input) => (
            <li key={input}>
              {isWhole ? <b>{c(`input.${input}`)}: </b> : null}
              {missingText(input, isWhole)}
            </li>
          ))}
          <li className="t2">{c('noScore')}</li>
        </ul>
      ) : null}
      <table className="table capacity__table">
        <thead>
          <tr>
            <th scope="col">{c('input')}</th>
            <th scope="col" className="r">
              {c('value')}
            </th>
            <th scope="col" className="r">
              {c('points')}
            </th>
          </tr>
        </thead>
        <tbody>
          {nedocsColumns(score).map(({ input, of, text }) => (
            <tr key={input}>
              <td>{c(`input.${input}`)}</td>
              <td className={score.status === 'incomplete' && of.some((one) => score.missing.includes(one)) ? 'r notice m' : 'r'}>
                {text}
              </td>
              <td className="r b">{pointsText(score, input)}</td>
            </tr>
          ))}
          <tr>
            <td>{t('beds.nedocs.base')}</td>
            <td />
            <td className="r b">{signed(nedocsBase)}</td>
          </tr>
          <tr>
            <td className="m">{c('sum')}</td>
            <td />
            <td className="r b">{value === null ? '–' : value.toFixed(1)}</td>
          </tr>
        </tbody>
      </table>
      <p className="meta">{c('bedsNote')}</p>
    </section>
  );
};
