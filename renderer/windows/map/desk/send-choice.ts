/** What stands behind the number keys of the send list, and what the chosen ones bring. Pure. */
import type { Unit } from '#domain/model/unit.ts';
import type { Id } from '#domain/model/values.ts';
import { capabilitiesOf } from '#domain/rules/capabilities.ts';
import type { Ranking } from './use-recommendation.ts';

export type Candidate = Ranking['candidates'][number];
export type Diversion = Ranking['diversions'][number];
/** Numbers of the list: candidates first, the last three for diversions where there are any. */
const numbers = 9;
const mostDiversions = 3;

/**
 * The units by their number keys as the first answer ranked them, with every one that is suggested: a number stays its unit's
 * however the fleet moves.
 */
export const offeredOf = (ranking: Pick<Ranking, 'candidates' | 'diversions' | 'suggestion'>): readonly Id[] => {
  const diversions = ranking.diversions.slice(0, mostDiversions).map(({ unitId }) => unitId);
  const room = numbers - diversions.length;
  const ranked = ranking.candidates.map(({ unitId }) => unitId);
  const suggested = ranking.suggestion.map(({ unitId }) => unitId).slice(0, room);
  const first = ranked.slice(0, room - suggested.filter((id) => ranked.indexOf(id) >= room - suggested.length).length);
  return [...new Set([...first, ...suggested])].slice(0, room).concat(diversions);
};

export type Offer =
  | { readonly kind: 'free'; readonly unitId: Id; readonly candidate: Candidate }
  | { readonly kind: 'divert'; readonly unitId: Id; readonly candidate: Diversion }
  | { readonly kind: 'gone'; readonly unitId: Id };

/** What each number means now: a unit that was taken meanwhile keeps its place and says so. */
export const offersOf = (offered: readonly Id[], ranking: Pick<Ranking, 'candidates' | 'diversions'>): readonly Offer[] =>
  offered.map((unitId): Offer => {
    const candidate = ranking.candidates.find((one) => one.unitId === unitId);
    if (candidate) return { kind: 'free', unitId, candidate };
    const diversion = ranking.diversions.find((one) => one.unitId === unitId);
    return diversion ? { kind: 'divert', unitId, candidate: diversion } : { kind: 'gone', unitId };
  });

export type NeedMet = Ranking['needs'][number] & { readonly chosen: number; readonly met: boolean };

/** The run card with what the chosen units bring on top of those that are on it. */
export const needsMet = (needs: Ranking['needs'], chosen: readonly Pick<Unit, 'type' | 'capabilities'>[]): readonly NeedMet[] => {
  const can = chosen.map(capabilitiesOf);
  return needs.map((need) => {
    const brought = can.filter((all) => all.has(need.what)).length;
    return { ...need, chosen: brought, met: need.onIt + brought >= need.count };
  });
};
