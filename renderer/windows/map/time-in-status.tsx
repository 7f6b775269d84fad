import { Duration } from '../../ui/clock.tsx';

/** A running time that turns tan over its limit and is underlined from 80 % of it. Milliseconds; limit null only counts. */
export const TimeInStatus = ({ elapsed, limit }: { readonly elapsed: number; readonly limit: number | null }) => (
  <span
    className={
      limit !== null && elapsed > limit
        ? 'clock clock--over'
        : limit !== null && elapsed > limit * 0.8
          ? 'clock clock--near'
          : 'clock'
    }
  >
    <Duration milliseconds={elapsed} />
  </span>
);
