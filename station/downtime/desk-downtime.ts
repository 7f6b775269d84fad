/** Downtime packs of a running desk: what is printed is what its windows show. */
import type { Health } from '#contracts/ipc/health.ts';
import type { Instant } from '#domain/model/values.ts';
import type { Clock } from '../clock.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Overlay } from '../outbox/overlay.ts';
import type { LatestValues } from '../sync/latest-values.ts';
import type { Replica } from '../sync/replica.ts';
import type { Troubles } from '../troubles.ts';
import { createDowntime, type Downtime } from './downtime.ts';
import type { PackMaker } from './make-pack.ts';
import type { PackLanguage } from './words.ts';

/** How a desk's packs are made and what they call it. */
export type Printing = { readonly maker: PackMaker; readonly desk: string; readonly language: PackLanguage };

export type DeskDowntime = Pick<Downtime, 'linkMoved' | 'stop'> & {
  /** For desk health; undefined on a desk that makes no packs. */
  readonly health: () => Health['pack'];
};

/** Makes the packs of a desk until stopped; none without `printing`. */
export const startDowntime = (
  printing: Printing | undefined,
  desk: {
    readonly overlay: Overlay;
    readonly latest: LatestValues;
    readonly replica: Replica;
    readonly outbox: Outbox;
    readonly serverNow: () => Instant;
    readonly clock: Clock;
    readonly troubles: Troubles;
    readonly log: (line: string) => void;
  },
): DeskDowntime => {
  if (!printing) return { linkMoved: () => undefined, stop: () => undefined, health: () => undefined };
  const { overlay, latest, replica, outbox, serverNow } = desk;
  const downtime = createDowntime({
    ...desk,
    maker: printing.maker,
    copy: replica.copy,
    source: (asOf) => ({
      view: overlay.view,
      isPending: overlay.isPending,
      fixes: latest.fixes,
      facilityName: replica.facilityName(),
      desk: printing.desk,
      asOf,
      now: Math.round(serverNow()),
      unsent: outbox.count(),
      language: printing.language,
    }),
  });
  return {
    linkMoved: downtime.linkMoved,
    stop: downtime.stop,
    health: () => {
      const { last, error, plain } = downtime.status();
      return {
        newestAt: last?.madeAt ?? null,
        pages: last?.pages ?? null,
        kept: last?.kept ?? 0,
        plainCopy: plain !== null,
        problem: error ?? plain?.error ?? null,
      };
    },
  };
};
