import type { InterfaceLink } from '#domain/model/interface-link.ts';
import type { Instant } from '#domain/model/values.ts';
import { Icon } from '../../../ui/icon.tsx';
import { momentText, spanText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import { m } from './strings.ts';

const Link = ({
  link,
  now,
  timeZone,
}: {
  readonly link: InterfaceLink;
  readonly now: Instant;
  readonly timeZone: string | null;
}) => {
  const needsPerson = link.state === 'failed' || link.unresolved > 0;
  return (
    <li className={needsPerson ? 'interface interface--notice' : 'interface'} data-interface={link.name}>
      <Icon name={link.state === 'connected' ? 'live' : link.state === 'failed' ? 'cut' : 'stale'} />
      <div>
        <b>{link.name}</b> <span className="t2">{m(link.direction)}</span>{' '}
        <span>
          {m(`link_${link.state}`)} {m('since', { span: spanText(Math.max(0, now - link.since)) })}
        </span>
        <div className="meta">
          {[
            link.lastMessageAt === null
              ? m('never')
              : m('last', { time: momentText(link.lastMessageAt, now, timeZone, localeNow()) }),
            ...(link.unresolved > 0
              ? [m(link.direction === 'in' ? 'unresolvedIn' : 'unresolvedOut', { count: link.unresolved })]
              : []),
            ...(link.queued > 0 ? [m('queued', { count: link.queued })] : []),
            ...(link.state === 'failed' && link.trouble !== null ? [link.trouble] : []),
          ].join(' · ')}
        </div>
      </div>
    </li>
  );
};

/** The lines to other systems: whether each speaks, since when, and what waits on it. */
export const Links = ({
  links,
  now,
  timeZone,
}: {
  readonly links: readonly InterfaceLink[];
  readonly now: Instant;
  readonly timeZone: string | null;
}) =>
  links.length === 0 ? (
    <p className="t2">{m('noLinks')}</p>
  ) : (
    <ul className="interfaces__links">
      {links.map((link) => (
        <Link key={link.id} link={link} now={now} timeZone={timeZone} />
      ))}
    </ul>
  );
