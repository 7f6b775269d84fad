/**
 * The conflicts inbox: what could not be done, until a person has decided. Nothing here is decided by itself and nothing goes
 * silently: a conflict is done again as a new command on today's rows, or left with a reason.
 */
import { useEffect, useRef, useState } from 'react';
import type { Conflict } from '#contracts/ipc/station-window.ts';
import type { Id } from '#domain/model/values.ts';
import { useClient, useCopyState, useFramePart, useServerTime, useWindow } from '../../state/hooks.ts';
import { Button, Dialog, Void } from '../controls.tsx';
import { Icon } from '../icon.tsx';
import { useKeys } from '../keys.tsx';
import { clockText } from '../time.ts';
import { useToast } from '../toast.tsx';
import { applicable, besides, chosenOf, closable } from './choice.ts';
import { ConflictDetail } from './detail.tsx';
import { Reasons, reasonKeys, reasonText } from './reasons.tsx';
import { words } from './strings.ts';
import './inbox.css';
import { refusalText } from '../refusal-text.ts';

const Row = ({
  conflict,
  isLookedAt,
  isMarked,
  timeZone,
  onLook,
  onMark,
}: {
  readonly conflict: Conflict;
  readonly isLookedAt: boolean;
  readonly isMarked: boolean;
  readonly timeZone: string | null;
  readonly onLook: () => void;
  readonly onMark: () => void;
}) => (
  <li className={isLookedAt ? 'inbox__row is-selected' : 'inbox__row'} data-conflict={conflict.commandId}>
    <label className="inbox__mark">
      <input type="checkbox" checked={isMarked} onChange={onMark} aria-label={words('mark')} tabIndex={-1} />
    </label>
    <button
      type="button"
      className="inbox__look"
      data-key-through="true"
      aria-current={isLookedAt ? 'true' : undefined}
      tabIndex={isLookedAt ? 0 : -1}
      onClick={onLook}
    >
      <Icon name={conflict.state === 'waiting' ? 'pending' : 'conflict'} />
      <span className="inbox__what">
        <b>{conflict.summary}</b>
        <span className="meta">
          {words('madeBy', { name: conflict.by, time: clockText(conflict.issuedAt, timeZone) })} ·{' '}
          {words(`code.${conflict.code}`)}
        </span>
      </span>
    </button>
  </li>
);

/** The list, and beside it what is known about the one looked at. */
export const InboxDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const client = useClient();
  const toast = useToast();
  const timeZone = useFramePart('timeZone');
  const copyState = useCopyState();
  const tables = useWindow((state) => state.records);
  const conflicts = useWindow((state) => state.conflicts);
  const now = useServerTime();
  const [marked, setMarked] = useState<ReadonlySet<Id>>(new Set());
  const [asked, setAsked] = useState<Id | null>(null);
  const [giving, setGiving] = useState(false);
  const [refusals, setRefusals] = useState<ReadonlyMap<Id, string>>(new Map());
  const [busy, setBusy] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const lookedAt = conflicts.find(({ commandId }) => commandId === asked) ?? conflicts[0];
  const lookedAtId = lookedAt?.commandId ?? null;
  const chosen = chosenOf(conflicts, marked, lookedAtId);
  const canApply = applicable(chosen);
  const canKeep = closable(chosen);

  useEffect(() => {
    if (lookedAtId === null || giving) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-conflict="${lookedAtId}"] .inbox__look`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }, [lookedAtId, giving]);

  const decide = async (which: readonly Conflict[], choice: 'keep' | 'apply', reason: string): Promise<void> => {
    if (busy || which.length === 0) return;
    setBusy(true);
    setGiving(false);
    const refused = new Map<Id, string>();
    // One after the other, so that a later one is decided on what an earlier one has changed.
    for (const { commandId } of which) {
      try {
        const answer = await client.resolveConflict(commandId, choice, reason);
        if (answer.status === 'refused' || answer.status === 'notSaved') refused.set(commandId, refusalText(answer));
      } catch (error) {
        refused.set(commandId, error instanceof Error ? error.message : String(error));
      }
    }
    setBusy(false);
    // Of several, those that were not done stay marked, to be tried or left together.
    setMarked(new Set(which.length > 1 ? refused.keys() : []));
    setRefusals(refused);
    const done = which.length - refused.size;
    if (done > 0) toast.show({ text: words(choice === 'keep' ? 'kept' : 'applied', { count: done }) });
    const [why] = refused.values();
    if (why !== undefined) toast.show({ text: words('notDone', { count: refused.size, why }), tone: 'refused' });
  };
  const apply = (): void => void decide(canApply, 'apply', words('applyReason'));
  const keep = (reason: string): void => void decide(canKeep, 'keep', reason);
  const mark = (id: Id): void =>
    setMarked((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const allMarked = conflicts.length > 0 && conflicts.every(({ commandId }) => marked.has(commandId));
  const markAll = (): void => setMarked(allMarked ? new Set() : new Set(conflicts.map(({ commandId }) => commandId)));

  useKeys([
    {
      key: ['ArrowUp', 'ArrowDown'],
      label: words('keyRow'),
      when: conflicts.length > 1 && !giving,
      run: (key) => setAsked(besides(conflicts, lookedAtId, key === 'ArrowUp' ? -1 : 1)),
    },
    { key: ' ', label: words('keyMark'), when: lookedAtId !== null && !giving, run: () => lookedAtId && mark(lookedAtId) },
    { key: 'Ctrl+a', label: words('markAll'), when: conflicts.length > 1 && !giving, run: markAll },
    { key: 'a', label: words('apply'), when: canApply.length > 0 && !giving && !busy, run: apply },
    { key: 'l', label: words('keep'), when: canKeep.length > 0 && !giving && !busy, run: () => setGiving(true) },
    ...reasonKeys.map((key) => ({ key, label: reasonText(key), when: giving, run: () => keep(reasonText(key)) })),
    { key: 'Escape', label: words('back'), when: giving, run: () => setGiving(false) },
  ]);

  const decided = conflicts.filter(({ state }) => state === 'decided').length;
  return (
    <Dialog title={words('title')} onClose={onClose} wide>
      {lookedAt === undefined ? (
        copyState === null ? (
          <Void kind="unknown" title={words('unknown')}>
            {words('unknownWhy')}
          </Void>
        ) : (
          <Void kind="none" title={words('none')}>
            {words('noneWhy')}
          </Void>
        )
      ) : (
        <div className="inbox">
          <div className="inbox__list">
            <div className="row inbox__head">
              <span className="t2">
                {marked.size > 0
                  ? words('marked', { count: chosen.length, all: conflicts.length })
                  : [
                      words('count', { count: decided }),
                      ...(decided < conflicts.length ? [words('waitingCount', { count: conflicts.length - decided })] : []),
                    ].join(' · ')}
              </span>
              <span className="grow" />
              {conflicts.length > 1 ? (
                <Button keyName="Ctrl+a" onPress={markAll}>
                  {words(allMarked ? 'unmark' : 'markAll')}
                </Button>
              ) : null}
            </div>
            <ul className="inbox__rows" ref={list}>
              {conflicts.map((conflict) => (
                <Row
                  key={conflict.commandId}
                  conflict={conflict}
                  isLookedAt={conflict.commandId === lookedAtId}
                  isMarked={marked.has(conflict.commandId)}
                  timeZone={timeZone}
                  onLook={() => setAsked(conflict.commandId)}
                  onMark={() => mark(conflict.commandId)}
                />
              ))}
            </ul>
          </div>
          <div className="inbox__side">
            <ConflictDetail
              conflict={lookedAt}
              tables={tables}
              now={now}
              timeZone={timeZone}
              refusal={refusals.get(lookedAt.commandId) ?? null}
            />
            {giving ? (
              <Reasons onReason={keep} onBack={() => setGiving(false)} />
            ) : (
              <div className="row inbox__do">
                <Button main touch keyName="a" disabled={canApply.length === 0 || busy} onPress={apply}>
                  {chosen.length > 1 ? words('applyMany', { count: canApply.length }) : words('apply')}
                </Button>
                <Button touch keyName="l" disabled={canKeep.length === 0 || busy} onPress={() => setGiving(true)}>
                  {chosen.length > 1 ? words('keepMany', { count: canKeep.length }) : words('keep')}
                </Button>
                {canApply.length === chosen.length ? null : (
                  <span className="meta">
                    {chosen.length > 1
                      ? words('cannotMany', { count: canApply.length, all: chosen.length })
                      : lookedAt.state === 'waiting'
                        ? null
                        : words('cannotApply')}
                  </span>
                )}
              </div>
            )}
          </div>
        </div>
      )}
    </Dialog>
  );
};
