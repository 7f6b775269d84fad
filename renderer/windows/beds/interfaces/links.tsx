import type { InterfaceLink } from '#domain/model/interface-link.ts';
import type { Instant } from '#domain/model/values.ts';
import { Icon } from '../../../ui/icon.tsx';
import { momentText, spanText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import { m } from './strings.ts';

type Since = {
  readonly now: Instant;
  readonly timeZone: string | null;
  /** Server time of the last word while this desk is offline; null when the link holds, undefined when there never was one. */
  readonly offlineSince: Instant | null | undefined;
};

const Link = ({ link, now, timeZone, offlineSince }: Since & { readonly link: InterfaceLink }) => {
  const isKnown = offlineSince === null;
  const needsPerson = link.state === 'failed' || link.unresolved > 0;
  return (
    <li className={needsPerson ? 'interface interface--notice' : 'interface'} data-interface={link.name}>
      <Icon name={link.state === 'failed' ? 'cut' : link.state === 'connected' && isKnown ? 'live' : 'stale'} />
      <div>
        <span>
          <b>{link.name}</b> {m(`link_${link.state}`)}{' '}
          {isKnown
            ? m('since', { span: spanText(Math.max(0, now - link.since)) })
            : m('asOf', { time: offlineSince === undefined ? '–' : momentText(offlineSince, now, timeZone, localeNow()) })}
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
  ...since
}: Since & {
  readonly links: readonly InterfaceLink[];
}) =>
  links.length === 0 ? (
    <p className="t2">{m('noLinks')}</p>
  ) : (
    <ul className="interfaces__links">
      {links.map((link) => (
        <Link key={link.id} link={link} {...since} />
      ))}
    </ul>
  );
