/** What stays live while the map shows the past says so, and what happens meanwhile is told on the map too. */
import { Icon } from '../../../ui/icon.tsx';
import { r } from './strings.ts';

/** Over what is live beside a replay. */
export const LiveMark = () => (
  <div className="map-live-mark">
    <Icon name="live" size={12} />
    <b>{r('live')}</b>
    <span className="t2">{r('liveSide')}</span>
  </div>
);

/** A call that rings now, over the picture of then. A crew's emergency stands above the whole board already. */
export const LiveNews = ({ ringing, onLive }: { readonly ringing: number; readonly onLive: () => void }) =>
  ringing === 0 ? null : (
    <div className="banner" role="alert">
      <Icon name="medium" size={20} />
      <b>{r('liveNews')}</b>
      <span>{ringing === 1 ? r('ringingOne') : r('ringing', { count: ringing })}</span>
      <span className="grow" />
      <button type="button" className="btn btn--touch" onClick={onLive}>
        {r('toLive')} <kbd>Esc</kbd>
      </button>
    </div>
  );
