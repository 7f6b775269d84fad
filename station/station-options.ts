import type { RoutingService } from '#contracts/ipc/main-station.ts';
import type { Role } from '#domain/model/grant.ts';
import type { Clock } from './clock.ts';
import type { Printing } from './downtime/desk-downtime.ts';
import type { CityPlace } from './geo/city-thread.ts';
import type { HistoryPlace } from './history/history-thread.ts';
import type { OpenedStore } from './store/open-store.ts';
import type { Connect } from './sync/transport.ts';

/** What a desk stands on, and whom it tells. */
export type StationOptions = {
  readonly store: OpenedStore;
  readonly connect: Connect;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly bootId: string;
  readonly deviceToken: string;
  readonly signInAs: 'demo' | Role;
  /** What a person should know about how the key is kept, or that nothing is; null when all is well. */
  readonly storeWarning: string | null;
  /** Without it no downtime packs are made. */
  readonly downtime?: Printing;
  /** Without it no address is found and no way is known. */
  readonly city?: CityPlace;
  /** A routing service of the site, asked before the roads of this desk. */
  readonly routing?: RoutingService;
  /** Without it nothing is recorded for replay. */
  readonly history?: HistoryPlace;
  /** One line for the log; never holds patient data. */
  readonly log: (line: string) => void;
  /** An error after which the process must end. */
  readonly fatal: (error: unknown) => void;
};
