import { useId, useState } from 'react';
import type { HandoverPoint } from '#domain/model/handover.ts';
import type { HandoverItem } from '#domain/rules/handover-items.ts';
import { Button, Void } from '../../../ui/controls.tsx';
import { ChangeChip, PointGroups } from './parts.tsx';
import { countsText, reasonsText } from './sentences.ts';
import { h } from './strings.ts';
import { type HandoverDraft, pointKey } from './use-handover-draft.ts';

export type Suggested = HandoverItem & { readonly text: string };

/** What is to be handed over: what changed stands unfolded, each fact with a line of one's own under it. */
export const WriteHandover = ({
  points,
  leftOut,
  replaces,
  before,
  draft,
  said,
  onChange,
  onSave,
}: {
  readonly points: readonly Suggested[];
  /** How many did not fit. */
  readonly leftOut: number;
  /** One that somebody has signed gives way to this one. */
  readonly replaces: boolean;
  /** Against which handover, in words. */
  readonly before: string;
  readonly draft: HandoverDraft;
  /** What became of the draft. */
  readonly said: string;
  readonly onChange: (draft: HandoverDraft) => void;
  readonly onSave: () => void;
}) => {
  const [unfolded, setUnfolded] = useState<ReadonlySet<HandoverPoint['about']>>(new Set());
  const id = useId();
  const note = (point: Suggested): string => draft.notes[pointKey(point)] ?? '';
  const fold = (about: HandoverPoint['about']): void =>
    setUnfolded((shown) => new Set(shown.has(about) ? [...shown].filter((one) => one !== about) : [...shown, about]));
  return (
    <div className="handover">
      <div className="handover__list">
        <p className="meta handover__before">
          {before} <b>{countsText(points)}</b>
        </p>
        {replaces ? <p className="notice">{h('leave')}</p> : null}
        {points.length === 0 ? (
          <Void kind="none" title={h('nothing')}>
            {h('nothingWhy')}
          </Void>
        ) : null}
        <PointGroups
          points={points}
          shown={(point) => point.change !== 'same' || unfolded.has(point.about) || note(point) !== ''}
          row={(point) => (
            <li key={pointKey(point)} className="handover__point">
              <ChangeChip change={point.change} />
              <div>
                <p>{point.text}</p>
                {reasonsText(point) === '' ? null : <p className="meta">{reasonsText(point)}</p>}
                <input
                  value={note(point)}
                  maxLength={200}
                  placeholder={h('ownHint')}
                  aria-label={h('ownLine', { facts: point.text })}
                  onChange={(event) => onChange({ ...draft, notes: { ...draft.notes, [pointKey(point)]: event.target.value } })}
                />
              </div>
            </li>
          )}
          after={(about, group) => {
            const same = group.filter(({ change }) => change === 'same').length;
            return same === 0 ? null : (
              <div className="row handover__fold">
                <Button touch onPress={() => fold(about)}>
                  {unfolded.has(about) ? h('hideSame') : h('showSame', { count: same })}
                </Button>
              </div>
            );
          }}
        />
        {leftOut === 0 ? null : <p className="notice">{h('tooMany', { count: leftOut })}</p>}
      </div>
      <div className="handover__side">
        <label className="t3" htmlFor={id}>
          {h('summary')}
        </label>
        <textarea
          id={id}
          value={draft.summary}
          maxLength={4000}
          placeholder={h('summaryHint')}
          onChange={(event) => onChange({ ...draft, summary: event.target.value })}
        />
        <p className="meta">{said}</p>
        <Button touch main keyName="Ctrl+Enter" onPress={onSave}>
          {h(draft.handoverId === '' ? 'save' : 'saveAnew')}
        </Button>
      </div>
    </div>
  );
};
