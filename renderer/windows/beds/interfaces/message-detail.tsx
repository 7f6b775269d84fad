import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import type { Bed } from '#domain/model/bed.ts';
import type { DeskAnswer, DeskMessage, DeskOutgoing, ShownText } from '#domain/model/message-desk.ts';
import type { Instant } from '#domain/model/values.ts';
import type { RecordTables } from '../../../state/store.ts';
import { Button } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/field.tsx';
import { ageAndSex, longName } from '../../../ui/person.ts';
import { momentText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import { bedsNamed } from './choose-bed.ts';
import { m } from './strings.ts';
import { type Ask, type Listed, refusalText } from './use-messages.ts';

/** What a sender calls a place, as a person says it. */
export const placeText = (location: string): string => location.split('^').filter(Boolean).join(' ');
/** `APPLICATION|FACILITY` as a person says it. */
export const senderText = (sender: string): string => sender.split('|').filter(Boolean).join(' ') || m('nobody');

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt className="t3">{name}</dt>
    <dd>{children}</dd>
  </>
);

const patientText = (tables: RecordTables | null, { encounterId, mrn }: DeskMessage): string => {
  const visit = encounterId === null ? undefined : tables?.encounter.get(encounterId)?.record;
  const patient = visit && tables?.patient.get(visit.patientId)?.record;
  if (patient) return [longName(patient), ageAndSex(patient), patient.mrn ?? ''].filter(Boolean).join(' · ');
  return mrn === null ? m('noPatient') : m('unknownPatient', { mrn });
};

type Bytes = { readonly said: ShownText; readonly answered: ShownText };
const bytesOf = (answer: DeskAnswer): Bytes | string | null => {
  switch (answer.about) {
    case 'message':
      return { said: answer.received, answered: answer.answered };
    case 'outgoingMessage':
      return { said: answer.sent, answered: answer.answered };
    case 'refused':
      return refusalText(answer);
    default:
      return null;
  }
};

const Said = ({ title, said, none }: { readonly title: string; readonly said: ShownText; readonly none: string }) => (
  <section>
    <h3 className="cap">{title}</h3>
    {said === null ? (
      <p className="t2">{none}</p>
    ) : (
      <>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable for the keys that scroll it */}
        <pre className="interfaces__bytes" tabIndex={0}>
          {said.text}
        </pre>
        {said.cut ? <p className="notice">{m('cut')}</p> : null}
      </>
    )}
  </section>
);

const incoming = (one: DeskMessage, tables: RecordTables | null, time: (at: Instant) => string): ReactNode => (
  <>
    <Fact name={m('patient')}>{patientText(tables, one)}</Fact>
    <Fact name={m('from')}>{senderText(one.sender)}</Fact>
    <Fact name={m('received')}>{time(one.receivedAt)}</Fact>
    <Fact name={m('happened')}>{one.occurredAt === null ? '–' : time(one.occurredAt)}</Fact>
    {one.location === null ? null : <Fact name={m('place')}>{placeText(one.location)}</Fact>}
    <Fact name={m('number')}>{one.controlId || '–'}</Fact>
    <Fact name={m('answer')}>{`${one.code} · ${m(`state_${one.state}`)}`}</Fact>
    <Fact name={m('reason')}>{one.reason}</Fact>
  </>
);
const outgoing = (one: DeskOutgoing, time: (at: Instant) => string): ReactNode => (
  <>
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

/** Which bed a sender's place is: typed, and mapped by Enter. */
const MapPlace = ({
  message,
  beds,
  field,
  busy,
  onMap,
}: {
  readonly message: DeskMessage & { readonly location: string };
  readonly beds: readonly Bed[];
  readonly field: RefObject<HTMLInputElement | null>;
  readonly busy: boolean;
  readonly onMap: (bed: Bed) => void;
}) => {
  const [typed, setTyped] = useState('');
  const meant = bedsNamed(typed, beds);
  const [bed] = meant;
  const only = meant.length === 1 ? bed : undefined;
  const said =
    typed.trim() === '' || only
      ? undefined
      : meant.length === 0
        ? m('mapNone')
        : m('mapSeveral', {
            labels: meant
              .slice(0, 8)
              .map(({ label }) => label)
              .join(', '),
          });
  return (
    <form
      className="interfaces__map"
      onSubmit={(event) => {
        event.preventDefault();
        if (only && !busy) onMap(only);
      }}
    >
      <Field
        label={m('mapTo', { place: placeText(message.location), sender: senderText(message.sender) })}
        text={typed}
        placeholder={m('mapHint')}
        onChange={setTyped}
        inputRef={field}
        {...(said === undefined ? {} : { said, state: meant.length === 0 ? ('bad' as const) : ('plain' as const) })}
      />
      <button type="submit" className="btn btn--main btn--touch" disabled={!only || busy}>
        {only ? m('map', { bed: only.label }) : m('mapAny')}
        <kbd>Enter</kbd>
      </button>
    </form>
  );
};

/** One message: what it was about, why it stands as it does, what can be done, and what was said, once somebody asks for it. */
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
  onBytes,
  onMap,
  onReplay,
  onResend,
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
  readonly onBytes: () => void;
  readonly onMap: (bed: Bed) => void;
  readonly onReplay: () => void;
  readonly onResend: () => void;
}) => {
  const { way } = listed;
  const { sequence } = listed.message;
  const [bytes, setBytes] = useState<Bytes | string | null>(null);
  const reading = useRef(0);
  useEffect(() => {
    reading.current += 1;
    const turn = reading.current;
    setBytes(null);
    if (!bytesAsked) return;
    void ask({ about: way === 'in' ? 'message' : 'outgoingMessage', sequence }).then((answer) => {
      if (turn === reading.current) setBytes(bytesOf(answer));
    });
  }, [ask, bytesAsked, way, sequence]);
  const time = (at: Instant): string => momentText(at, now, timeZone, localeNow(), true);
  const canMap = listed.way === 'in' && listed.message.state === 'waiting' && listed.message.location !== null;
  const isDead = listed.way === 'out' && listed.message.state === 'dead';
  return (
    <div className="interfaces__detail">
      <h3 className="interfaces__what">
        {listed.message.trigger || m('unreadable')}
        {listed.way === 'in' ? ` · ${m(`state_${listed.message.state}`)}` : ` · ${m(`state_${listed.message.state}`)}`}
      </h3>
      <dl className="interfaces__facts">
        {listed.way === 'in' ? incoming(listed.message, tables, time) : outgoing(listed.message, time)}
      </dl>
      {!isCharge ? (
        <p className="t2">{m('onlyCharge')}</p>
      ) : (
        <>
          {canMap && listed.way === 'in' ? (
            <MapPlace
              key={sequence}
              message={{ ...listed.message, location: listed.message.location ?? '' }}
              beds={beds}
              field={field}
              busy={busy}
              onMap={onMap}
            />
          ) : null}
          <div className="row row--wrap">
            {listed.way === 'in' ? (
              <Button touch keyName="r" disabled={busy} onPress={onReplay}>
                {m('replay')}
              </Button>
            ) : isDead ? (
              <Button main touch keyName="s" disabled={busy} onPress={onResend}>
                {m('resend')}
              </Button>
            ) : null}
          </div>
        </>
      )}
      {bytesAsked ? (
        bytes === null ? (
          <p className="t2" role="status">
            {m('looking')}
          </p>
        ) : typeof bytes === 'string' ? (
          <p className="notice" role="alert">
            {bytes}
          </p>
        ) : (
          <>
            <Said title={m(way === 'in' ? 'receivedText' : 'sentText')} said={bytes.said} none={m('noBytes')} />
            <Said
              title={m(way === 'in' ? 'answeredText' : 'answeredBy')}
              said={bytes.answered}
              none={m(way === 'in' ? 'noBytes' : 'noAnswer')}
            />
          </>
        )
      ) : (
        <div className="row row--wrap">
          <Button touch keyName="b" onPress={onBytes}>
            {m('bytes')}
          </Button>
          <span className="meta">{m('bytesWhy')}</span>
        </div>
      )}
    </div>
  );
};
