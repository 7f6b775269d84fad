import { useMemo, useState } from 'react';
import type { Handover } from '#domain/model/handover.ts';
import type { RecordKind } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { handoverItems } from '#domain/rules/handover-items.ts';
import { handoversInOrder, lastSigned, openHandover } from '#domain/rules/handover-state.ts';
import { useCopyState, useFramePart, useServerTime, useTables } from '../../../state/hooks.ts';
import { type RecordTables, recordsOf, viewOf } from '../../../state/store.ts';
import { PendingMark } from '../../../ui/badge.tsx';
import { Button, Dialog, Void } from '../../../ui/controls.tsx';
import { Choice } from '../../../ui/field.tsx';
import { useGesture } from '../../../ui/gesture.ts';
import { useKeys } from '../../../ui/keys.tsx';
import { momentText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import { PastHandovers } from './past.tsx';
import { factsText } from './sentences.ts';
import { type Part, SignHandover } from './sign.tsx';
import { SpeakThrough } from './speak.tsx';
import { h } from './strings.ts';
import { draftOf, pointKey, useHandoverDraft } from './use-handover-draft.ts';
import { type Suggested, WriteHandover } from './write.tsx';
import './handover.css';

const kinds: readonly RecordKind[] = [
  'encounter',
  'patient',
  'bed',
  'area',
  'triageAssessment',
  'careNote',
  'task',
  'alarm',
  'incident',
  'surge',
  'disagreement',
  'interfaceLink',
  'handover',
];
const mostPoints = 600;

type Step = 'write' | 'speak' | 'sign' | 'past';

const known = (tables: RecordTables | null): tables is RecordTables => tables !== null;

/** The handover of a shift: written, spoken through, signed by two; and those of the last days. */
export const HandoverDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const tables = useTables(kinds);
  const timeZone = useFramePart('timeZone');
  // What is still loading would be told as gone, or not at all.
  const isWhole = useCopyState() === 'whole';
  const person = useFramePart('person')?.name ?? null;
  const now = useServerTime() ?? 0;
  const gesture = useGesture();
  const { draft, failure, isKept, change, clear } = useHandoverDraft();
  const all = useMemo(() => (known(tables) ? handoversInOrder(recordsOf(tables, 'handover')) : []), [tables]);
  const last = lastSigned(all);
  const [ownId, setOwnId] = useState<Id | null>(null);
  const own = ownId === null ? undefined : all.find(({ id }) => id === ownId);
  const open = openHandover(all) ?? own;
  const [asked, setAsked] = useState<Step | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const [chosenId, setChosenId] = useState<Id | null>(null);

  const step: Step = asked ?? (open ? (open.points.every(({ spoken }) => spoken) ? 'sign' : 'speak') : 'write');
  const firstUnspoken = open?.points.findIndex(({ spoken }) => !spoken) ?? -1;
  const place = Math.min(at ?? Math.max(0, firstUnspoken), Math.max(0, (open?.points.length ?? 0) - 1));
  const chosen = all.find(({ id }) => id === chosenId) ?? all[0];
  const shown: Handover | undefined = step === 'past' ? chosen : step === 'write' ? undefined : open;

  // What is suggested holds for a minute: a text that ticks while one writes below it helps nobody.
  const minute = Math.floor(now / 60_000) * 60_000;
  const isWriting = step === 'write';
  const items = useMemo((): readonly Suggested[] => {
    if (!isWriting || !known(tables)) return [];
    const view = viewOf(tables);
    return handoverItems(view, last, minute).map((item) => ({ ...item, text: factsText(view, item, minute, timeZone) }));
  }, [tables, last, minute, timeZone, isWriting]);
  const fits = items.length <= mostPoints ? items : items.filter(({ change: what }) => what !== 'same').slice(0, mostPoints);

  const goTo = (next: Step): void => {
    setAsked(next);
    setAt(null);
  };
  const save = (): void => {
    const handoverId = draft.handoverId !== '' && draft.handoverId === open?.id ? draft.handoverId : null;
    const points = fits.map(({ about, id, change: what, stood, text }) => ({
      about,
      id,
      text,
      change: what,
      stood: stood && { ...stood, flags: [...stood.flags] },
      note: (draft.notes[pointKey({ about, id })] ?? '').trim(),
    }));
    void gesture(
      'writeHandover',
      { handoverId, summary: draft.summary.trim(), points },
      { text: h('didWrite', { count: points.length }) },
    ).then((answer) => {
      if (answer.status !== 'saved') return;
      clear();
      goTo('speak');
    });
  };
  const mark = (points: readonly number[], spoken: boolean): void => {
    if (!open || points.length === 0) return;
    void gesture('markSpoken', { handoverId: open.id, writtenAt: open.writtenAt, points: [...points], spoken });
  };
  const sayNext = (): void => {
    const point = open?.points[place];
    if (!open || !point) return;
    mark([place], !point.spoken);
    if (point.spoken) return;
    const isLast = open.points.every(({ spoken }, index) => spoken || index === place);
    if (isLast) goTo('sign');
    else setAt(Math.min(place + 1, open.points.length - 1));
  };
  const unspokenSame =
    open?.points.flatMap(({ change: what, spoken }, index) => (what === 'same' && !spoken ? [index] : [])) ?? [];
  const sign = (part: Part, signed: boolean): void => {
    if (!open) return;
    const input = { handoverId: open.id, writtenAt: open.writtenAt, part };
    setOwnId(open.id);
    const isLast = open[part === 'given' ? 'taken' : 'given'] !== null;
    void gesture(
      'signHandover',
      { ...input, signed },
      signed
        ? {
            text: h(`didSign_${part}`),
            ...(isLast ? {} : { undo: () => void gesture('signHandover', { ...input, signed: false }) }),
          }
        : undefined,
    );
  };
  const mayRewrite = open !== undefined && open.given === null && open.taken === null;
  const rewrite = (): void => {
    if (!open) return;
    // What was typed and not saved yet goes before what is written.
    if (draft.handoverId !== open.id) change(draftOf(open));
    goTo('write');
  };
  const canSign = (part: Part): boolean =>
    step === 'sign' &&
    open !== undefined &&
    open[part] === null &&
    ![open.given, open.taken].some((one) => one?.by.name === person);
  const isSpeaking = step === 'speak' && open !== undefined;
  useKeys([
    { key: 'Ctrl+Enter', label: h('save'), whileTyping: true, when: isWriting && isWhole && known(tables), run: save },
    { key: [' ', 'Enter'], label: h('spoken'), when: isSpeaking, run: sayNext },
    {
      key: ['ArrowLeft', 'ArrowUp'],
      label: h('back'),
      when: isSpeaking && place > 0,
      run: () => setAt(place - 1),
    },
    {
      key: ['ArrowRight', 'ArrowDown'],
      label: h('next'),
      when: isSpeaking && place < open.points.length - 1,
      run: () => setAt(place + 1),
    },
    {
      key: 'a',
      label: h('allSame', { count: unspokenSame.length }),
      when: isSpeaking && unspokenSame.length > 0,
      run: () => mark(unspokenSame, true),
    },
    { key: 'g', label: h('toSign'), when: isSpeaking, run: () => goTo('sign') },
    { key: '1', label: h('signGiven'), when: canSign('given'), run: () => sign('given', true) },
    { key: '2', label: h('signTaken'), when: canSign('taken'), run: () => sign('taken', true) },
    { key: 'e', label: h('writeAnew'), when: (isSpeaking || step === 'sign') && mayRewrite, run: rewrite },
  ]);

  if (!known(tables))
    return (
      <Dialog title={h('title')} onClose={onClose} wide>
        <Void kind="unknown" title={h('unknown')}>
          {h('unknownWhy')}
        </Void>
      </Dialog>
    );
  const steps: readonly Step[] = open ? ['write', 'speak', 'sign', 'past'] : ['write', 'past'];
  const before = last
    ? h('since', {
        time: momentText(last.writtenAt, now, timeZone, localeNow()),
        given: last.given?.by.name ?? '–',
        taken: last.taken?.by.name ?? '–',
      })
    : h('first');
  return (
    <Dialog title={h('title')} onClose={onClose} wide>
      <div className="row handover__steps">
        <Choice
          label={h('title')}
          options={steps.map((value) => ({ value, label: h(value) }))}
          value={step}
          onChange={(next) => (next === 'write' && mayRewrite ? rewrite() : goTo(next))}
        />
        {shown && tables.handover.get(shown.id)?.pending ? <PendingMark label={h('unsent')} /> : null}
        <span className="grow" />
        {(step === 'speak' || step === 'sign') && mayRewrite ? (
          <Button touch keyName="e" onPress={rewrite}>
            {h('writeAnew')}
          </Button>
        ) : null}
      </div>
      {step === 'past' ? (
        <PastHandovers handovers={all} chosen={chosen} now={now} timeZone={timeZone} onChoose={setChosenId} />
      ) : (step === 'write' || !open) && !isWhole ? (
        <Void kind="loading" title={h('unknown')}>
          {h('unknownWhy')}
        </Void>
      ) : step === 'write' || !open ? (
        <WriteHandover
          points={fits}
          leftOut={items.length - fits.length}
          replaces={open !== undefined && !mayRewrite && openHandover(all) === open}
          before={before}
          draft={draft}
          said={failure !== null ? h('notKept', { why: failure }) : isKept ? h('kept') : ''}
          onChange={change}
          onSave={save}
        />
      ) : step === 'speak' ? (
        <SpeakThrough
          handover={open}
          at={place}
          unspokenSame={unspokenSame.length}
          onSpoken={sayNext}
          onMove={(by) => setAt(place + by)}
          onAllSame={() => mark(unspokenSame, true)}
          onSign={() => goTo('sign')}
        />
      ) : (
        <SignHandover handover={open} person={person} now={now} timeZone={timeZone} onSign={sign} />
      )}
    </Dialog>
  );
};
