import type { Instant } from '#domain/model/values.ts';
import { dueByTime } from '#domain/rules/dispatch-watch.ts';
import type { Core } from '../core/core.ts';
import type { Timers } from '../server/timers.ts';

const EVERY_MS = 1_000;

/** Does once a second what has become due by time alone, each noted in the audit trail. Returns the stop. */
export const watchDispatch = (
  core: Pick<Core, 'view' | 'commit' | 'audit'>,
  clock: () => Instant,
  timers: Pick<Timers, 'every'>,
): (() => void) =>
  timers.every(EVERY_MS, () => {
    const due = dueByTime(core.view, clock());
    if (due.length === 0) return;
    core.commit(due.map(({ put }) => put));
    for (const { action, put } of due)
      core.audit.note({ actor: 'hospital', stationId: null, action, subjects: [put.id], outcome: 'done', payload: put });
  });
