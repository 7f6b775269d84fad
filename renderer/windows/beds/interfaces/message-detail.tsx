import type { ReactNode, RefObject } from 'react';
import type { Bed } from '#domain/model/bed.ts';
import type { DeskMessage, DeskOutgoing, MappedPlace } from '#domain/model/message-desk.ts';
import type { Instant } from '#domain/model/values.ts';
import type { RecordTables } from '../../../state/store.ts';
import { Button } from '../../../ui/controls.tsx';
import { momentText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import { Bytes } from './bytes.tsx';
import { MapPlace } from './map-place.tsx';
import { outgoingReasons, Reason } from './reason.tsx';
import { m } from './strings.ts';
import type { Ask, Listed } from './use-messages.ts';
import { bedText, patientNumbered, placeText, senderText, triggerText } from './words.ts';

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt className="t3">{name}</dt>
    <dd>{children}</dd>
  </>
);

type Shown = {
  readonly tables: RecordTables | null;
  readonly time: (at: Instant) => string;
};
const Incoming = ({ one, tables, time }: Shown & { readonly one: DeskMessage }) => (
  <>
    <Fact name={m('patient')}>
      {patientNumbered(tables, one.encounterId) || (one.mrn === null ? m('noPatient') : m('unknownPatient', { mrn: one.mrn }))}
    </Fact>
    <Fact name={m('from')}>{senderText(one.sender)}</Fact>
    <Fact name={m('received')}>{time(one.receivedAt)}</Fact>
    <Fact name={m('happened')}>{one.occurredAt === null ? '–' : time(one.occurredAt)}</Fact>
    {one.location === null ? null : <Fact name={m('place')}>{placeText(one.location)}</Fact>}
    <Fact name={m('number')}>{one.controlId || '–'}</Fact>
    <Fact name={m('answer')}>{`${one.code} · ${m(`state_${one.state}`)}`}</Fact>
    <Fact name={m('reason')}>{one.reason}</Fact>
  </>
);
const Outgoing = ({ one, tables, time }: Shown & { readonly one: DeskOutgoing }) => (
  <>
    {one.encounterId === null ? null : <Fact name={m('patient')}>{patientNumbered(tables, one.encounterId) || '–'}</Fact>}
    {one.bedId === null ? null : <Fact name={m('bed')}>{bedText(tables, one.bedId)}</Fact>}
    <Fact name={m('made')}>{time(one.createdAt)}</Fact>
    <Fact name={m('number')}>{one.controlId}</Fact>
    <Fact name={m('answer')}>
      {[
        m(`state_${one.state}`),
        ...(one.attempts > 0 ? [m('attempts', { count: one.attempts })] : []),
        ...(one.state === 'queued' ? [m('nextTry', { time: time(one.nextAt) })] : []),
      ].join(' · ')}
    </Fact>
    <Fact name={m('receiverSaid')}>{one.reason ?? '–'}</Fact>
  </>
);
const Place = ({ one, tables, time }: Shown & { readonly one: MappedPlace }) => (
  <>
    <Fact name={m('place')}>{placeText(one.location)}</Fact>
    <Fact name={m('from')}>{senderText(one.sender)}</Fact>
    <Fact name={m('bed')}>{bedText(tables, one.bedId)}</Fact>
    <Fact name={m('mappedAt')}>{time(one.at)}</Fact>
  </>
);

const headingOf = (listed: Listed): string =>
  listed.way === 'place'
    ? placeText(listed.place.location)
    : `${triggerText(listed.message.trigger)} · ${m(`state_${listed.message.state}`)}`;

/** The sender's place that may be mapped here: one that a message waits for, or one that is mapped. */
export const mappingOf = (listed: Listed): Pick<MappedPlace, 'sender' | 'location'> | undefined => {
  if (listed.way === 'place') return { sender: listed.place.sender, location: listed.place.location };
  if (listed.way === 'out' || listed.message.state !== 'waiting') return undefined;
  const { sender, location } = listed.message;
  return location === null ? undefined : { sender, location };
};

type Doing = {
  readonly onMap: (bed: Bed) => void;
  readonly onReplay: () => void;
  readonly onResend: () => void;
  readonly onGiveUp: () => void;
  readonly onUnmap: () => void;
};

/** What can be done with a message of Vigil's own that is not taken, and why it is done. */
const NotTaken = ({
  state,
  reason,
  field,
  busy,
  onReason,
  onResend,
  onGiveUp,
}: Pick<Doing, 'onResend' | 'onGiveUp'> & {
  readonly state: DeskOutgoing['state'];
  readonly reason: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly busy: boolean;
  readonly onReason: (reason: string) => void;
}) => {
  const cannot = busy || reason.trim() === '';
  return (
    <>
      <Reason label={m('outgoingWhy')} usual={outgoingReasons} reason={reason} field={field} onReason={onReason} />
      <div className="row row--wrap">
        {state === 'queued' ? null : (
          <Button main touch keyName="s" disabled={cannot} onPress={onResend}>
            {m('resend')}
          </Button>
        )}
        {state === 'dropped' ? null : (
          <Button touch keyName="g" disabled={cannot} onPress={onGiveUp}>
            {m('giveUp')}
          </Button>
        )}
      </div>
    </>
  );
};

/** One message or mapped place: what it was about, why it stands as it does, what can be done, and what was said, once somebody asks for it. */
export const MessageDetail = ({
  listed,
  tables,
  beds,
  now,
  timeZone,
  isCharge,
  busy,
  ask,
  bytesAsked,
  field,
  reason,
  onReason,
  onBytes,
  doing,
}: {
  readonly listed: Listed;
  readonly tables: RecordTables | null;
  readonly beds: readonly Bed[];
  readonly now: Instant;
  readonly timeZone: string | null;
  readonly isCharge: boolean;
  readonly busy: boolean;
  readonly ask: Ask;
  /** Somebody wants to read the bytes of this message. */
  readonly bytesAsked: boolean;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly onBytes: () => void;
  readonly doing: Doing;
}) => {
  const shown = { tables, time: (at: Instant): string => momentText(at, now, timeZone, localeNow(), true) };
  const mapping = mappingOf(listed);
  return (
    <div className="interfaces__detail">
      <h3 className="interfaces__what">{headingOf(listed)}</h3>
      <dl className="interfaces__facts">
        {listed.way === 'in' ? (
          <Incoming one={listed.message} {...shown} />
        ) : listed.way === 'out' ? (
          <Outgoing one={listed.message} {...shown} />
        ) : (
          <Place one={listed.place} {...shown} />
        )}
      </dl>
      {isCharge ? null : <p className="t2">{m('onlyCharge')}</p>}
      {isCharge && mapping ? (
        <MapPlace
          key={`${mapping.sender} ${mapping.location}`}
          sender={mapping.sender}
          location={mapping.location}
          beds={beds}
          field={field}
          busy={busy}
          onMap={doing.onMap}
        />
      ) : null}
      {isCharge && listed.way === 'out' && listed.message.state !== 'sent' ? (
        <NotTaken {...doing} state={listed.message.state} reason={reason} field={field} busy={busy} onReason={onReason} />
      ) : null}
      {isCharge && listed.way !== 'out' ? (
        <div className="row row--wrap">
          {listed.way === 'in' ? (
            <Button touch keyName="r" disabled={busy} onPress={doing.onReplay}>
              {m('replay')}
            </Button>
          ) : (
            <>
              <Button touch keyName="f" disabled={busy} onPress={doing.onUnmap}>
                {m('unmap')}
              </Button>
              <span className="meta">{m('unmapWhy')}</span>
            </>
          )}
        </div>
      ) : null}
      {listed.way === 'place' ? null : (
        <Bytes
          about={listed.way === 'in' ? 'message' : 'outgoingMessage'}
          sequence={listed.message.sequence}
          isAsked={bytesAsked}
          ask={ask}
          onAsk={onBytes}
        />
      )}
    </div>
  );
};
