/** Whom a person means by a few letters, and who that is when the message is sent. Pure. */
import type { CommandInput } from '#domain/commands/registry.ts';
import type { Role } from '#domain/model/grant.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { openIncidents } from '#domain/rules/incident-order.ts';
import { crewsOn, freeCrews } from '#domain/rules/messages.ts';
import { t } from '../translate.ts';
import { s } from './strings.ts';

/** What stands in the line of addressees: one crew, a desk, or a group that is counted when the message is sent. */
export type Addressee =
  | { readonly to: 'unit'; readonly unitId: Id }
  | { readonly to: 'role'; readonly role: Role }
  | { readonly to: 'free' | 'crews' }
  | { readonly to: 'incident'; readonly incidentId: Id };

export type Recipient = CommandInput<'sendMessage'>['recipients'][number];
export type Suggestion = { readonly addressee: Addressee; readonly label: string };

const desks = ['dispatcher', 'chargeNurse', 'triageNurse'] as const satisfies readonly Role[];
const mostSuggested = 9;

/** The same addressee has the same key. */
export const keyOf = (addressee: Addressee): string => JSON.stringify(addressee);
const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

const unitsOf = (view: RecordView, addressee: Addressee): readonly Id[] => {
  switch (addressee.to) {
    case 'unit':
      return [addressee.unitId];
    case 'role':
      return [];
    case 'free':
      return freeCrews(view.list('unit')).map(({ id }) => id);
    case 'crews':
      return [...view.list('unit')].map(({ id }) => id);
    case 'incident':
      return crewsOn(view, addressee.incidentId).map(({ id }) => id);
  }
};

/** Everybody whom the line means now, each once. */
export const recipientsOf = (view: RecordView, addressees: readonly Addressee[]): readonly Recipient[] => {
  const roles = addressees.flatMap((one) => (one.to === 'role' ? [one.role] : []));
  const units = new Set(addressees.flatMap((one) => unitsOf(view, one)));
  return [
    ...[...new Set(roles)].map((role): Recipient => ({ to: 'role', role })),
    ...[...units].map((unitId): Recipient => ({ to: 'unit', unitId })),
  ];
};

/** How an addressee stands in the line. */
export const labelOf = (view: RecordView, addressee: Addressee): string => {
  switch (addressee.to) {
    case 'unit':
      return view.get('unit', addressee.unitId)?.callsign ?? s('crewUnknown');
    case 'role':
      return t(`role.${addressee.role}`);
    case 'free':
      return s('freeShort');
    case 'crews':
      return s('crewsShort');
    case 'incident':
      return s('onShort', { incident: view.get('incident', addressee.incidentId)?.number ?? '–' });
  }
};

/** Whom a few letters may mean: crews whose callsign begins so first, then desks and groups; nothing that is in the line already. */
export const suggestionsFor = (typed: string, view: RecordView, taken: readonly Addressee[]): readonly Suggestion[] => {
  const wanted = plain(typed.trim());
  const units = [...view.list('unit')].sort((a, b) => a.callsign.localeCompare(b.callsign, 'en', { numeric: true }));
  const free = freeCrews(units).length;
  const groups: readonly Suggestion[] = [
    ...(free > 0 ? [{ addressee: { to: 'free' } as const, label: s('free', { count: free }) }] : []),
    ...(units.length > 0 ? [{ addressee: { to: 'crews' } as const, label: s('crews', { count: units.length }) }] : []),
    ...desks.map((role): Suggestion => ({ addressee: { to: 'role', role }, label: t(`role.${role}`) })),
    ...openIncidents(view.list('incident')).flatMap(({ id, number }): Suggestion[] => {
      const count = crewsOn(view, id).length;
      return count === 0
        ? []
        : [{ addressee: { to: 'incident', incidentId: id }, label: s('onIncident', { incident: number ?? '–', count }) }];
    }),
  ];
  const crewsBy = (fits: (callsign: string) => boolean): readonly Suggestion[] =>
    wanted === ''
      ? []
      : units
          .filter(({ callsign }) => fits(plain(callsign)))
          .map(({ id, callsign }) => ({ addressee: { to: 'unit', unitId: id }, label: callsign }));
  const all = [
    ...crewsBy((callsign) => callsign.startsWith(wanted)),
    ...groups.filter(({ label }) => plain(label).includes(wanted)),
    ...crewsBy((callsign) => callsign.includes(wanted) && !callsign.startsWith(wanted)),
  ];
  const there = new Set(taken.map(keyOf));
  return all.filter(({ addressee }) => !there.has(keyOf(addressee))).slice(0, mostSuggested);
};
