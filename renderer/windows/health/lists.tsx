import type { Health } from '#contracts/ipc/health.ts';
import type { Frame } from '#contracts/ipc/station-window.ts';
import type { Instant } from '#domain/model/values.ts';
import { Duration } from '../../ui/clock.tsx';
import { Panel, Void } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { countText, momentText, spanText } from '../../ui/time.ts';
import { localeNow } from '../../ui/translate.ts';
import { troubleText } from '../../ui/trouble-text.ts';
import { outagesOf } from './link-history.ts';
import { keptName, versionName, words } from './strings.ts';

type Timed = { readonly now: Instant; readonly timeZone: string | null };

/** A moment with seconds while it is of these hours, else with its day. */
const at = (moment: Instant, { now, timeZone }: Timed): string => momentText(moment, now, timeZone, localeNow(), true);

/** The times without a live link, newest first. */
export const Outages = ({ spans, now, timeZone }: Timed & { readonly spans: Health['link']['spans'] }) => {
  const outages = outagesOf(spans);
  const longest = Math.max(0, ...outages.map(({ from, until }) => (until ?? now) - from));
  return (
    <Panel
      title={words('outages')}
      meta={outages.length === 0 ? undefined : words('outagesCount', { count: outages.length, span: spanText(longest) })}
    >
      {outages.length === 0 ? (
        <Void kind="none" title={words('outagesNone')}>
          {words('outagesShort')}
        </Void>
      ) : (
        <ul className="moments">
          {outages.map(({ from, until, state }) => (
            <li key={from} className={until === null ? 'is-now' : ''}>
              <span className="linkstrip__key">
                <i className={`is-${state}`} />
              </span>
              <span className="moments__what">
                <b>{words(`outage.${state}`)}</b>
                <span className="meta">
                  {at(from, { now, timeZone })} – {until === null ? words('outageNow') : at(until, { now, timeZone })}
                </span>
              </span>
              <b className="r">
                <Duration milliseconds={(until ?? now) - from} />
              </b>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};

/** What this desk says is wrong with it. */
export const Troubles = ({ troubles, now, timeZone }: Timed & { readonly troubles: Frame['troubles'] }) => (
  <Panel title={words('wrong')} meta={troubles.length === 0 ? undefined : String(troubles.length)}>
    {troubles.length === 0 ? (
      <Void kind="none" title={words('wrongNone')}>
        {words('wrongWhat')}
      </Void>
    ) : (
      <ul className="wrongs">
        {troubles.map((trouble) => (
          <li key={trouble.code} className={`wrong wrong--${trouble.severity}`}>
            <Icon name={trouble.severity === 'information' ? 'information' : 'warning'} />
            <span className="selectable">{troubleText(trouble)}</span>
            <span className="meta">
              {[
                at(trouble.at, { now, timeZone }),
                ...(trouble.count > 1 ? [words('times', { count: countText(trouble.count) })] : []),
                trouble.code,
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    )}
  </Panel>
);

const Facts = ({ facts }: { readonly facts: readonly (readonly [name: string, value: string])[] }) => (
  <dl className="about">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt className="t3">{name}</dt>
        <dd className="selectable">{value}</dd>
      </div>
    ))}
  </dl>
);

/** Versions, and what is kept for how long. */
export const About = ({
  health,
  versions,
  now,
  timeZone,
}: Timed & { readonly health: Health; readonly versions: Readonly<Record<string, string>> }) => {
  const { quarantined } = health.store;
  return (
    <Panel title={words('about')}>
      <div className="section">
        <h3>{words('versions')}</h3>
        <Facts
          facts={[
            ...Object.entries(versions).map(([name, value]) => [versionName(name), value] as const),
            ...Object.entries(health.versions).map(([name, value]) => [versionName(name), value] as const),
            [words('running'), at(health.startedAt, { now, timeZone })],
            ...(quarantined === null
              ? []
              : [
                  [
                    words('quarantined'),
                    words(quarantined.unsent === null ? 'quarantinedUnknown' : 'quarantinedWhat', {
                      code: quarantined.code,
                      unsent: quarantined.unsent ?? 0,
                    }),
                  ] as const,
                ]),
          ]}
        />
      </div>
      <div className="section">
        <h3>{words('kept')}</h3>
        <Facts
          facts={[
            ...(health.retention ?? []).map(
              ({ what, count, days, most }) =>
                [
                  keptName(what),
                  [
                    countText(count),
                    ...(days === null ? [] : [words('keptDays', { days })]),
                    ...(most === null ? [] : [words('keptMost', { most: countText(most) })]),
                  ].join(' · '),
                ] as const,
            ),
            ...Object.entries(health.copy.rows).map(([kind, count]) => [keptName(kind), countText(count)] as const),
          ]}
        />
      </div>
    </Panel>
  );
};

/** The last lines of the data service's log, newest first. */
export const Log = ({ log, now, timeZone }: Timed & { readonly log: Health['log'] }) => (
  <Panel title={words('log')} meta={words('logNote')}>
    {log.length === 0 ? (
      <Void kind="none" title={words('logNone')} />
    ) : (
      <ul className="moments moments--log">
        {log.toReversed().map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity of their own
          <li key={index}>
            <span className="t3 nw">{at(entry.at, { now, timeZone })}</span>
            <span className="selectable">{entry.line}</span>
          </li>
        ))}
      </ul>
    )}
  </Panel>
);
