import type { Instant } from '#domain/model/values.ts';
import { sha256 } from '../../audit/trail.ts';
import type { Core } from '../../core/core.ts';
import type { Timers } from '../../server/timers.ts';
import { zoneClock } from '../hl7v2/timestamp.ts';
import { listenForReports, type ReportServer } from '../listen.ts';
import { createFhirAnswer } from './fhir-server.ts';
import { createReadJournal } from './read-journal.ts';
import { readReaders } from './readers.ts';
import { type Department, departmentAt } from './resource.ts';

export type FhirOptions = {
  readonly port: number;
  readonly host: string;
  /** file of those who may read; null: this machine alone, without a token */
  readonly readers: string | null;
  readonly url: string | null;
};

/** The present records, with versions made of the revs that wrote them and of the epoch, so that a restored hospital repeats none. */
const departmentOf = (core: Pick<Core, 'view' | 'revOf' | 'epoch'>, now: Instant): Department =>
  departmentAt({
    view: core.view,
    now,
    versionOf: (keys) => {
      const revs = keys.map((key) => core.revOf(key) ?? 0);
      const of = keys.map(({ kind, id }, index) => `${kind}/${id}@${revs[index]}`).sort();
      return `${Math.max(...revs)}-${sha256([core.epoch, ...of].join(' ')).slice(0, 12)}`;
    },
  });

/** Lets other systems read the board where the options say so; rejects when it cannot, or when anybody could read it. */
export const startFhir = async (
  options: FhirOptions | null,
  core: Pick<Core, 'view' | 'revOf' | 'epoch' | 'audit'>,
  surroundings: {
    readonly clock: () => Instant;
    readonly timers: Pick<Timers, 'after'>;
    readonly isWhole: () => boolean;
    readonly log: (line: string) => void;
  },
): Promise<ReportServer | null> => {
  if (options === null) return null;
  const { clock, timers, isWhole, log } = surroundings;
  const { host, port, url } = options;
  const readers = options.readers === null ? null : readReaders(options.readers);
  if (readers === null && host !== '127.0.0.1' && host !== '::1')
    throw new Error('To be read by other machines the board needs --fhir-readers.');
  const journal = createReadJournal({ noteAll: core.audit.noteAll, after: timers.after });
  const zone = () => zoneClock([...core.view.list('facility')][0]?.timeZone ?? 'UTC');
  const answer = createFhirAnswer({
    department: () => departmentOf(core, clock()),
    readers,
    journal,
    zone,
    url,
    since: clock(),
    isWhole,
    log,
  });
  const listening = await listenForReports({ who: 'Readers of the board', host, port, answer });
  log(`the board can be read as FHIR on ${host}:${listening.port}`);
  return {
    port: listening.port,
    stop: async () => {
      await listening.stop();
      journal.stop();
    },
  };
};
