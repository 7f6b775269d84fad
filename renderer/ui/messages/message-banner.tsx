import { rolesToAnswer } from '#domain/rules/messages.ts';
import { useFramePart } from '../../state/hooks.ts';
import { Banner, Button } from '../controls.tsx';
import { useGesture } from '../gesture.ts';
import { Icon } from '../icon.tsx';
import { clockText } from '../time.ts';
import { useRoles, useUnanswered } from './my-messages.ts';
import { s } from './strings.ts';

const mostShown = 2;

/** Urgent messages stand above every board until somebody of the role has acknowledged them. */
export const MessageBanner = ({ onOpen }: { readonly onOpen: () => void }) => {
  const gesture = useGesture();
  const zone = useFramePart('timeZone');
  const roles = useRoles();
  const urgent = useUnanswered().filter((message) => message.urgent);
  return (
    <>
      {urgent.slice(0, mostShown).map((message) => (
        <Banner key={message.id} tone="notice" icon="message" title={`${s('urgent')} · ${message.by.name}`}>
          <span className="banner__text">{message.text}</span>
          <span className="grow" />
          <span className="meta">{clockText(message.sentAt, zone)}</span>
          <Button
            onPress={() => {
              for (const role of rolesToAnswer(message, roles))
                void gesture('acknowledgeMessage', { messageId: message.id, recipient: { to: 'role', role } });
            }}
          >
            {s('acknowledge')}
          </Button>
          <Button keyName="F12" onPress={onOpen}>
            {s('open')}
          </Button>
        </Banner>
      ))}
      {urgent.length > mostShown ? (
        <button type="button" className="banners__more" onClick={onOpen}>
          {s('unread', { count: urgent.length })} <kbd>F12</kbd>
        </button>
      ) : null}
    </>
  );
};

/** The way to the messages: how many wait for the person here, or the bare sign. */
export const MessageBadge = ({ onOpen }: { readonly onOpen: () => void }) => {
  const count = useUnanswered().length;
  return (
    <button
      type="button"
      className={count === 0 ? 'strip__messages' : 'strip__messages strip__messages--some'}
      onClick={onOpen}
      aria-label={count === 0 ? s('open') : `${s('open')}: ${s('unread', { count })}`}
      title={`${s('open')} (F12)`}
    >
      <Icon name="message" />
      {count === 0 ? null : <b>{count}</b>}
    </button>
  );
};
