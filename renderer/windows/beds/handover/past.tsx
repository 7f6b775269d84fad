import type { Handover } from '#domain/model/handover.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { handoverState } from '#domain/rules/handover-state.ts';
import { Void } from '../../../ui/controls.tsx';
import { momentText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import { HandoverText } from './parts.tsx';
import { countsText } from './sentences.ts';
import { type Part, parts } from './signatures.ts';
import { h } from './strings.ts';

/** The handovers that are still kept, the newest first, and the one that was chosen. */
export const PastHandovers = ({
  handovers,
  chosen,
  unconfirmed,
  now,
  timeZone,
  onChoose,
}: {
  readonly handovers: readonly Handover[];
  readonly chosen: Handover | undefined;
  /** The signatures of the chosen one that the hospital has not confirmed. */
  readonly unconfirmed: ReadonlySet<Part>;
  readonly now: Instant;
  readonly timeZone: string | null;
  readonly onChoose: (id: Id) => void;
}) => {
  const time = (at: Instant): string => momentText(at, now, timeZone, localeNow());
  if (handovers.length === 0 || !chosen)
    return (
      <Void kind="none" title={h('noPast')}>
        {h('noPastWhy')}
      </Void>
    );
  const state = handoverState(chosen, handovers);
  return (
    <div className="handover handover--past">
      <ul className="handover__list">
        {handovers.map((handover) => (
          <li key={handover.id}>
            <button
              type="button"
              className={handover === chosen ? 'handover__row is-selected' : 'handover__row'}
              aria-pressed={handover === chosen}
              onClick={() => onChoose(handover.id)}
            >
              <b>{h('writtenBy', { time: time(handover.writtenAt), name: handover.by.name })}</b>
              <span className="meta">
                {[
                  handover === chosen && unconfirmed.size > 0
                    ? h('state_unconfirmed')
                    : h(`state_${handoverState(handover, handovers)}`),
                  countsText(handover.points),
                ].join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className="handover__list">
        {state === 'replaced' ? <p className="notice">{h('replacedWhy')}</p> : null}
        {parts.map((part) => {
          const signature = chosen[part];
          return (
            <p key={part}>
              <span className="t3">{h(part)} </span>
              {signature ? h('signedAt', { name: signature.by.name, time: time(signature.at) }) : h('notSigned')}
              {unconfirmed.has(part) ? ` · ${h('unconfirmedShort')}` : ''}
            </p>
          );
        })}
        <HandoverText handover={chosen} />
      </div>
    </div>
  );
};
