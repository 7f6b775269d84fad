/** At the foot of the map: run, stand, step, how fast, and the line of time; or why there is nothing to look back at. */
import type { MouseEvent, ReactNode } from 'react';
import { Icon } from '../../../ui/icon.tsx';
import { rates } from './replay-clock.ts';
import type { ReplayPlayer } from './replay-player.ts';
import { Scrubber } from './scrubber.tsx';
import { r } from './strings.ts';
import { type Replay, useReplayPart } from './use-replay.ts';

const minute = 60_000;
const steps = [
  { by: -10 * minute, text: () => r('backMinutes', { count: 10 }) },
  { by: -minute, text: () => r('backMinutes', { count: 1 }) },
  { by: -10_000, text: () => r('backSeconds', { count: 10 }) },
  { by: 10_000, text: () => r('onSeconds', { count: 10 }) },
  { by: minute, text: () => r('onMinutes', { count: 1 }) },
  { by: 10 * minute, text: () => r('onMinutes', { count: 10 }) },
] as const;

/** A press with the pointer leaves the focus where it is: Space goes on to mean run and stand. */
const keepFocus = (event: MouseEvent): void => event.preventDefault();

const Touch = ({
  main = false,
  pressed,
  onPress,
  children,
}: {
  readonly main?: boolean;
  /** Of several of which one is chosen. */
  readonly pressed?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) => (
  <button
    type="button"
    className={main || pressed ? 'btn btn--touch btn--main' : 'btn btn--touch'}
    aria-pressed={pressed}
    onMouseDown={keepFocus}
    onClick={onPress}
  >
    {children}
  </button>
);

const Controls = ({ player }: { readonly player: ReplayPlayer }) => {
  const going = useReplayPart(player, ({ clock }) => clock?.going ?? false, false);
  const rate = useReplayPart(player, ({ clock }) => clock?.rate ?? 1, 1);
  const stepper = ({ by, text }: (typeof steps)[number]) => (
    <Touch key={by} onPress={() => player.step(by)}>
      {text()}
    </Touch>
  );
  return (
    <div className="map-replay__controls">
      <div className="map-replay__group">
        {steps.slice(0, 3).map(stepper)}
        <Touch main onPress={player.toggle}>
          <Icon name={going ? 'pause' : 'play'} size={12} />
          {r(going ? 'pause' : 'play')}
        </Touch>
        {steps.slice(3).map(stepper)}
      </div>
      <fieldset className="map-replay__group" aria-label={r('rate')}>
        {rates.map((one) => (
          <Touch key={one} pressed={one === rate} onPress={() => player.pace(one)}>
            ×{one}
          </Touch>
        ))}
      </fieldset>
    </div>
  );
};

const reasons = {
  opening: { title: 'opening', what: null },
  empty: { title: 'empty', what: 'emptyWhat' },
  unavailable: { title: 'unavailable', what: 'unavailableWhat' },
} as const;

/** Nothing of the past is shown, and why. */
const NoPast = ({
  player,
  stage,
  onClose,
}: {
  readonly player: ReplayPlayer;
  readonly stage: keyof typeof reasons;
  readonly onClose: () => void;
}) => {
  const failure = useReplayPart(player, (state) => state.failure, null);
  const { title, what } = reasons[stage];
  return (
    <div className="map-replay__none" role="status">
      <Icon name={stage === 'unavailable' ? 'warning' : 'replay'} size={20} />
      <b>{r(title)}</b>
      <span className="t2 banner__text">{[failure, what && r(what)].filter((part) => part !== null).join(' ')}</span>
      <span className="grow" />
      <button type="button" className="btn btn--touch" onClick={onClose}>
        {r('close')} <kbd>Esc</kbd>
      </button>
    </div>
  );
};

/** Nothing while no replay is open. */
export const ReplayBar = ({ replay: { player, stage, isPast, close } }: { readonly replay: Replay }) => {
  if (!player || stage === 'closed') return null;
  if (!isPast) return <NoPast player={player} stage={stage === 'open' ? 'opening' : stage} onClose={close} />;
  return (
    <div className="map-replay__bar">
      <Controls player={player} />
      <Scrubber player={player} />
    </div>
  );
};
