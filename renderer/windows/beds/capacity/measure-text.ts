import type { SurgeMeasures } from '#domain/rules/surge-watch.ts';
import { spanText } from '../../../ui/time.ts';
import { c } from './strings.ts';

/** A measure with its value, `NEDOCS 112`; `–` where it is not known. */
export const measureText = (measure: keyof SurgeMeasures, value: number | null): string =>
  c(`measure.${measure}`, {
    value: value === null ? '–' : measure === 'longestWaitMinutes' ? spanText(value * 60_000) : Math.round(value),
  });
