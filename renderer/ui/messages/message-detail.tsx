import type { Message } from '#domain/model/message.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import { PendingMark } from '../badge.tsx';
import { Button } from '../controls.tsx';
import { Icon } from '../icon.tsx';
import { clockText, momentText } from '../time.ts';
import { localeNow } from '../translate.ts';
import { labelOf, type Recipient } from './recipients.ts';
import { s } from './strings.ts';

/** The crews that have not answered, in the order of their numbers. */
export const silentCrews = ({ recipients }: Message): readonly Recipient[] =>
  recipients.flatMap(({ recipient, acknowledged }) => (acknowledged === null && recipient.to === 'unit' ? [recipient] : []));

/** One message with everybody to whom it went, and who of them has acknowledged it when. */
export const MessageDetail = ({
  message,
  pending,
  view,
  now,
  timeZone,
  isMine,
  mayAnswerForCrews,
  onAcknowledge,
  onRadio,
}: {
  readonly message: Message;
  readonly pending: boolean;
  readonly view: RecordView;
  readonly now: Instant;
  readonly timeZone: string | null;
  /** It waits for the person at this desk. */
  readonly isMine: boolean;
  readonly mayAnswerForCrews: boolean;
  readonly onAcknowledge: () => void;
  readonly onRadio: (recipient: Recipient) => void;
}) => {
  const silent = silentCrews(message);
  const incident = message.incidentId === null ? undefined : view.get('incident', message.incidentId);
  return (
    <article className="message">
      <p className="t2">
        {message.urgent ? <b className="message__urgent">{s('urgent')}</b> : null}{' '}
        {s('from', { name: message.by.name, time: momentText(message.sentAt, now, timeZone, localeNow()) })}
        {incident ? ` · ${s('about', { incident: incident.number ?? incident.address })}` : ''}
        {pending ? <PendingMark /> : null}
      </p>
      <p className="message__text selectable">{message.text}</p>
      {isMine ? (
        <div className="row">
          <Button main touch keyName="a" onPress={onAcknowledge}>
            {s('acknowledge')}
          </Button>
        </div>
      ) : null}
      <ul className="message__recipients">
        {message.recipients.map(({ recipient, acknowledged }) => {
          const place = silent.indexOf(recipient);
          return (
            <li key={recipient.to === 'unit' ? recipient.unitId : recipient.role}>
              <Icon name={acknowledged ? 'check' : 'pending'} size={14} />
              <b>{labelOf(view, recipient)}</b>
              {acknowledged ? (
                <span className="t2">
                  {s('byAt', { name: acknowledged.by.name, time: clockText(acknowledged.at, timeZone, true) })}
                </span>
              ) : (
                <span className="notice">{s('notYet')}</span>
              )}
              {acknowledged === null && recipient.to === 'unit' && mayAnswerForCrews ? (
                <Button {...(place < 9 ? { keyName: String(place + 1) } : {})} onPress={() => onRadio(recipient)}>
                  {s('byRadio')}
                </Button>
              ) : (
                <span />
              )}
            </li>
          );
        })}
      </ul>
    </article>
  );
};
