import { useState } from 'react';
import type { Surge } from '#domain/model/surge.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { Button } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/field.tsx';
import { useGesture } from '../../../ui/gesture.ts';
import { useKeys } from '../../../ui/keys.tsx';
import { momentText } from '../../../ui/time.ts';
import { localeNow, t } from '../../../ui/translate.ts';
import { measureText } from './measure-text.ts';
import { c } from './strings.ts';

/** Why something that was recorded was not done: kept with it, and the line stays to be read. */
const Correction = ({ actionId, onDone }: { readonly actionId: Id; readonly onDone: () => void }) => {
  const gesture = useGesture();
  const [reason, setReason] = useState('');
  const isReady = reason.trim() !== '';
  const save = (): void => {
    if (!isReady) return;
    onDone();
    void gesture('takeBackSurgeAction', { actionId, reason: reason.trim() }, { text: c('corrected') });
  };
  useKeys([
    { key: 'Enter', label: c('correct'), quiet: true, whileTyping: true, when: isReady, run: save },
    { key: 'Escape', label: t('keys.back'), quiet: true, whileTyping: true, run: onDone },
  ]);
  return (
    <span className="capacity__correction">
      <Field label={c('reason')} text={reason} autoFocus onChange={(text) => setReason(text.slice(0, 120))} />
      <Button touch keyName="Enter" disabled={!isReady} onPress={save}>
        {c('correct')}
      </Button>
    </span>
  );
};

const Action = ({
  action,
  isCharge,
  at,
}: {
  readonly action: Surge['actions'][number];
  readonly isCharge: boolean;
  readonly at: (moment: Instant) => string;
}) => {
  const [isCorrecting, setCorrecting] = useState(false);
  const { id, text, by, takenBack } = action;
  if (takenBack)
    return (
      <li>
        <span className="t3">{at(action.at)}</span> <s className="t2">{text}</s> <span className="t3">{by.name}</span> ·{' '}
        {c('takenBack', { time: at(takenBack.at), name: takenBack.by.name })}
        {takenBack.reason === '' ? '' : `: ${takenBack.reason}`}
      </li>
    );
  return (
    <li>
      <span className="t3">{at(action.at)}</span> {text} <span className="t3">{by.name}</span>
      {isCharge && id !== null && !isCorrecting ? (
        <button type="button" className="btn btn--touch" onClick={() => setCorrecting(true)}>
          {c('wrong')}
        </button>
      ) : null}
      {isCorrecting && id !== null ? <Correction actionId={id} onDone={() => setCorrecting(false)} /> : null}
    </li>
  );
};

/** What was done about crowding in the last days, by whom and when, and what of it was taken back. */
export const SurgeList = ({
  surges,
  now,
  timeZone,
  isCharge,
}: {
  readonly surges: readonly Surge[];
  readonly now: Instant;
  readonly timeZone: string | null;
  readonly isCharge: boolean;
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
                <Action key={action.id ?? `${action.at} ${action.text}`} action={action} isCharge={isCharge} at={at} />
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
