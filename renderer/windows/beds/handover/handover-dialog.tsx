import { useMemo, useState } from 'react';
import type { HandoverAsked } from '#contracts/ipc/station-window.ts';
import type { Handover } from '#domain/model/handover.ts';
import type { RecordKind } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { handoverItems } from '#domain/rules/handover-items.ts';
import { handoversInOrder, lastSigned, openHandover } from '#domain/rules/handover-state.ts';
import { useClient, useCopyState, useFramePart, useServerTime, useTables } from '../../../state/hooks.ts';
import { type RecordTables, recordsOf, viewOf } from '../../../state/store.ts';
import { PendingMark } from '../../../ui/badge.tsx';
import { Button, Dialog, Void } from '../../../ui/controls.tsx';
import { Choice } from '../../../ui/field.tsx';
import { useGesture } from '../../../ui/gesture.ts';
import { useKeys } from '../../../ui/keys.tsx';
import { refusalText } from '../../../ui/refusal-text.ts';
import { momentText } from '../../../ui/time.ts';
import { useToast } from '../../../ui/toast.tsx';
import { localeNow } from '../../../ui/translate.ts';
import { PastHandovers } from './past.tsx';
import { factsText } from './sentences.ts';
import { besides, leftForAnother, SignHandover } from './sign.tsx';
import { isAskedFirst, type Part, useUnconfirmed } from './signatures.ts';
import { SpeakThrough } from './speak.tsx';
import { h } from './strings.ts';
import { draftOf, pointKey, useHandoverDraft } from './use-handover-draft.ts';
import { useOutput } from './use-output.ts';
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
  const client = useClient();
  const signedIn = useFramePart('person');
  const person = signedIn && { personId: signedIn.id, name: signedIn.name };
  const link = useFramePart('link')?.state ?? 'offline';
  const isHeard = link === 'live' || link === 'late';
  const now = useServerTime() ?? 0;
  const gesture = useGesture();
  const toast = useToast();
  const output = useOutput();
  const [failure, setFailure] = useState<string | null>(null);
  const { draft, failure: notKept, isKept, change, clear } = useHandoverDraft();
  const all = useMemo(() => (known(tables) ? handoversInOrder(recordsOf(tables, 'handover')) : []), [tables]);
  const last = lastSigned(all);
  const [ownId, setOwnId] = useState<Id | null>(null);
  const own = ownId === null ? undefined : all.find(({ id }) => id === ownId);
  const open = openHandover(all) ?? own;
  const [asked, setAsked] = useState<Step | null>(null);
  /** The part of which it was asked whether it is signed with points not spoken through. */
  const [sure, setSure] = useState<Part | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const [chosenId, setChosenId] = useState<Id | null>(null);

  const step: Step = asked ?? (open ? (open.points.every(({ spoken }) => spoken) ? 'sign' : 'speak') : 'write');
  const firstUnspoken = open?.points.findIndex(({ spoken }) => !spoken) ?? -1;
  const place = Math.min(at ?? Math.max(0, firstUnspoken), Math.max(0, (open?.points.length ?? 0) - 1));
  const chosen = all.find(({ id }) => id === chosenId) ?? all[0];
  const shown: Handover | undefined = step === 'past' ? chosen : step === 'write' ? undefined : open;
  const unconfirmed = useUnconfirmed(shown && tables?.handover.get(shown.id));

  // What is suggested holds for a minute: a text that ticks while one writes below it helps nobody.
  const minute = Math.floor(now / 60_000) * 60_000;
  const isWriting = step === 'write';
  const items = useMemo((): readonly Suggested[] => {
    if (!isWriting || !known(tables)) return [];
    const view = viewOf(tables);
    return handoverItems(view, last, minute).map((item) => ({ ...item, text: factsText(view, item, minute, timeZone) }));
  }, [tables, last, minute, timeZone, isWriting]);
  const fits = items.length <= mostPoints ? items : items.filter(({ change: what }) => what !== 'same').slice(0, mostPoints);

  const goTo = (next: Step | null): void => {
    setAsked(next);
    setAt(null);
    setFailure(null);
    setSure(null);
    output.forget();
  };
  const typedPoints = () =>
    fits.map(({ about, id, change: what, reasons, stood, text }) => ({
      about,
      id,
      text,
      change: what,
      reasons: [...reasons],
      stood: stood && { ...stood, flags: [...stood.flags] },
      note: (draft.notes[pointKey({ about, id })] ?? '').trim(),
    }));
  const save = (): void => {
    const handoverId = draft.handoverId !== '' && draft.handoverId === open?.id ? draft.handoverId : null;
    const points = typedPoints();
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
    // The signatures follow once the last point stands as spoken: signed any earlier, it would be asked about.
    if (isLast) goTo(null);
    else setAt(Math.min(place + 1, open.points.length - 1));
  };
  const unspokenSame =
    open?.points.flatMap(({ change: what, spoken }, index) => (what === 'same' && !spoken ? [index] : [])) ?? [];
  const sign = (part: Part, signed: boolean): void => {
    if (!open) return;
    if (signed && isAskedFirst(open, part, sure)) {
      setSure(part);
      return;
    }
    setSure(null);
    const input = { handoverId: open.id, writtenAt: open.writtenAt, part };
    setOwnId(open.id);
    const isLast = open[part === 'given' ? 'taken' : 'given'] !== null;
    void gesture(
      'signHandover',
      { ...input, signed },
      signed
        ? {
            text: h(isHeard ? `didSign_${part}` : 'didSignOffline'),
            ...(isLast ? {} : { undo: () => void gesture('signHandover', { ...input, signed: false }) }),
          }
        : undefined,
    );
  };
  const another = step === 'sign' && open ? leftForAnother(open, person?.personId ?? null) : null;
  const signBeside = (part: Part, as: (typeof besides)[number]['role']): void => {
    if (!open) return;
    if (isAskedFirst(open, part, sure)) {
      setSure(part);
      return;
    }
    setSure(null);
    setOwnId(open.id);
    setFailure(null);
    const input = { handoverId: open.id, writtenAt: open.writtenAt, part };
    void client.countersign(as, 'signHandover', input).then(
      (answer) => (answer.status === 'saved' ? toast.show({ text: h('didSignBeside') }) : setFailure(refusalText(answer))),
      (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)),
    );
  };
  const canPrint = isWriting ? isWhole && fits.length > 0 : shown !== undefined;
  const put = (how: 'print' | 'save'): void => {
    if (!canPrint || output.busy) return;
    const asked: HandoverAsked = shown
      ? { handoverId: shown.id }
      : { draft: { summary: draft.summary.trim(), points: typedPoints().map((point) => ({ ...point, spoken: false })) } };
    output.out(how, asked, shown);
  };
  const mayRewrite = open !== undefined && open.given === null && open.taken === null;
  const rewrite = (): void => {
    if (!open) return;
    // What was typed and not saved yet goes before what is written.
    if (draft.handoverId !== open.id) change(draftOf(open));
    goTo('write');
  };
  const canSign = (part: Part): boolean => step === 'sign' && open !== undefined && open[part] === null && another === null;
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
    ...besides.map(({ role, key }) => ({
      key,
      label: `${h('signHere')}: ${h(`role_${role}`)}`,
      when: another !== null && isHeard,
      run: () => another && signBeside(another, role),
    })),
    { key: 'p', label: h('print'), when: canPrint, run: () => put('print') },
    { key: 'Shift+p', label: h('savePdf'), when: canPrint, run: () => put('save') },
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
        <Button touch keyName="p" disabled={!canPrint || output.busy} onPress={() => put('print')}>
          {h('print')}
        </Button>
        <Button touch keyName="Shift+p" disabled={!canPrint || output.busy} onPress={() => put('save')}>
          {h('savePdf')}
        </Button>
      </div>
      {output.hasNoPrinter ? (
        <p className="notice" role="status">
          {h('noPrinter')}
        </p>
      ) : null}
      {step === 'past' ? (
        <PastHandovers
          handovers={all}
          chosen={chosen}
          unconfirmed={unconfirmed}
          now={now}
          timeZone={timeZone}
          onChoose={(id) => {
            setChosenId(id);
            output.forget();
          }}
        />
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
          said={notKept !== null ? h('notKept', { why: notKept }) : isKept ? h('kept') : ''}
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
        <SignHandover
          handover={open}
          unconfirmed={unconfirmed}
          person={person}
          isHeard={isHeard}
          now={now}
          timeZone={timeZone}
          failure={failure}
          sure={sure}
          onSign={sign}
          onBeside={signBeside}
        />
      )}
    </Dialog>
  );
};
