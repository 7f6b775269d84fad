/**
 * Messages to crews and desks: the list, one message with who has acknowledged it, and the writing of a new one. What the person
 * here has still to answer is always on top of the list, urgent first, whatever is filtered.
 */
import { useEffect, useRef, useState } from 'react';
import type { RecordKind } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { answersOf, concerns, messagesInOrder, rolesToAnswer } from '#domain/rules/messages.ts';
import { useFramePart, useServerTime, useTables } from '../../state/hooks.ts';
import { recordsOf, viewOf } from '../../state/store.ts';
import { Chip } from '../badge.tsx';
import { Button, Dialog, Void } from '../controls.tsx';
import { useGesture } from '../gesture.ts';
import { Icon } from '../icon.tsx';
import { useKeys } from '../keys.tsx';
import { clockText } from '../time.ts';
import { Composer } from './composer.tsx';
import { emptyMessage, type MessageDraft } from './draft.ts';
import { MessageDetail, silentCrews } from './message-detail.tsx';
import { useRoles } from './my-messages.ts';
import { labelOf, type Recipient } from './recipients.ts';
import { s } from './strings.ts';
import { useMessageDraft } from './use-message-draft.ts';
import './messages.css';

const kinds: readonly RecordKind[] = ['message', 'unit', 'incident', 'assignment'];
/** As many as a person scrolls through; older ones stay in the records. */
const mostListed = 200;

const MessagesDialog = ({
  draft,
  onDraft,
  onClose,
}: {
  readonly draft: MessageDraft;
  readonly onDraft: (draft: MessageDraft) => void;
  readonly onClose: () => void;
}) => {
  const gesture = useGesture();
  const tables = useTables(kinds);
  const roles = useRoles();
  const person = useFramePart('person')?.name;
  const timeZone = useFramePart('timeZone');
  const now = useServerTime() ?? 0;
  const [asked, setAsked] = useState<Id | null>(null);
  const [isWriting, setWriting] = useState(false);
  const [isAll, setAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const view = tables && viewOf(tables);
  const fitting = tables
    ? messagesInOrder(
        recordsOf(tables, 'message').filter((message) => isAll || concerns(message, roles) || message.by.name === person),
        roles,
      )
    : [];
  const shown = fitting.slice(0, mostListed);
  const lookedAt = shown.find(({ id }) => id === asked) ?? shown[0];
  const lookedAtId = lookedAt?.id ?? null;
  const mine = lookedAt ? rolesToAnswer(lookedAt, roles) : [];
  const mayAnswerForCrews = roles.includes('dispatcher');
  const silent = lookedAt && mayAnswerForCrews ? silentCrews(lookedAt) : [];

  // After the first drawing: what a dialog's children bind counts only from then on.
  const [isBegun] = useState(draft.text !== '');
  useEffect(() => setWriting(isBegun), [isBegun]);

  useEffect(() => {
    if (lookedAtId === null || isWriting) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-message="${lookedAtId}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }, [lookedAtId, isWriting]);

  const acknowledge = (): void => {
    if (!lookedAt) return;
    // What was answered stays looked at, although the list puts it below what is not.
    setAsked(lookedAt.id);
    for (const role of mine)
      void gesture('acknowledgeMessage', { messageId: lookedAt.id, recipient: { to: 'role', role } }, { text: s('did') });
  };
  const radio = (recipient: Recipient): void => {
    if (!lookedAt || !view) return;
    setAsked(lookedAt.id);
    void gesture(
      'acknowledgeMessage',
      { messageId: lookedAt.id, recipient },
      { text: s('didFor', { name: labelOf(view, recipient) }) },
    );
  };
  const step = (by: number): void => {
    const at = shown.findIndex(({ id }) => id === lookedAtId);
    setAsked(shown[Math.min(shown.length - 1, Math.max(0, at + by))]?.id ?? null);
  };
  const write = (): void => setWriting(true);
  useKeys([
    {
      key: ['ArrowUp', 'ArrowDown'],
      label: s('keyRow'),
      when: !isWriting && shown.length > 1,
      run: (key) => step(key === 'ArrowUp' ? -1 : 1),
    },
    { key: 'n', label: s('write'), when: !isWriting, run: write },
    { key: 'a', label: s('acknowledge'), when: !isWriting && mine.length > 0, run: acknowledge },
    { key: 'f', label: s('keyFilter'), when: !isWriting, run: () => setAll((before) => !before) },
    {
      key: silent.slice(0, 9).map((_, index) => String(index + 1)),
      label: s('keyRadio'),
      when: !isWriting && silent.length > 0,
      run: (key) => {
        const recipient = silent[Number(key) - 1];
        if (recipient) radio(recipient);
      },
    },
  ]);
  return (
    <Dialog title={s('title')} onClose={onClose} wide>
      <div className="messages">
        <div className="messages__list">
          <div className="row messages__head">
            <Button main={!isWriting} keyName="n" onPress={write}>
              {s(draft.text === '' ? 'write' : 'writeOn')}
            </Button>
            <span className="grow" />
            <Button keyName="f" onPress={() => setAll((before) => !before)}>
              {s(isAll ? 'all' : 'mine')}
            </Button>
          </div>
          {shown.length === 0 ? (
            <Void kind={tables ? 'none' : 'unknown'} title={s(tables ? 'none' : 'unknown')}>
              {s(tables ? 'noneWhy' : 'unknownWhy')}
            </Void>
          ) : (
            <ul className="messages__rows" ref={list}>
              {shown.map((message) => {
                const { all, answered } = answersOf(message);
                const isUnanswered = rolesToAnswer(message, roles).length > 0;
                const isLookedAt = message.id === lookedAtId && !isWriting;
                return (
                  <li key={message.id}>
                    <button
                      type="button"
                      className={isLookedAt ? 'messages__row is-selected' : 'messages__row'}
                      data-message={message.id}
                      aria-current={isLookedAt ? 'true' : undefined}
                      tabIndex={isLookedAt ? 0 : -1}
                      onClick={() => {
                        setAsked(message.id);
                        setWriting(false);
                      }}
                    >
                      <Icon name={message.urgent ? 'warning' : answered === all ? 'check' : 'message'} />
                      <span className="messages__what">
                        <span className={isUnanswered ? 'messages__text b' : 'messages__text'}>{message.text}</span>
                        <span className="meta">
                          {s('from', { name: message.by.name, time: clockText(message.sentAt, timeZone) })} ·{' '}
                          {answered === all ? s('everybody') : s('answered', { answered, all })}
                        </span>
                      </span>
                      {isUnanswered ? <Chip text={s('toAnswer')} tone="notice" /> : null}
                    </button>
                  </li>
                );
              })}
              {fitting.length > shown.length ? (
                <li className="meta messages__more">{s('more', { count: fitting.length - shown.length })}</li>
              ) : null}
            </ul>
          )}
        </div>
        <div className="messages__side">
          {isWriting && view ? (
            <Composer
              view={view}
              draft={draft}
              onDraft={onDraft}
              onSent={() => {
                onDraft(emptyMessage);
                setWriting(false);
                setAsked(null);
              }}
              onBack={() => setWriting(false)}
            />
          ) : lookedAt && view && tables ? (
            <MessageDetail
              message={lookedAt}
              pending={tables.message.get(lookedAt.id)?.pending ?? false}
              view={view}
              now={now}
              timeZone={timeZone}
              isMine={mine.length > 0}
              mayAnswerForCrews={mayAnswerForCrews}
              onAcknowledge={acknowledge}
              onRadio={radio}
            />
          ) : null}
        </div>
      </div>
    </Dialog>
  );
};

/** The messages of this window. It stays while it is closed, with the one that is being written. */
export const Messages = ({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) => {
  const [draft, change] = useMessageDraft();
  return isOpen ? <MessagesDialog draft={draft} onDraft={change} onClose={onClose} /> : null;
};
