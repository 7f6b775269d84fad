import type { Nedocs, NedocsInputs } from '#domain/rules/nedocs.ts';
import { t } from '../../../ui/translate.ts';
import { c } from './strings.ts';

const whole = (value: number | null): string => (value === null ? '–' : String(value));
const hours = (value: number | null): string => (value === null ? '–' : t('beds.hours', { count: value.toFixed(1) }));

/** Points with their sign: `+98.3`. */
export const signed = (points: number): string => `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)}`;

/** What each part of the score says, in the order of the formula, and the inputs it is made of. */
export const nedocsColumns = ({ inputs }: Nedocs) =>
  [
    {
      input: 'patients',
      of: ['patients', 'edBeds'],
      text: t('beds.nedocs.ofBeds', { count: whole(inputs.patients), beds: whole(inputs.edBeds) }),
    },
    {
      input: 'boarders',
      of: ['boarders', 'hospitalBeds'],
      text: t('beds.nedocs.ofBeds', { count: whole(inputs.boarders), beds: whole(inputs.hospitalBeds) }),
    },
    { input: 'ventilated', of: ['ventilated'], text: whole(inputs.ventilated) },
    { input: 'longestAdmitHours', of: ['longestAdmitHours'], text: hours(inputs.longestAdmitHours) },
    { input: 'lastBedHours', of: ['lastBedHours'], text: hours(inputs.lastBedHours) },
  ] as const satisfies readonly { readonly of: readonly (keyof NedocsInputs)[]; readonly [more: string]: unknown }[];

/** The points of one part, or `–` while there is no score. */
export const pointsText = (score: Nedocs, input: string): string => {
  const part = score.status === 'complete' ? score.parts.find((one) => one.input === input) : undefined;
  return part ? signed(part.points) : '–';
};

/** The band by its name, or which inputs are missing. */
export const bandText = (score: Nedocs): string => {
  if (score.status === 'complete') return c(`band.${score.band}`);
  const [first] = score.missing;
  return score.missing.length === 1 && first !== undefined
    ? c('missingOne', { input: c(`input.${first}`) })
    : c('missingMany', { count: score.missing.length });
};

const explained = ['edBeds', 'hospitalBeds', 'ventilated', 'lastBedHours'] as const;
/** Why an input is missing and what to do about it. */
export const missingText = (input: keyof NedocsInputs, isWhole: boolean): string => {
  const why = isWhole ? explained.find((one) => one === input) : undefined;
  return why === undefined ? c('notWhole') : c(`missing.${why}`);
};
