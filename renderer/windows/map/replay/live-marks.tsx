/** What stays live while the map shows the past says so, and what happens meanwhile is told on the map too. */
import type { Unit } from '#domain/model/unit.ts';
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

/** What needs someone now, over the picture of then. */
export const LiveNews = ({
  ringing,
  emergencies,
  onLive,
}: {
  readonly ringing: number;
  readonly emergencies: readonly Unit[];
  readonly onLive: () => void;
}) =>
  ringing === 0 && emergencies.length === 0 ? null : (
    <div className={emergencies.length > 0 ? 'banner banner--high' : 'banner'} role="alert">
      {emergencies.length > 0 ? (
        <span className="mark mark--high unack">
          <Icon name="high" size={20} />
        </span>
      ) : (
        <Icon name="medium" size={20} />
      )}
      <b>{r('liveNews')}</b>
      {emergencies.length > 0 ? (
        <b>{r('crewsInEmergency', { callsigns: emergencies.map(({ callsign }) => callsign).join(', ') })}</b>
      ) : null}
      {ringing > 0 ? <span>{ringing === 1 ? r('ringingOne') : r('ringing', { count: ringing })}</span> : null}
      <span className="grow" />
      <button type="button" className="btn btn--touch" onClick={onLive}>
        {r('toLive')} <kbd>Esc</kbd>
      </button>
    </div>
  );
