import type { Surge } from '#domain/model/surge.ts';
import type { Instant } from '#domain/model/values.ts';
import { momentText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import { measureText } from './measure-text.ts';
import { c } from './strings.ts';

/** What was done about crowding in the last days, by whom and when. */
export const SurgeList = ({
  surges,
  now,
  timeZone,
}: {
  readonly surges: readonly Surge[];
  readonly now: Instant;
  readonly timeZone: string | null;
}) => {
  const at = (moment: Instant): string => momentText(moment, now, timeZone, localeNow());
  return (
    <section className="capacity__part capacity__surges" aria-label={c('surges')}>
      <div className="capacity__head">
        <h3>{c('surges')}</h3>
      </div>
      {surges.length === 0 ? <p className="t2">{c('noSurges')}</p> : null}
      <ol>
        {surges.map(({ id, name, measure, value, startedAt, ended, actions }) => (
          <li key={id} className="capacity__surge">
            <p>
              <b>{name}</b> {measureText(measure, value)}{' '}
              <span className="t2">
                {ended ? c('surgeUntil', { from: at(startedAt), until: at(ended.at) }) : c('surgeOpen', { from: at(startedAt) })}
              </span>
            </p>
            <ul>
              {actions.map((action) => (
                <li key={`${action.at} ${action.text}`}>
                  <span className="t3">{at(action.at)}</span> {action.text} <span className="t3">{action.by.name}</span>
                </li>
              ))}
              {ended ? (
                <li>
                  <span className="t3">{at(ended.at)}</span>{' '}
                  {c('surgeEnded', { name: ended.by.name, measure: measureText(measure, ended.value) })}
                </li>
              ) : null}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
};
