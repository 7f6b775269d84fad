import { useEffect, useRef, useState } from 'react';
import type { Instant } from '#domain/model/values.ts';
import { PendingMark } from '../../../ui/badge.tsx';
import { Banner, Button } from '../../../ui/controls.tsx';
import { useGesture } from '../../../ui/gesture.ts';
import { useKeys } from '../../../ui/keys.tsx';
import { momentText } from '../../../ui/time.ts';
import { localeNow, t } from '../../../ui/translate.ts';
import type { AskedSurge } from './counted.ts';
import { measureText } from './measure-text.ts';
import { c } from './strings.ts';

/** More would push the beds off the board; the others stand behind the capacity key. */
const mostShown = 2;
/** Actions beyond these have no key. */
const mostKeys = 9;
const actionKey = (index: number): string => `Alt+${index + 1}`;
const otherKey = 'Alt+0';
const endKey = 'Alt+e';

const headline = ({ threshold, value, state, since }: AskedSurge, at: (moment: Instant) => string): string => {
  const { name, measure } = threshold;
  const said = measureText(measure, value);
  if (state === 'over') return c('over', { name, measure: said });
  if (since === null) return c('asksNow', { name, measure: said });
  return c(state === 'asks' ? 'asks' : 'answered', { name, measure: said, time: at(since) });
};

/** What has been done, the newest first. */
const Done = ({ surge, at }: { readonly surge: AskedSurge; readonly at: (moment: Instant) => string }) => {
  const actions = surge.surge?.actions.toReversed() ?? [];
  const newest = actions.slice(0, mostShown);
  return (
    <span className="surge__done t2">
      {newest.map((action) => c('did', { text: action.text, time: at(action.at), name: action.by.name })).join(' · ')}
      {actions.length > newest.length ? ` · ${c('more', { count: actions.length - newest.length })}` : ''}
    </span>
  );
};

const FreeText = ({ onSave }: { readonly onSave: (text: string) => void }) => {
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className="surge__other"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') return;
        onSave(text.trim());
        setText('');
      }}
    >
      <div className="in">
        <input
          ref={field}
          value={text}
          maxLength={120}
          aria-label={c('otherField')}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <button type="submit" className="btn btn--touch">
        {c('save')} <kbd>Enter</kbd>
      </button>
    </form>
  );
};

const SurgeBar = ({
  surge,
  isLead,
  isCharge,
  now,
  timeZone,
}: {
  readonly surge: AskedSurge;
  /** The keys are this one's. */
  readonly isLead: boolean;
  /** Only a charge nurse says what is done. */
  readonly isCharge: boolean;
  readonly now: Instant;
  readonly timeZone: string | null;
}) => {
  const gesture = useGesture();
  const [adding, setAdding] = useState<'no' | 'choosing' | 'writing'>('no');
  const { threshold, value, state } = surge;
  const taken = new Set(surge.surge?.actions.map(({ text }) => text));
  const at = (moment: Instant): string => momentText(moment, now, timeZone, localeNow());
  const isChoosing = isCharge && (state === 'asks' || adding !== 'no');
  const record = (action: string): void => {
    setAdding('choosing');
    void gesture(
      'recordSurgeAction',
      { code: threshold.code, value: value ?? surge.surge?.value ?? threshold.from, action },
      {
        text: c('recorded', { text: action }),
      },
    );
  };
  const end = (): void => {
    if (surge.surge) void gesture('endSurge', { surgeId: surge.surge.id, value }, { text: c('ended', { name: threshold.name }) });
  };
  const write = (): void => setAdding('writing');
  const withKeys = threshold.actions.slice(0, mostKeys);
  useKeys([
    {
      key: withKeys.map((_, index) => actionKey(index)),
      label: c('keyAction'),
      quiet: true,
      whileTyping: true,
      when: isLead && isChoosing && withKeys.length > 0,
      run: (pressed) => {
        const action = withKeys[Number(pressed) - 1];
        if (action !== undefined && !taken.has(action)) record(action);
      },
    },
    { key: otherKey, label: c('keyOther'), quiet: true, whileTyping: true, when: isLead && isCharge, run: write },
    { key: endKey, label: c('keyEnd'), quiet: true, when: isLead && isCharge && state === 'over', run: end },
    {
      key: 'Escape',
      label: t('keys.back'),
      quiet: true,
      when: adding !== 'no',
      run: () => setAdding(adding === 'writing' ? 'choosing' : 'no'),
    },
  ]);
  const keyed = (key: string) => (isLead ? { keyName: key } : {});
  return (
    <div className={`surge surge--${state}`} data-surge={threshold.code} data-state={state}>
      <Banner
        tone={state === 'asks' ? 'notice' : 'info'}
        icon={state === 'asks' ? 'warning' : 'check'}
        title={headline(surge, at)}
      >
        {state === 'asks' ? (
          <span>{c(isCharge ? 'whatIsDone' : 'onlyCharge')}</span>
        ) : state === 'over' && surge.surge ? (
          <span className="t2">{c('overWhy', { time: at(surge.surge.startedAt), count: surge.surge.actions.length })}</span>
        ) : null}
        {isChoosing
          ? threshold.actions.map((action, index) => (
              <Button
                key={action}
                touch
                disabled={taken.has(action)}
                {...(index < mostKeys ? keyed(actionKey(index)) : {})}
                onPress={() => record(action)}
              >
                {action}
              </Button>
            ))
          : null}
        {isChoosing && adding === 'writing' ? <FreeText onSave={record} /> : null}
        {isChoosing && adding !== 'writing' ? (
          <Button touch {...keyed(otherKey)} onPress={write}>
            {c('other')}
          </Button>
        ) : null}
        {surge.surge && !isChoosing ? <Done surge={surge} at={at} /> : null}
        {surge.pending ? <PendingMark /> : null}
        <span className="grow" />
        {isCharge && !isChoosing && state === 'answered' ? (
          <Button touch {...keyed(otherKey)} onPress={write}>
            {c('add')}
          </Button>
        ) : null}
        {isCharge && state === 'over' ? (
          <Button touch main {...keyed(endKey)} onPress={end}>
            {c('end')}
          </Button>
        ) : null}
      </Banner>
    </div>
  );
};

/** What a reached threshold asks of the charge nurse, what was answered, and what may be ended. */
export const SurgeBars = ({
  surges,
  ...of
}: {
  readonly surges: readonly AskedSurge[];
  readonly isCharge: boolean;
  readonly now: Instant;
  readonly timeZone: string | null;
}) => (
  <div className="surges">
    {surges.slice(0, mostShown).map((surge, index) => (
      <SurgeBar key={surge.threshold.code} surge={surge} isLead={index === 0} {...of} />
    ))}
    {surges.length > mostShown ? (
      <p className="meta surges__more">{c('moreSurges', { count: surges.length - mostShown })}</p>
    ) : null}
  </div>
);
