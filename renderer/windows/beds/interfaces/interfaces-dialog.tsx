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
import { DisagreementDetail } from './disagreement-detail.tsx';
import { Links } from './links.tsx';
import { MessageDetail, mappingOf } from './message-detail.tsx';
import { decisionReasons, outgoingReasons } from './reason.tsx';
import { disagreementRow, listedRow, Row } from './rows.tsx';
import { m } from './strings.ts';
import { type messageViews, refusalText, useAsk, useMessages } from './use-messages.ts';
import { placeText, senderText } from './words.ts';

const kinds = ['bed', 'area', 'encounter', 'patient', 'disagreement', 'interfaceLink'] as const;
const views = ['waiting', 'refused', 'all', 'dead', 'outgoing', 'disagreements', 'places'] as const;
type View = (typeof views)[number];
const isMessageView = (view: View): view is (typeof messageViews)[number] => view !== 'disagreements';
const anySender = '';

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
  // What waits has changed, a message came, or the hospital is reached again: the list is asked for anew.
  const news = [
    link.state === 'offline' || link.state === 'stale',
    ...links.flatMap((one) => [one.unresolved, one.queued, one.lastMessageAt]),
  ].join(' ');
  const { messages, older, again } = useMessages(
    isMessageView(view) ? view : null,
    comesIn && sender !== anySender ? sender : null,
    news,
    () => now,
  );
  const listedRows = isMessageView(view) && messages.state === 'listed' ? messages.rows : [];
  useEffect(() => {
    if (messages.state !== 'listed') return;
    const said = messages.rows.flatMap((row) => (row.way === 'in' && row.message.sender !== '' ? [row.message.sender] : []));
    setSenders((before) => (said.every((one) => before.includes(one)) ? before : [...new Set([...before, ...said])].sort()));
  }, [messages]);

  const rows = isMessageView(view)
    ? listedRows.map((one) => listedRow(tables, one))
    : open.map(({ record }) => disagreementRow(tables, record));
  const ids = rows.map((row) => row.id);
  // A row that has gone is not replaced by its neighbour: a key pressed meanwhile would act on another message.
  const at = ids.indexOf(chosen ?? '');
  const id = ids[at] ?? null;
  const listed = isMessageView(view) ? listedRows[at] : undefined;
  const disagreement = isMessageView(view) ? undefined : open[at];
  const isCharge = person?.roles.includes('chargeNurse') ?? false;
  const mayDecide = isCharge || (person?.roles.includes('triageNurse') ?? false);

  const choose = (next: string | null): void => {
    setChosen(next);
    setBytesOf(null);
    setReason('');
  };
  const show = (next: View): void => {
    setView(next);
    choose(null);
  };
  const first = ids[0] ?? null;
  useEffect(() => {
    if (chosen === null && first !== null) setChosen(first);
  }, [chosen, first]);
  useEffect(() => {
    if (id === null || document.activeElement instanceof HTMLInputElement) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
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
    else if (answer.about === 'unmapPlace' && question.about === 'unmapPlace')
      toast.show({ text: m('didUnmap', { place: placeText(question.location) }) });
    else if (answer.about === 'replay') toast.show({ text: m('didReplay', { code: answer.code, reason: answer.reason }) });
    else if (answer.about === 'resend') toast.show({ text: m('didResend') });
    else if (answer.about === 'giveUp') toast.show({ text: m('didGiveUp') });
    if (answer.about === 'refused') return answer.code === 'notReached' ? undefined : again();
    setReason('');
    again();
  };
  const map = (bed: Bed): void => {
    const mapping = listed && mappingOf(listed);
    if (mapping) void change({ about: 'mapBed', ...mapping, bedId: bed.id }, bed);
  };
  const unmap = (): void => {
    const mapping = listed?.way === 'place' ? mappingOf(listed) : undefined;
    if (mapping) void change({ about: 'unmapPlace', ...mapping });
  };
  const replay = (): void => {
    if (listed?.way === 'in') void change({ about: 'replay', sequence: listed.message.sequence });
  };
  const settle = (about: 'resend' | 'giveUp') => (): void => {
    if (listed?.way === 'out') void change({ about, sequence: listed.message.sequence, why: reason.trim() });
  };
  const decide = (one: Disagreement, choice: 'theirs' | 'ours'): void => {
    const said = one[choice].text;
    void gesture(
      'resolveDisagreement',
      { disagreementId: one.id, choice, reason: reason.trim() },
      { text: m('didDecide', { text: said }) },
    ).then(({ status }) => {
      if (status === 'saved') choose(null);
    });
  };
  const hasReason = reason.trim() !== '';
  const canDecide = disagreement !== undefined && mayDecide && hasReason;
  const canMap = isCharge && listed !== undefined && mappingOf(listed) !== undefined;
  const outgoing = isCharge && listed?.way === 'out' && listed.message.state !== 'sent' ? listed.message : undefined;
  const usual = outgoing ? outgoingReasons : decisionReasons;
  const more = messages.state === 'listed' && messages.more && isMessageView(view);
  useKeys([
    {
      key: ['ArrowUp', 'ArrowDown'],
      label: m('rows'),
      when: ids.length > 1 || (ids.length > 0 && id === null),
      run: (key) => choose(ids[Math.max(0, Math.min(ids.length - 1, at + (key === 'ArrowUp' ? -1 : 1)))] ?? null),
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
    { key: 'PageDown', label: m('older'), when: more && view !== 'places', run: older },
    { key: 'b', label: m('bytes'), when: listed !== undefined && listed.way !== 'place', run: () => setBytesOf(id) },
    { key: 'm', label: m('mapKey'), when: canMap, run: () => field.current?.focus() },
    { key: 'r', label: m('replay'), when: isCharge && listed?.way === 'in' && !busy, run: replay },
    { key: 'f', label: m('unmap'), when: isCharge && listed?.way === 'place' && !busy, run: unmap },
    ...usual.map((key, index) => ({
      key: String(index + 1),
      label: m(key),
      when: outgoing !== undefined || (disagreement !== undefined && mayDecide),
      run: () => setReason(m(key)),
    })),
    {
      key: 's',
      label: m('resend'),
      when: outgoing !== undefined && outgoing.state !== 'queued' && hasReason && !busy,
      run: settle('resend'),
    },
    {
      key: 'g',
      label: m('giveUp'),
      when: outgoing !== undefined && outgoing.state !== 'dropped' && hasReason && !busy,
      run: settle('giveUp'),
    },
    {
      key: 't',
      label: m('theirsKey'),
      when: canDecide && disagreement?.record.about !== 'identity',
      run: () => disagreement && decide(disagreement.record, 'theirs'),
    },
    { key: 'k', label: m('oursKey'), when: canDecide, run: () => disagreement && decide(disagreement.record, 'ours') },
  ]);

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
        {sender !== anySender && comesIn ? m('noneOfSender') : null}
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
        <span className="grow" />
        {isMessageView(view) ? (
          <>
            {messages.state === 'listed' ? (
              <span className="meta">{m('asOf', { time: clockText(messages.asOf, timeZone) })}</span>
            ) : null}
            <Button touch keyName="u" onPress={again}>
              {m('again')}
            </Button>
          </>
        ) : null}
      </div>
      {comesIn && senders.length > 1 ? (
        <div className="interfaces__senders">
          <Choice
            label={m('sender')}
            options={[
              { value: anySender, label: m('anySender') },
              ...senders.map((value) => ({ value, label: senderText(value) })),
            ]}
            value={sender}
            onChange={(next) => {
              setSender(next);
              choose(null);
            }}
          />
        </div>
      ) : null}
      {ids.length === 0 ? (
        nothing()
      ) : (
        <div className="interfaces">
          <ul className="interfaces__list" ref={list}>
            {rows.map((row) => (
              <Row
                key={row.id}
                row={row}
                isChosen={row.id === id}
                time={momentText(row.at, now, timeZone, localeNow())}
                onChoose={() => choose(row.id)}
              />
            ))}
            {more ? (
              <li className="interfaces__older">
                {view === 'places' ? (
                  m('cut')
                ) : (
                  <Button touch keyName="PageDown" onPress={older}>
                    {m('older')}
                  </Button>
                )}
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
              reason={reason}
              onReason={setReason}
              onBytes={() => setBytesOf(id)}
              doing={{
                onMap: map,
                onReplay: replay,
                onResend: settle('resend'),
                onGiveUp: settle('giveUp'),
                onUnmap: unmap,
              }}
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
          ) : chosen === null ? null : (
            <p className="interfaces__detail t2" role="status">
              {m('gone')}
            </p>
          )}
        </div>
      )}
    </Dialog>
  );
};
