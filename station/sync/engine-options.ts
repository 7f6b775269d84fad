import type { Alarms, Telemetry } from '#contracts/wire/down.ts';
import type { Up } from '#contracts/wire/up.ts';
import type { AuditHead } from '#domain/model/audit.ts';
import type { Id } from '#domain/model/values.ts';
import type { Clock } from '../clock.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Troubles } from '../troubles.ts';
import type { Committed, Replica } from './replica.ts';
import type { ServerClock } from './server-clock.ts';
import type { Welcome } from './taking.ts';
import type { Connect } from './transport.ts';

/** What the engine works on, and whom it tells. */
export type EngineOptions = {
  readonly connect: Connect;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly serverClock: ServerClock;
  readonly replica: Replica;
  readonly outbox: Outbox;
  readonly troubles: Troubles;
  readonly stationId: Id;
  readonly deviceToken: string;
  /** The head of this desk's audit trail, shown to the hospital with the commands. */
  readonly auditHead: () => AuditHead | null;
  /** The copy, the outbox or the conflicts have moved. */
  readonly committed: (result: Committed) => void;
  readonly telemetry: (message: Telemetry) => void;
  /** Alarms ahead of the log. */
  readonly alarms: (rows: Alarms['rows']) => void;
  readonly welcomed: () => void;
  /** What goes up before anything else after this welcome, which is not committed yet. */
  readonly offers: (welcome: Welcome) => readonly Up[];
  readonly linkMoved: () => void;
  /** An error after which the process must not go on. */
  readonly fatal: (error: unknown) => void;
};
