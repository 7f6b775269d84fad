import type { Health } from '#contracts/ipc/health.ts';
import type { Instant } from '#domain/model/values.ts';

/** The last lines of the station's log, in memory. */
export type LogTail = { readonly add: (line: string) => void; readonly lines: () => Health['log'] };

const MOST = 120;
const LONGEST = 200;

/** An empty tail; `now` is server time. */
export const createLogTail = (now: () => Instant): LogTail => {
  let lines: Health['log'] = [];
  return {
    add: (line) => {
      lines = [...lines.slice(1 - MOST), { at: Math.round(now()), line: line.replaceAll(/\s+/g, ' ').slice(0, LONGEST) }];
    },
    lines: () => lines,
  };
};
