import { useEffect, useState } from 'react';
import type { Health } from '#contracts/ipc/health.ts';
import { useClient, useServerTime, useWindow } from '../../state/hooks.ts';
import { Button, Void } from '../../ui/controls.tsx';
import { useFrameActions } from '../../ui/frame-actions.ts';
import { Icon } from '../../ui/icon.tsx';
import { useKeys } from '../../ui/keys.tsx';
import { clockText, spanText } from '../../ui/time.ts';
import { BundleDialog } from './bundle-dialog.tsx';
import { Vitals } from './cells.tsx';
import { liveShare } from './link-history.ts';
import { LinkStrip, StripLegend } from './link-strip.tsx';
import { About, Log, Outages, Troubles } from './lists.tsx';
import { words } from './strings.ts';
import './health.css';

const minute = 60_000;
const hour = 60 * minute;
/** The data service reports each second; after this long without one the figures are said to be old, milliseconds. */
const oldAfter = 5_000;

/** What main says of its own runtime beside what the data service says of its own. */
const withoutTwice = ({ node, ...versions }: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  ...versions,
  ...(node === undefined ? {} : { mainNode: node }),
});

const useHealth = (): Health | null => {
  const client = useClient();
  const [health, setHealth] = useState<Health | null>(null);
  useEffect(() => client.watchHealth(setHealth), [client]);
  return health;
};

/** The health of this desk: is it connected, what waits, what is wrong, what to tell whoever supports it. */
export const HealthBoard = () => {
  const client = useClient();
  const health = useHealth();
  const frame = useWindow((state) => state.frame);
  const versions = useWindow((state) => state.versions);
  const serverNow = useServerTime();
  const [bundle, setBundle] = useState(false);
  const { openInbox, openPack } = useFrameActions();
  useKeys([
    { key: 'b', label: words('keyBundle'), run: () => setBundle(true) },
    { key: 'Escape', label: words('keyClose'), run: client.closeWindow },
  ]);
  const timeZone = frame?.timeZone ?? null;
  const now = Math.max(serverNow ?? 0, health?.at ?? 0);
  return (
    <div className="health" data-health={health === null ? 'unknown' : 'known'}>
      {health === null || frame === null ? (
        <Void kind="unknown" title={words('notYet')}>
          {words('notYetWhy')}
        </Void>
      ) : (
        <>
          {now - health.at > oldAfter ? (
            <p className="health__old" role="status">
              <Icon name="stale" />
              {words('old', { span: spanText(now - health.at) })}
            </p>
          ) : null}
          <Vitals health={health} copy={frame.copy} now={now} timeZone={timeZone} onConflicts={openInbox} onPack={openPack} />
          <LinkPanel health={health} timeZone={timeZone} onBundle={() => setBundle(true)} />
          <div className="health__lists">
            <Outages spans={health.link.spans} now={now} timeZone={timeZone} />
            <Troubles troubles={frame.troubles} now={now} timeZone={timeZone} />
            <About health={health} versions={withoutTwice(versions)} now={now} timeZone={timeZone} />
            <Log log={health.log} now={now} timeZone={timeZone} />
          </div>
        </>
      )}
      {bundle ? <BundleDialog onClose={() => setBundle(false)} /> : null}
    </div>
  );
};

const LinkPanel = ({
  health,
  timeZone,
  onBundle,
}: {
  readonly health: Health;
  readonly timeZone: string | null;
  readonly onBundle: () => void;
}) => {
  const { spans, clockError } = health.link;
  const share = liveShare(spans);
  const [first] = spans;
  // A pixel is half a minute of a day: the strip need not move each second.
  const until = Math.ceil(health.at / 5_000) * 5_000;
  return (
    <section className="panel panel--fixed">
      <div className="panel__head">
        <h2>{words('link')}</h2>
        <span className="meta">
          {[
            ...(share === null || !first
              ? []
              : [
                  words('linkShare', {
                    percent: (Math.floor(share * 1000) / 10).toFixed(1),
                    span: spanText(health.at - first.from),
                  }),
                ]),
            clockError === null ? words('linkClockUnknown') : words('linkClock', { ms: Math.ceil(clockError) }),
            words('asOf', { time: clockText(health.at, timeZone, true) }),
          ].join(' · ')}
        </span>
        <span className="grow" />
        <Button keyName="b" onPress={onBundle}>
          {words('bundle')}
        </Button>
      </div>
      <div className="health__strips">
        <LinkStrip title={words('hour')} spans={spans} until={until} span={hour} every={10 * minute} timeZone={timeZone} />
        <LinkStrip title={words('day')} spans={spans} until={until} span={24 * hour} every={3 * hour} timeZone={timeZone} />
        <StripLegend />
      </div>
    </section>
  );
};
