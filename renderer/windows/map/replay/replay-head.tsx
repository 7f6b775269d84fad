/** What says that the map shows the past: of when it is, and how to come back. */
import { useFramePart, useServerTime } from '../../../state/hooks.ts';
import { Banner, Button } from '../../../ui/controls.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { clockText, dayText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import { agoText } from './ago.ts';
import { gapAt, type ReplayPlayer, type ReplayState } from './replay-player.ts';
import { r } from './strings.ts';
import { useReplayPart } from './use-replay.ts';

/** What the replay does just now. */
const doing = ({ clock }: ReplayState): string => {
  if (!clock) return '';
  if (clock.waiting === 'moment') return r('reading');
  if (clock.waiting === 'more') return r('buffering', { rate: clock.rate });
  if (clock.going) return r('running', { rate: clock.rate });
  return r(clock.at >= clock.recorded.to ? 'atEnd' : 'standing');
};
/** The second that is shown; null while nothing is. */
export const shownSecond = ({ moment }: ReplayState): number | null => moment && Math.floor(moment.at / 1000) * 1000;

const Notices = ({ player, at, zone }: { readonly player: ReplayPlayer; readonly at: number; readonly zone: string | null }) => {
  const gap = useReplayPart(player, ({ gaps, moment }) => (moment ? gapAt(gaps, moment.at) : undefined), undefined);
  const failure = useReplayPart(player, (state) => state.failure, null);
  const isForgotten = useReplayPart(player, (state) => state.forgotten, false);
  const time = (moment: number): string => clockText(moment, zone);
  return (
    <>
      {isForgotten ? (
        <Banner tone="notice" icon="warning" title={r('forgotten')}>
          <span>{r('forgottenWhat', { time: time(at) })}</span>
        </Banner>
      ) : null}
      {failure === null ? null : (
        <Banner tone="notice" icon="warning" title={r('failed')}>
          <span className="banner__text">{failure}</span>
        </Banner>
      )}
      {gap === undefined ? null : (
        <Banner tone="notice" icon="cut" title={r('gap', { from: time(gap.from), to: time(gap.to) })}>
          <span className="banner__text">{r('gapWhat')}</span>
          <span className="grow" />
          <Button touch onPress={() => player.seek(gap.to)}>
            {r('goOn', { time: time(gap.to) })}
          </Button>
        </Banner>
      )}
    </>
  );
};

/** The plate over the map, in the colours turned round, with the time that is shown. */
export const ReplayHead = ({ player, onLive }: { readonly player: ReplayPlayer; readonly onLive: () => void }) => {
  const zone = useFramePart('timeZone');
  const now = useServerTime();
  const at = useReplayPart(player, shownSecond, null);
  const state = useReplayPart(player, doing, '');
  if (at === null) return null;
  const isOtherDay = now !== null && dayText(at, zone, 'en') !== dayText(now, zone, 'en');
  return (
    <>
      <div className="map-replay__head">
        <Icon name="replay" size={24} />
        <b className="map-replay__word">{r('replay')}</b>
        <span className="map-replay__time">{clockText(at, zone, true)}</span>
        <span>
          <b>{now === null ? '–' : agoText(now - at)}</b>
          {isOtherDay ? ` · ${dayText(at, zone, localeNow())}` : ''}
        </span>
        <span role="status">{state}</span>
        <span className="grow" />
        <button type="button" className="btn btn--touch map-replay__live" onClick={onLive}>
          <Icon name="live" size={12} />
          {r('toLive')} <kbd>Esc</kbd>
        </button>
      </div>
      <div className="map-replay__only">{r('onlyMap')}</div>
      <Notices player={player} at={at} zone={zone} />
    </>
  );
};
