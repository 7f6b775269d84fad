/**
 * After a restore from a backup the log has lost its end, and the stations still know what was acknowledged in it. Only an
 * administrator opens this, because only a person knows that a backup was restored.
 *
 *   beginRecovery ──recover──► collecting ──the window ends──► closed: what a late station offers is applied as it comes
 *               └──refuse───► refused: nothing of before is taken
 *
 * While offers are collected no new command is decided: it would be decided on rows that are not whole. The offers of all
 * stations are applied in the order of the lost log. (stationId, commandId) holds as for every command, so an offer that comes
 * twice is one command. Offers are not kept here: a station offers again at each connection what was not settled anew.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Settlement } from '#contracts/wire/down.ts';
import type { OfferedCommand } from '#contracts/wire/up.ts';
import { type Id, type Instant, idSchema, instantSchema } from '#domain/model/values.ts';
import type { Core } from './core.ts';
import type { Store } from './store.ts';

const recoverySchema = z.strictObject({
  mode: z.enum(['recover', 'refuse']),
  /** The history that the backup ends; null when there was none. */
  from: z.strictObject({ epoch: idSchema, rev: z.int().min(0) }).nullable(),
  until: instantSchema,
});
type Opened = z.infer<typeof recoverySchema>;

const META = 'recovery';
const MOST_A_TURN = 500;

/**
 * Begins another history over a restored store: a new epoch, and what becomes of the old one. Offers are collected for
 * `windowMs`. Call it once after a restore, before the core is opened.
 */
export const beginRecovery = (store: Store, mode: Opened['mode'], now: Instant, windowMs: number): void => {
  const epoch = store.meta('epoch');
  const from = epoch === undefined ? null : { epoch, rev: Number(store.meta('rev') ?? 0) };
  store.transact(() => {
    store.setMeta('epoch', randomUUID());
    store.setMeta(META, JSON.stringify({ mode, from, until: now + windowMs } satisfies Opened));
  });
};

export type RecoveryState = 'collecting' | 'closed' | 'refused';
export type Recovery = {
  readonly state: () => RecoveryState;
  readonly from: Opened['from'];
  readonly until: Instant;
  /** Takes what a station offers; the settlements that stand already and that no commit will tell it. Throws what the store throws. */
  readonly offer: (stationId: Id, commands: readonly OfferedCommand[]) => readonly Settlement[];
  /** Ends the collecting and applies what was offered; how many were done and how many refused. Throws what the store throws. */
  readonly close: () => { readonly applied: number; readonly refused: number };
};

type Offered = OfferedCommand & { readonly stationId: Id };

/** In the order of the lost log: the history that the backup ends first, then later ones by when they were answered, each by rev. */
const inOldOrder = (offered: readonly Offered[], from: Opened['from']): readonly Offered[] => {
  const begun = new Map<Id, Instant>();
  for (const { epoch, answeredAt } of offered) begun.set(epoch, Math.min(begun.get(epoch) ?? Infinity, answeredAt));
  const rank = ({ epoch }: Offered): number => (epoch === from?.epoch ? -Infinity : (begun.get(epoch) ?? 0));
  return [...offered].sort((one, other) => {
    if (one.epoch !== other.epoch) return rank(one) - rank(other);
    return one.rev - other.rev || (one.envelope.commandId < other.envelope.commandId ? -1 : 1);
  });
};

/** The recovery that was begun over this store; undefined when there was none. */
export const openRecovery = (store: Store, core: Core, clock: () => Instant): Recovery | undefined => {
  const kept = store.meta(META);
  if (kept === undefined) return undefined;
  const { mode, from, until } = recoverySchema.parse(JSON.parse(kept));
  const collected = new Map<string, Offered>();
  let collecting = mode === 'recover' && clock() < until;
  const apply = (offered: readonly Offered[]) => {
    const ordered = inOldOrder(offered, from);
    const turns = Array.from({ length: Math.ceil(ordered.length / MOST_A_TURN) }, (_, index) =>
      ordered.slice(index * MOST_A_TURN, (index + 1) * MOST_A_TURN),
    );
    return turns.flatMap((turn) =>
      core.applyAll(turn.map(({ stationId, envelope }) => ({ stationId, envelope, ageMs: 0, history: true }))),
    );
  };
  return {
    state: () => (mode === 'refuse' ? 'refused' : collecting ? 'collecting' : 'closed'),
    from,
    until,
    offer: (stationId, commands) => {
      if (mode === 'refuse') return [];
      const offered = commands.map((command) => ({ ...command, stationId }));
      if (collecting) {
        for (const one of offered) collected.set(`${stationId} ${one.envelope.commandId}`, one);
        return [];
      }
      return apply(offered).flatMap(({ settlement, repeated }) => (repeated ? [settlement] : []));
    },
    close: () => {
      const answers = apply([...collected.values()]);
      collecting = false;
      collected.clear();
      const applied = answers.filter(({ settlement }) => settlement.outcome.status === 'applied').length;
      return { applied, refused: answers.length - applied };
    },
  };
};
