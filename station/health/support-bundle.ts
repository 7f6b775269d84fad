/**
 * What may leave this desk for whoever supports it. A patient stands in nothing of this: no row, no summary, no sentence that
 * quotes one; only codes, counts, moments, versions and the station's own log, whose lines hold none by rule.
 */
import type { Health } from '#contracts/ipc/health.ts';
import { longestText } from '#contracts/ipc/health.ts';
import type { Conflict } from '#contracts/ipc/station-window.ts';
import type { Trouble } from '../troubles.ts';

export type BundleFacts = {
  readonly health: Health;
  /** A digest that names the desk without being its id. */
  readonly desk: string;
  readonly troubles: readonly Trouble[];
  readonly conflicts: readonly Pick<Conflict, 'name' | 'code' | 'issuedAt' | 'foundAt'>[];
  readonly unsent: readonly { readonly name: string; readonly ageMs: number }[];
  readonly versions: Readonly<Record<string, string>>;
};

const moment = (at: number | null): string => (at === null ? 'not known' : new Date(at).toISOString());
const seconds = (ms: number | null): string => (ms === null ? 'not known' : `${(ms / 1000).toFixed(1)} s`);
/** A code as the product writes them; whatever else stands in its place is not passed on. */
const code = (text: string): string => (/^[\w:.-]{1,96}$/.test(text) ? text : '(not a code)');

const counted = (names: readonly string[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${code(name)}: ${count}`);
};

const section = (title: string, lines: readonly string[]): string =>
  [title, ...(lines.length === 0 ? ['  none'] : lines.map((line) => `  ${line}`))].join('\n');

/** The text, in sections of one fact a line; times are UTC. */
export const supportBundleText = ({ health, desk, troubles, conflicts, unsent, versions }: BundleFacts): string => {
  const { link, outbox, copy, store, pack, retention } = health;
  const check = store.lastCheck;
  return [
    section('Vigil support bundle', [
      `made: ${moment(health.at)}`,
      `desk: ${code(desk)}`,
      'holds no patient data: codes, counts, times, versions and the log of the data service',
    ]),
    section('Versions', [
      ...Object.entries(versions).map(([name, version]) => `main.${code(name)}: ${code(version)}`),
      ...Object.entries(health.versions).map(([name, version]) => `${code(name)}: ${code(version)}`),
    ]),
    section('Data service', [`running since: ${moment(health.startedAt)}`]),
    section('Link', [
      link.roundTrip === null
        ? 'round trip: not known'
        : `round trip: last ${link.roundTrip.last.toFixed(0)} ms, median ${link.roundTrip.median.toFixed(0)} ms, worst ${link.roundTrip.worst.toFixed(0)} ms of ${link.roundTrip.count} in the last minute`,
      `clock error: ${link.clockError === null ? 'not known' : `${link.clockError.toFixed(0)} ms`}`,
      ...link.spans.slice(-100).map(({ state, from, until }) => `${moment(from)} ${state} ${seconds(until - from)}`),
    ]),
    section('Outbox', [
      `unsent: ${outbox.count}`,
      `oldest: ${seconds(outbox.oldestAgeMs)}`,
      `last settled: ${moment(outbox.lastSettledAt)}`,
      ...counted(unsent.map(({ name }) => name)),
    ]),
    section('To decide', [
      `count: ${outbox.conflicts}`,
      ...conflicts.map(
        (conflict) =>
          `${code(conflict.name)} ${code(conflict.code)} made ${moment(conflict.issuedAt)} found ${moment(conflict.foundAt)}`,
      ),
    ]),
    section('Copy', [
      `cursor: ${copy.cursor ?? 'not known'}`,
      `checksum: ${copy.checksum === undefined ? 'not known' : `${copy.checksum.state} at rev ${copy.checksum.rev ?? 'not known'}, ${moment(copy.checksum.at)}`}`,
      ...Object.entries(copy.rows).map(([kind, count]) => `${code(kind)}: ${count}`),
    ]),
    section('Database', [
      `place: ${store.place}`,
      `bytes: ${store.bytes ?? 'not known'}`,
      `check: ${check === undefined ? 'not known' : `${check.ok ? 'passed' : 'failed'} at ${moment(check.at)}`}`,
      `put aside: ${store.quarantined === null ? 'none' : `${code(store.quarantined.code)}, unsent ${store.quarantined.unsent ?? 'not known'}`}`,
    ]),
    section('Downtime pack', [
      pack === undefined
        ? 'not known'
        : `newest: ${moment(pack.newestAt)}, pages ${pack.pages ?? 'not known'}, kept ${pack.kept}`,
    ]),
    section(
      'Kept',
      retention === undefined
        ? ['not known']
        : retention.map(({ what, count, days, most }) => `${code(what)}: ${count}, days ${days ?? '-'}, most ${most ?? '-'}`),
    ),
    section(
      'Troubles',
      troubles.map(({ code: name, severity, at, count }) => `${moment(at)} ${code(name)} ${severity} ${count} times`),
    ),
    section(
      'Log',
      health.log.map(({ at, line }) => `${moment(at)} ${line}`),
    ),
    '',
  ]
    .join('\n\n')
    .slice(0, longestText);
};
