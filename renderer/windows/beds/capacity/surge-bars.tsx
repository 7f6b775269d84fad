import { useCallback, useEffect, useRef, useState } from 'react';
import { surgeActionOf } from '#domain/commands/record-surge-action.ts';
import type { Instant } from '#domain/model/values.ts';
import { standingActions } from '#domain/rules/surge-watch.ts';
import { PendingMark } from '../../../ui/badge.tsx';
import { Banner, Button } from '../../../ui/controls.tsx';
import { useGesture } from '../../../ui/gesture.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { momentText } from '../../../ui/time.ts';
import { localeNow, t } from '../../../ui/translate.ts';
import type { AskedSurge } from './counted.ts';
import { measureText } from './measure-text.ts';
import { c } from './strings.ts';

/** Actions beyond these have no key. */
const mostKeys = 9;
const actionKey = (index: number): string => `Alt+${index + 1}`;
export const otherKey = 'Alt+0';
const endKey = 'Alt+e';
const nextKey = 'Alt+n';
/** Actions that are said in full after an answered headline. */
const mostDone = 2;

/** What was recorded may be taken back for this long; then an answered bar gives its line back to the beds. Milliseconds. */
const openFor = 10_000;

/** Which answered surge is open as a bar, by its code: pressed open, or just answered. It closes by itself unless it is `held`. */
export const useOpenedSurge = () => {
  const [opened, setOpened] = useState<{ readonly code: string; readonly held: boolean } | null>(null);
  const open = useCallback((code: string | null, held = false) => setOpened(code === null ? null : { code, held }), []);
  useEffect(() => {
    if (opened === null || opened.held) return;
    const timer = setTimeout(() => setOpened(null), openFor);
    return () => clearTimeout(timer);
  }, [opened]);
  return [opened?.code ?? null, open] as const;
};
type OpenSurge = ReturnType<typeof useOpenedSurge>[1];

const headline = ({ threshold, value, state, since }: AskedSurge, at: (moment: Instant) => string): string => {
  const { name, measure } = threshold;
  const said = measureText(measure, value);
  if (state === 'over') return c('over', { name, measure: said });
  if (since === null) return c('asksNow', { name, measure: said });
  return c(state === 'asks' ? 'asks' : 'answered', { name, measure: said, time: at(since) });
};

/** What has been done, the newest first. */
const Done = ({
  surge,
  most,
  at,
}: {
  readonly surge: AskedSurge;
  readonly most: number;
  readonly at: (moment: Instant) => string;
}) => {
  const actions = surge.surge ? standingActions(surge.surge).toReversed() : [];
  const newest = actions.slice(0, most);
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
  next,
  others,
  isCharge,
  now,
  timeZone,
  onOpen,
  onNext,
}: {
  readonly surge: AskedSurge;
  /** Another that stands behind this one, and how many do. */
  readonly next: AskedSurge | undefined;
  readonly others: number;
  /** Only a charge nurse says what is done. */
  readonly isCharge: boolean;
  readonly now: Instant;
  readonly timeZone: string | null;
  readonly onOpen: OpenSurge;
  readonly onNext: () => void;
}) => {
  const gesture = useGesture();
  const [isWriting, setWriting] = useState(false);
  const { threshold, value, state } = surge;
  const taken = new Set(surge.surge ? standingActions(surge.surge).map(({ text }) => text) : []);
  const at = (moment: Instant): string => momentText(moment, now, timeZone, localeNow());
  const isChoosing = isCharge && (state !== 'over' || isWriting);
  const record = (action: string): void => {
    setWriting(false);
    onOpen(threshold.code);
    void gesture(
      'recordSurgeAction',
      { code: threshold.code, value: value ?? surge.surge?.value ?? threshold.from, action },
      {
        text: c('recorded', { text: action }),
        undo: (commandId) => void gesture('takeBackSurgeAction', { actionId: surgeActionOf(commandId), reason: '' }),
      },
    );
  };
  const end = (): void => {
    const surgeId = surge.surge?.id;
    if (surgeId === undefined) return;
    void gesture(
      'endSurge',
      { surgeId, value },
      { text: c('ended', { name: threshold.name }), undo: () => void gesture('reopenSurge', { surgeId }) },
    );
  };
  const write = (): void => {
    setWriting(true);
    onOpen(threshold.code, true);
  };
  const withKeys = threshold.actions.slice(0, mostKeys);
  useKeys([
    {
      key: withKeys.map((_, index) => actionKey(index)),
      label: c('keyAction'),
      quiet: true,
      whileTyping: true,
      when: isChoosing && withKeys.length > 0,
      run: (pressed) => {
        const action = withKeys[Number(pressed) - 1];
        if (action !== undefined && !taken.has(action)) record(action);
      },
    },
    { key: otherKey, label: c('keyOther'), quiet: true, whileTyping: true, when: isCharge, run: write },
    { key: endKey, label: c('keyEnd'), quiet: true, when: isCharge && state === 'over', run: end },
    { key: nextKey, label: c('keyNext'), quiet: true, when: next !== undefined, run: onNext },
    {
      key: 'Escape',
      label: t('keys.back'),
      quiet: true,
      when: isWriting || state === 'answered',
      run: () => {
        if (!isWriting) onOpen(null);
        setWriting(false);
      },
    },
  ]);
  return (
    <div className={`surge surge--${state}`} data-surge={threshold.code} data-state={state}>
      <Banner
        tone={state === 'asks' ? 'notice' : 'info'}
        icon={state === 'asks' ? 'warning' : 'check'}
        title={headline(surge, at)}
      >
        {state === 'asks' && (next === undefined || !isCharge) ? (
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
                {...(index < mostKeys ? { keyName: actionKey(index) } : {})}
                onPress={() => record(action)}
              >
                {action}
              </Button>
            ))
          : null}
        {isChoosing && isWriting ? <FreeText onSave={record} /> : null}
        {isChoosing && !isWriting ? (
          <Button touch keyName={otherKey} onPress={write}>
            {c('other')}
          </Button>
        ) : null}
        {surge.surge && !isWriting ? <Done surge={surge} most={isChoosing ? 1 : mostDone} at={at} /> : null}
        {surge.pending ? <PendingMark /> : null}
        {surge.surge && !isWriting ? null : <span className="grow" />}
        {state === 'answered' ? (
          <Button touch keyName="Escape" onPress={() => onOpen(null)}>
            {c('close')}
          </Button>
        ) : null}
        {isCharge && state === 'over' ? (
          <Button touch main keyName={endKey} onPress={end}>
            {c('end')}
          </Button>
        ) : null}
        {next === undefined ? null : (
          <Button touch keyName={nextKey} onPress={onNext}>
            <Icon name={next.state === 'asks' ? 'warning' : 'check'} size={16} />
            {measureText(next.threshold.measure, next.value)}
            {others > 1 ? ` ${c('more', { count: others - 1 })}` : ''}
          </Button>
        )}
      </Banner>
    </div>
  );
};

/**
 * What a reached threshold asks of the charge nurse, what may be ended, and the answered one that is `opened`: one bar, so that they take one
 * line from the beds however many they are. What an answer has just opened stays in it; the next is named at its end.
 */
export const SurgeBars = ({
  surges,
  opened,
  ...of
}: {
  readonly surges: readonly AskedSurge[];
  readonly opened: string | null;
  readonly isCharge: boolean;
  readonly now: Instant;
  readonly timeZone: string | null;
  readonly onOpen: OpenSurge;
}) => {
  const bars = surges.filter(({ state, threshold }) => state !== 'answered' || threshold.code === opened);
  const [chosen, choose] = useState<string | null>(null);
  const shown =
    bars.find(({ threshold }) => threshold.code === opened) ?? bars.find(({ threshold }) => threshold.code === chosen) ?? bars[0];
  if (shown === undefined) return <div className="surges" />;
  const next = bars[(bars.indexOf(shown) + 1) % bars.length];
  return (
    <div className="surges">
      <SurgeBar
        key={shown.threshold.code}
        surge={shown}
        next={next === shown ? undefined : next}
        others={bars.length - 1}
        onNext={() => {
          of.onOpen(null);
          choose(next?.threshold.code ?? null);
        }}
        {...of}
      />
    </div>
  );
};
