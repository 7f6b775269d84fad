import { useKeys } from '../../../ui/keys.tsx';
import { r } from './strings.ts';
import type { Replay } from './use-replay.ts';

const second = 1_000;
const minute = 60 * second;
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10 * minute, PageDown: 10 * minute };

/** The keys of a replay. They stand in the list of `?` all the time and apply while the map shows the past. */
export const ReplayKeys = ({ replay: { player, isPast, close } }: { readonly replay: Replay }) => {
  const step =
    (unit: number) =>
    (pressed: string): void =>
      player?.step((steps[pressed] ?? 0) * unit);
  const toEnd = (pressed: string): void => {
    const recorded = player?.state().clock?.recorded;
    if (recorded) player?.seek(pressed === 'Home' ? recorded.from : recorded.to);
  };
  useKeys([
    { key: 'Escape', label: r('keyLive'), when: player !== null, run: close },
    { key: ' ', label: r('keyPlay'), when: isPast, run: () => player?.toggle() },
    { key: ['ArrowLeft', 'ArrowRight'], label: r('keyStep'), when: isPast, run: step(10 * second) },
    { key: ['Shift+ArrowLeft', 'Shift+ArrowRight'], label: r('keyMinute'), when: isPast, run: step(minute), quiet: true },
    { key: ['PageUp', 'PageDown'], label: r('keyTenMinutes'), when: isPast, run: step(1), quiet: true },
    { key: ['Home', 'End'], label: r('keyEnds'), when: isPast, run: toEnd, quiet: true },
    { key: [',', '.'], label: r('keyRate'), when: isPast, run: (pressed) => player?.faster(pressed === '.' ? 1 : -1) },
  ]);
  return null;
};
