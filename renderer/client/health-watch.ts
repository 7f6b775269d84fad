/** The health of the desk, asked of the station only while somebody looks at it. */
import type { Health } from '#contracts/ipc/health.ts';
import { afterPaint } from './after-paint.ts';
import type { Station } from './submit.ts';

export type HealthWatch = {
  /** There is another station: whoever looks goes on looking. */
  readonly begin: () => void;
  readonly watch: (take: (health: Health) => void) => () => void;
};

/** Nobody looks yet. `current` gives the station of the day. */
export const createHealthWatch = (current: () => Station | undefined): HealthWatch => {
  const takers = new Set<(health: Health) => void>();
  let stop: (() => void) | undefined;
  const begin = (): void => {
    stop?.();
    stop =
      takers.size === 0
        ? undefined
        : current()?.subscribe('health', (health, taken) => {
            for (const take of takers) take(health);
            afterPaint(taken);
          });
  };
  return {
    begin,
    watch: (take) => {
      takers.add(take);
      begin();
      return () => {
        takers.delete(take);
        begin();
      };
    },
  };
};
