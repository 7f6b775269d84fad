/** Which hospitals are listed, and in which order. Pure. */
import type { Hospital } from '#domain/model/hospital.ts';
import { isOurs } from '#domain/rules/inbound.ts';
import { h } from './strings.ts';

/** Whether a hospital warns ambulances or turns them away. */
export const restricts = ({ emsTrafficStatus }: Hospital): boolean =>
  emsTrafficStatus === 'advisory' || emsTrafficStatus === 'closed';

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Ours first, then those that restrict, then by name; of these, those whose name or services hold every word typed. */
export const hospitalsListed = (hospitals: readonly Hospital[], typed: string): readonly Hospital[] => {
  const words = plain(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  const weight = (hospital: Hospital): number => (isOurs(hospital) ? 0 : restricts(hospital) ? 1 : 2);
  return hospitals
    .filter((hospital) => {
      const text = plain([hospital.name, ...hospital.services.map((service) => h(`service.${service}`))].join(' '));
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => weight(a) - weight(b) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
};
