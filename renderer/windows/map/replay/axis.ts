/** The line of time under the map: how far back it reaches, and what is written on it. Pure; moments in milliseconds. */
import type { Instant } from '#domain/model/values.ts';
import { clockText } from '../../../ui/time.ts';
import type { Recorded } from './replay-clock.ts';

export type Axis = { readonly from: Instant; readonly to: Instant };
export type AxisTick = { readonly at: Instant; readonly text: string };

const minute = 60_000;
const hour = 60 * minute;
/** What the line may reach back: a desk that began today has room to point at a minute. */
const reaches = [hour / 2, hour, 2 * hour, 4 * hour, 8 * hour, 12 * hour] as const;
/** Minutes between two times that are written, the finest first. */
const steps = [5, 10, 15, 30, 60, 120, 180] as const;
/** Times that have room beside each other. */
const mostTicks = 13;

/** The line for what is recorded: it ends with the record and is never shorter than half an hour. */
export const axisOf = ({ from, to }: Recorded): Axis => {
  const reach = reaches.find((each) => to - from <= each) ?? to - from;
  return { from: to - reach, to };
};

/** Where a moment lies on the line, 0 to 1, at its end where it lies outside. */
export const shareOf = ({ from, to }: Axis, at: Instant): number => Math.min(1, Math.max(0, (at - from) / (to - from)));
/** The moment at a share of the line. */
export const momentAtShare = ({ from, to }: Axis, share: number): Instant =>
  Math.round(from + Math.min(1, Math.max(0, share)) * (to - from));

/** Round times of the facility's day, as many as there is room for. Every zone's clock is whole at some five minutes of UTC. */
export const ticksOf = ({ from, to }: Axis, zone: string | null): readonly AxisTick[] => {
  const step = steps.find((each) => (to - from) / (each * minute) <= mostTicks) ?? 180;
  const first = Math.ceil(from / (5 * minute)) * 5 * minute;
  return Array.from({ length: Math.floor((to - first) / (5 * minute)) + 1 }, (_none, index) => first + index * 5 * minute)
    .map((at) => ({ at, text: clockText(at, zone) }))
    .filter(({ text }) => {
      const [hours = 0, minutes = 0] = text.split(':').map(Number);
      return (hours * 60 + minutes) % step === 0;
    });
};
