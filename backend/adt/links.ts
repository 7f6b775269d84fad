/** What everybody may see of the lines to the patient administration: one record a line, written only when it says something new. */
import type { InterfaceLink } from '#domain/model/interface-link.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { Core } from '../core/core.ts';
import type { Timers } from '../server/timers.ts';

export type LinkState = Pick<
  InterfaceLink,
  'name' | 'direction' | 'state' | 'lastMessageAt' | 'trouble' | 'unresolved' | 'queued'
>;

const EVERY_MS = 1_000;
/** A moment of the last message that is older than this is told anew, milliseconds: not each message is news to every desk. */
const NEWS_MS = 30_000;

/** Looks at the lines once a second and writes what changed; returns the stop, which leaves each line as `failed`. */
export const watchLinks = (options: {
  readonly core: Pick<Core, 'view' | 'together'>;
  readonly clock: () => Instant;
  readonly timers: Pick<Timers, 'every'>;
  readonly isWhole: () => boolean;
  readonly lines: readonly { readonly id: Id; readonly look: () => LinkState }[];
}): (() => void) => {
  const { core, clock, timers, isWhole, lines } = options;
  const changed = (id: Id, now: LinkState): InterfaceLink | undefined => {
    const stands = core.view.get('interfaceLink', id);
    const { lastMessageAt, ...rest } = now;
    const isNews =
      !stands ||
      Object.entries(rest).some(([name, value]) => stands[name as keyof InterfaceLink] !== value) ||
      (lastMessageAt !== null && lastMessageAt - (stands.lastMessageAt ?? 0) > NEWS_MS);
    if (!isNews) return undefined;
    return { kind: 'interfaceLink', id, since: stands?.state === now.state ? stands.since : clock(), ...now };
  };
  const write = (puts: readonly (InterfaceLink | undefined)[]): void => {
    const news = puts.filter((put) => put !== undefined);
    if (news.length > 0 && isWhole()) core.together((put) => put(news));
  };
  const look = (): void => write(lines.map((line) => changed(line.id, line.look())));
  look();
  const stop = timers.every(EVERY_MS, look);
  return () => {
    stop();
    write(
      lines.map((line) => changed(line.id, { ...line.look(), state: 'failed', trouble: 'The hospital has stopped listening.' })),
    );
  };
};
