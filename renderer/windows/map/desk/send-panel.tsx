import { useEffect, useRef, useState } from 'react';
import type { Unit } from '#domain/model/unit.ts';
import type { Id } from '#domain/model/values.ts';
import { priorityLabel } from '#domain/rules/dispatch-defaults.ts';
import { Chip } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { spanText } from '../../../ui/time.ts';
import type { IncidentRow } from '../situation.ts';
import { distanceText } from '../straight-line.ts';
import { unitSymbol } from '../symbols/unit-symbol.ts';
import { UnitMark } from '../unit-mark.tsx';
import { statusName, typeShort } from '../words.ts';
import { LeftOutTable } from './left-out-table.tsx';
import { reasonWords } from './reason-words.ts';
import { needsMet, type Offer, offeredOf, offersOf } from './send-choice.ts';
import { d } from './strings.ts';
import { useRecommendation } from './use-recommendation.ts';

export type Sending = { readonly free: readonly Id[]; readonly divert: readonly Id[]; readonly reason: string };

const OfferLine = ({
  offer,
  number,
  unit,
  chosen,
  scheme,
  onToggle,
}: {
  readonly offer: Offer;
  readonly number: number;
  readonly unit: Unit | undefined;
  readonly chosen: boolean;
  readonly scheme: 'arp' | 'plain';
  readonly onToggle: () => void;
}) => {
  if (offer.kind === 'gone')
    return (
      <li className="item map-candidate">
        <kbd>{number}</kbd>
        {unit ? <UnitMark symbol={unitSymbol(unit, 'solid', false)} /> : <span />}
        <b className="t3">{unit?.callsign ?? '–'}</b>
        <span className="t3">{d('notFreeNow', { status: unit ? statusName(unit.status) : '–' })}</span>
      </li>
    );
  const { candidate } = offer;
  const isOld = candidate.position.state === 'stale';
  const reasons = reasonWords(candidate);
  return (
    <li>
      <button
        type="button"
        className={chosen ? 'item map-candidate is-selected' : 'item map-candidate'}
        aria-pressed={chosen}
        data-key-through="true"
        onClick={onToggle}
      >
        <kbd>{number}</kbd>
        <UnitMark symbol={unitSymbol(candidate, isOld ? 'hollow' : 'solid', false)} />
        <b>{candidate.callsign}</b>
        <span className="t2 row">
          {typeShort(candidate.type)} ·{' '}
          {candidate.metres === null ? `≈ ${distanceText(candidate.straightMetres)}` : distanceText(candidate.metres)}
          {chosen ? <Chip text={d('chosen')} tone="strong" /> : null}
        </span>
        <b className="num map-estimate">{candidate.etaSeconds === null ? '–' : spanText(candidate.etaSeconds * 1000)}</b>
        <span className="meta map-candidate__why">
          {offer.kind === 'divert'
            ? `${d('fromIncident', {
                priority: priorityLabel(scheme, offer.candidate.from.priority),
                address: offer.candidate.from.address,
              })}${
                offer.candidate.soonerSeconds !== null && offer.candidate.soonerSeconds > 0
                  ? ` · ${d('sooner', { span: spanText(offer.candidate.soonerSeconds * 1000) })}`
                  : ''
              }${reasons.length > 0 ? ' · ' : ''}`
            : ''}
          {reasons.map(({ text, against }) => (
            <span key={text} className={against ? 'map-reason map-reason--against' : 'map-reason'}>
              {text}
            </span>
          ))}
        </span>
      </button>
    </li>
  );
};

/** Units for an incident as the station ranks them, each with its number key and its reasons, and those left out with theirs. */
export const SendPanel = ({
  row,
  unitOf,
  onChosen,
  onSend,
  onClose,
}: {
  readonly row: IncidentRow;
  readonly unitOf: (id: Id) => Unit | undefined;
  /** Whom the map draws as proposed. */
  readonly onChosen: (ids: readonly Id[]) => void;
  readonly onSend: (sending: Sending) => void;
  readonly onClose: () => void;
}) => {
  const { ranking, problem } = useRecommendation(row.incident.id);
  const [offered, setOffered] = useState<readonly Id[] | null>(null);
  const [chosen, setChosen] = useState<readonly Id[]>([]);
  const [reason, setReason] = useState<string | null>(null);
  const told = useRef(onChosen);
  told.current = onChosen;
  useEffect(() => told.current(chosen), [chosen]);
  useEffect(() => () => told.current([]), []);
  if (ranking && offered === null) setOffered(offeredOf(ranking));

  const offers = ranking && offered ? offersOf(offered, ranking) : [];
  const picked = offers.filter(({ unitId, kind }) => kind !== 'gone' && chosen.includes(unitId));
  const divert = picked.filter(({ kind }) => kind === 'divert').map(({ unitId }) => unitId);
  const free = picked.filter(({ kind }) => kind === 'free').map(({ unitId }) => unitId);
  const callsigns = picked.map(({ unitId }) => unitOf(unitId)?.callsign ?? '–').join(', ');
  const needs = ranking
    ? needsMet(
        ranking.needs,
        picked.flatMap(({ unitId }) => unitOf(unitId) ?? []),
      )
    : [];
  const suggested = ranking?.suggestion.map(({ unitId }) => unitId) ?? [];
  const toggle = (unitId: Id): void =>
    setChosen((before) => (before.includes(unitId) ? before.filter((id) => id !== unitId) : [...before, unitId]));
  const send = (): void => {
    if (picked.length === 0) return;
    if (divert.length > 0 && reason === null) setReason(d('moreUrgent', { category: row.incident.category }));
    else if (divert.length === 0 || reason?.trim() !== '') onSend({ free, divert, reason: reason?.trim() ?? '' });
  };
  useKeys([
    {
      key: offers.map((_offer, index) => String(index + 1)),
      label: d('keyChoose'),
      when: offers.length > 0,
      run: (pressed) => {
        const offer = offers[Number(pressed) - 1];
        if (offer && offer.kind !== 'gone') toggle(offer.unitId);
      },
    },
    { key: '0', label: d('keySuggestion'), when: suggested.length > 0, run: () => setChosen(suggested) },
    { key: 'Enter', label: d('keySend'), when: picked.length > 0, run: send, whileTyping: reason !== null },
    { key: 'Escape', label: d('keyBack'), run: () => (reason === null ? onClose() : setReason(null)) },
  ]);
  const line = (offer: Offer, index: number) => (
    <OfferLine
      key={offer.unitId}
      offer={offer}
      number={index + 1}
      unit={unitOf(offer.unitId)}
      chosen={chosen.includes(offer.unitId)}
      scheme={row.settings.priorityScheme}
      onToggle={() => toggle(offer.unitId)}
    />
  );
  const numbered = offers.map((offer, index) => ({ offer, index }));
  const diversionIds = new Set(ranking?.diversions.map(({ unitId }) => unitId));
  const mainList = numbered.filter(({ offer }) => !diversionIds.has(offer.unitId));
  const divertList = numbered.filter(({ offer }) => diversionIds.has(offer.unitId));
  return (
    <>
      <div className="panel__head map-head--line">
        <h2>{d('send')}</h2>
        <span className="meta">{ranking === null ? '–' : d(ranking.routed.by === 'none' ? 'byLine' : 'byRoad')}</span>
      </div>
      {problem === null ? null : <div className="section notice">{d('rankProblem', { message: problem })}</div>}
      {ranking && ranking.routed.message !== null ? (
        <div className="section notice">
          {d(ranking.routed.by === 'none' ? 'noRoads' : 'routerFailed', { message: ranking.routed.message })}
        </div>
      ) : null}
      {needs.length > 0 ? (
        <div className="section map-needs">
          <span className="cap">{d('needs')}</span>
          {needs.map(({ what, count, onIt, chosen: brought, met }) => (
            <span key={what} className={met ? 'chip chip--20 chip--strong' : 'chip chip--20 chip--notice'}>
              {met ? <Icon name="check" size={12} /> : null}
              {d(`can_${what}`)} {Math.min(count, onIt + brought)}/{count}
            </span>
          ))}
          {suggested.length > 0 ? (
            <span className="meta">
              {d('suggestion', { callsigns: ranking?.suggestion.map(({ callsign }) => callsign).join(', ') ?? '' })} <kbd>0</kbd>
            </span>
          ) : null}
        </div>
      ) : null}
      {ranking && ranking.verdict !== 'found' ? <div className="section notice">{d(`verdict_${ranking.verdict}`)}</div> : null}
      <ol>{mainList.map(({ offer, index }) => line(offer, index))}</ol>
      {divertList.length > 0 ? (
        <>
          <div className="panel__head">
            <h2>{d('diversions')}</h2>
            <span className="meta">{d('diversionsMeta')}</span>
          </div>
          <ol>{divertList.map(({ offer, index }) => line(offer, index))}</ol>
        </>
      ) : null}
      <div className="section map-ask">
        {reason === null ? null : <Field label={d('divertReason')} text={reason} onChange={setReason} autoFocus />}
        <Button main touch keyName="Enter" disabled={picked.length === 0} onPress={send}>
          {picked.length === 0 ? d('chooseFirst') : d(divert.length > 0 ? 'divertSome' : 'dispatchSome', { callsigns })}
        </Button>
        <div className="meta">{d('needsLink')}</div>
      </div>
      {ranking && ranking.leftOut.length > 0 ? <LeftOutTable leftOut={ranking.leftOut} /> : null}
    </>
  );
};
