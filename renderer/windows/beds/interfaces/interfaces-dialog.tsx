import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Bed } from '#domain/model/bed.ts';
import type { Disagreement } from '#domain/model/disagreement.ts';
import type { DeskQuestion } from '#domain/model/message-desk.ts';
import { useFramePart, useRecords, useServerTime, useTables, useWindowStore } from '../../../state/hooks.ts';
import { linkOf } from '../../../state/link.ts';
import { recordsOf } from '../../../state/store.ts';
import { Button, Dialog, Void } from '../../../ui/controls.tsx';
import { Choice } from '../../../ui/field.tsx';
import { useGesture } from '../../../ui/gesture.ts';
import { useKeys } from '../../../ui/keys.tsx';
import { clockText, momentText } from '../../../ui/time.ts';
import { useToast } from '../../../ui/toast.tsx';
import { localeNow } from '../../../ui/translate.ts';
import { DisagreementDetail, decisionReasons, disagreementPatient, disagreementTitle } from './disagreement-detail.tsx';
import { Links } from './links.tsx';
import { MessageDetail, placeText, senderText } from './message-detail.tsx';
import { m } from './strings.ts';
import { type Listed, type messageViews, refusalText, useAsk, useMessages } from './use-messages.ts';

const kinds = ['bed', 'area', 'encounter', 'patient', 'disagreement', 'interfaceLink'] as const;
const views = ['waiting', 'refused', 'all', 'dead', 'outgoing', 'disagreements'] as const;
type View = (typeof views)[number];
const isMessageView = (view: View): view is (typeof messageViews)[number] => view !== 'disagreements';
const anySender = '';

const Row = ({
  id,
  isChosen,
  title,
  detail,
  time,
  onChoose,
}: {
  readonly id: string;
  readonly isChosen: boolean;
  readonly title: string;
  readonly detail: string;
  readonly time: string;
  readonly onChoose: () => void;
}) => (
  <li>
    <button
      type="button"
      className={isChosen ? 'interfaces__row is-selected' : 'interfaces__row'}
      data-row={id}
      data-key-through="true"
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      <span className="row">
        <b className="grow">{title}</b>
        <span className="meta">{time}</span>
      </span>
      <span className="meta">{detail}</span>
    </button>
  </li>
);

const titleOf = ({ way, message }: Listed): string =>
  way === 'in'
    ? [message.trigger || m('unreadable'), ...(message.location === null ? [] : [placeText(message.location)])].join(' · ')
    : message.trigger;
const detailOf = ({ way, message }: Listed): string =>
  way === 'in'
    ? [m(`state_${message.state}`), senderText(message.sender), message.reason].join(' · ')
    : [m(`state_${message.state}`), message.reason ?? message.controlId].join(' · ');

/** The message desk: how the lines stand, what came over them and what became of it, and what a person must decide. */
export const InterfacesDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const tables = useTables(kinds);
  const disagreementRows = useRecords('disagreement');
  const timeZone = useFramePart('timeZone');
  const person = useFramePart('person');
  const now = useServerTime() ?? Date.now();
  const gesture = useGesture();
  const toast = useToast();
  const ask = useAsk();
  const store = useWindowStore();
  const link = linkOf(store.getState(), performance.now());
  const offlineSince = link.state === 'offline' ? (link.lastHeardAt ?? undefined) : null;
  const links = tables ? recordsOf(tables, 'interfaceLink').toSorted((one, other) => one.name.localeCompare(other.name)) : [];
  const open = [...disagreementRows.values()]
    .filter(({ record }) => record.ended === null)
    .toSorted((one, other) => other.record.at - one.record.at);
  const unresolved = (direction: 'in' | 'out'): number =>
    links.filter((link) => link.direction === direction).reduce((sum, one) => sum + one.unresolved, 0);
  const counts: Readonly<Partial<Record<View, number>>> = {
    waiting: unresolved('in'),
    dead: unresolved('out'),
    disagreements: open.length,
  };
  const [view, setView] = useState<View>(
    () => (['waiting', 'dead', 'disagreements'] as const).find((one) => (counts[one] ?? 0) > 0) ?? 'waiting',
  );
  const [sender, setSender] = useState(anySender);
  const [senders, setSenders] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [bytesOf, setBytesOf] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const comesIn = view === 'waiting' || view === 'refused' || view === 'all';
  const { messages, older, again } = useMessages(
    isMessageView(view) ? view : null,
    comesIn && sender !== anySender ? sender : null,
    () => now,
  );
  const rows = isMessageView(view) && messages.state === 'listed' ? messages.rows : [];
  useEffect(() => {
    if (messages.state !== 'listed') return;
    const said = messages.rows.flatMap(({ way, message }) => (way === 'in' && message.sender !== '' ? [message.sender] : []));
    setSenders((before) => (said.every((one) => before.includes(one)) ? before : [...new Set([...before, ...said])].sort()));
  }, [messages]);

  const keyOfRow = ({ way, message }: Listed): string => `${way}${message.sequence}`;
  const ids = isMessageView(view) ? rows.map(keyOfRow) : open.map(({ record }) => record.id);
  const at = Math.max(0, ids.indexOf(chosen ?? ''));
  const id = ids[at] ?? null;
  const listed = isMessageView(view) ? rows[at] : undefined;
  const disagreement = isMessageView(view) ? undefined : open[at];
  const isCharge = person?.roles.includes('chargeNurse') ?? false;
  const mayDecide = isCharge || (person?.roles.includes('triageNurse') ?? false);

  const show = (next: View): void => {
    setView(next);
    setChosen(null);
    setBytesOf(null);
    setReason('');
  };
  const choose = (next: string): void => {
    setChosen(next);
    setBytesOf(null);
    setReason('');
  };
  useEffect(() => {
    if (id === null || document.activeElement instanceof HTMLInputElement) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-row="${id}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }, [id]);

  /** Asks for a change, says what came of it and looks again. */
  const change = async (question: DeskQuestion, bed?: Bed): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const answer = await ask(question);
    setBusy(false);
    if (answer.about === 'refused') toast.show({ text: refusalText(answer), tone: 'refused' });
    else if (answer.about === 'mapBed' && question.about === 'mapBed')
      toast.show({ text: m('didMap', { place: placeText(question.location), bed: bed?.label ?? '–', count: answer.done }) });
    else if (answer.about === 'replay') toast.show({ text: m('didReplay', { code: answer.code, reason: answer.reason }) });
    else if (answer.about === 'resend') toast.show({ text: m('didResend') });
    if (answer.about !== 'refused' || answer.code !== 'notReached') again();
  };
  const map = (bed: Bed): void => {
    if (listed?.way !== 'in' || listed.message.location === null) return;
    const { sender: of, location } = listed.message;
    void change({ about: 'mapBed', sender: of, location, bedId: bed.id }, bed);
  };
  const replay = (): void => {
    if (listed?.way === 'in') void change({ about: 'replay', sequence: listed.message.sequence });
  };
  const resend = (): void => {
    if (listed?.way === 'out') void change({ about: 'resend', sequence: listed.message.sequence });
  };
  const decide = (one: Disagreement, choice: 'theirs' | 'ours'): void => {
    const said = one[choice].text;
    void gesture(
      'resolveDisagreement',
      { disagreementId: one.id, choice, reason: reason.trim() },
      { text: m('didDecide', { text: said }) },
    ).then(({ status }) => {
      if (status === 'saved') setReason('');
    });
  };
  const canDecide = disagreement !== undefined && mayDecide && reason.trim() !== '';
  const canMap = isCharge && listed?.way === 'in' && listed.message.state === 'waiting' && listed.message.location !== null;
  const more = messages.state === 'listed' && messages.more && isMessageView(view);
  useKeys([
    {
      key: ['ArrowUp', 'ArrowDown'],
      label: m('rows'),
      when: ids.length > 1,
      run: (key) => choose(ids[Math.max(0, Math.min(ids.length - 1, at + (key === 'ArrowUp' ? -1 : 1)))] ?? ''),
    },
    {
      key: ['ArrowLeft', 'ArrowRight'],
      label: m('tabs'),
      run: (key) => {
        const step = key === 'ArrowLeft' ? views.length - 1 : 1;
        show(views[(views.indexOf(view) + step) % views.length] ?? 'waiting');
      },
    },
    { key: 'u', label: m('again'), when: isMessageView(view), run: again },
    { key: 'PageDown', label: m('older'), when: more, run: older },
    { key: 'b', label: m('bytes'), when: listed !== undefined, run: () => setBytesOf(id) },
    { key: 'm', label: m('mapKey'), when: canMap, run: () => field.current?.focus() },
    { key: 'r', label: m('replay'), when: isCharge && listed?.way === 'in' && !busy, run: replay },
    {
      key: 's',
      label: m('resend'),
      when: isCharge && listed?.way === 'out' && listed.message.state === 'dead' && !busy,
      run: resend,
    },
    ...decisionReasons.map((key, index) => ({
      key: String(index + 1),
      label: m(key),
      when: disagreement !== undefined && mayDecide,
      run: () => setReason(m(key)),
    })),
    {
      key: 't',
      label: m('theirsKey'),
      when: canDecide && disagreement?.record.about !== 'identity',
      run: () => disagreement && decide(disagreement.record, 'theirs'),
    },
    { key: 'k', label: m('oursKey'), when: canDecide, run: () => disagreement && decide(disagreement.record, 'ours') },
  ]);

  const time = (moment: number): string => momentText(moment, now, timeZone, localeNow());
  const nothing = (): ReactNode => {
    if (!isMessageView(view))
      return tables === null ? (
        <Void kind="unknown" title={m('unknown')} />
      ) : (
        <Void kind="none" title={m('none_disagreements')} />
      );
    if (messages.state === 'loading') return <Void kind="loading" title={m('looking')} />;
    if (messages.state === 'refused')
      return (
        <Void kind="unknown" title={m('unknown')}>
          {messages.why}
        </Void>
      );
    return (
      <Void kind="none" title={m(`none_${view}`)}>
        {sender !== anySender && comesIn ? m('noneOfSender') : m('noneWhy', { time: clockText(messages.asOf, timeZone) })}
      </Void>
    );
  };
  return (
    <Dialog title={m('title')} onClose={onClose} wide>
      <Links links={links} now={now} timeZone={timeZone} offlineSince={offlineSince} />
      <div className="row row--wrap interfaces__views">
        <Choice
          label={m('view')}
          options={views.map((value) => {
            const count = counts[value] ?? 0;
            const label = m(`view_${value}`);
            return { value, label: count > 0 ? m('counted', { label, count }) : label };
          })}
          value={view}
          onChange={show}
        />
        {comesIn && senders.length > 1 ? (
          <Choice
            label={m('sender')}
            options={[
              { value: anySender, label: m('anySender') },
              ...senders.map((value) => ({ value, label: senderText(value) })),
            ]}
            value={sender}
            onChange={setSender}
          />
        ) : null}
        <span className="grow" />
        {isMessageView(view) ? (
          <Button touch keyName="u" onPress={again}>
            {m('again')}
          </Button>
        ) : null}
      </div>
      {ids.length === 0 ? (
        nothing()
      ) : (
        <div className="interfaces">
          <ul className="interfaces__list" ref={list}>
            {isMessageView(view)
              ? rows.map((one) => (
                  <Row
                    key={keyOfRow(one)}
                    id={keyOfRow(one)}
                    isChosen={keyOfRow(one) === id}
                    title={titleOf(one)}
                    detail={detailOf(one)}
                    time={time(one.way === 'in' ? one.message.receivedAt : one.message.createdAt)}
                    onChoose={() => choose(keyOfRow(one))}
                  />
                ))
              : open.map(({ record }) => (
                  <Row
                    key={record.id}
                    id={record.id}
                    isChosen={record.id === id}
                    title={[disagreementTitle(tables, record), disagreementPatient(tables, record)].filter(Boolean).join(' · ')}
                    detail={[record.source, record.theirs.text, record.ours.text].join(' · ')}
                    time={time(record.at)}
                    onChoose={() => choose(record.id)}
                  />
                ))}
            {more ? (
              <li className="interfaces__older">
                <Button touch keyName="PageDown" onPress={older}>
                  {m('older')}
                </Button>
              </li>
            ) : null}
          </ul>
          {listed ? (
            <MessageDetail
              listed={listed}
              tables={tables}
              beds={tables ? recordsOf(tables, 'bed') : []}
              now={now}
              timeZone={timeZone}
              isCharge={isCharge}
              busy={busy}
              ask={ask}
              bytesAsked={bytesOf !== null && bytesOf === id}
              field={field}
              onBytes={() => setBytesOf(id)}
              onMap={map}
              onReplay={replay}
              onResend={resend}
            />
          ) : disagreement ? (
            <DisagreementDetail
              disagreement={disagreement.record}
              pending={disagreement.pending}
              tables={tables}
              now={now}
              timeZone={timeZone}
              mayDecide={mayDecide}
              reason={reason}
              field={field}
              onReason={setReason}
              onDecide={(choice) => decide(disagreement.record, choice)}
            />
          ) : null}
        </div>
      )}
    </Dialog>
  );
};
