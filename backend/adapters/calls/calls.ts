import type { Instant } from '#domain/model/values.ts';
import type { Core } from '../../core/core.ts';
import type { ReportServer } from '../listen.ts';
import { listenForCalls } from './call-server.ts';
import { createSwitchboard } from './switchboard.ts';

/** Listens for the telephone system where the options say so; rejects when it cannot, or when anybody could ring. */
export const startCalls = async (
  options: { readonly port: number; readonly host: string } | null,
  core: Pick<Core, 'view' | 'commit'>,
  clock: () => Instant,
  log: (line: string) => void,
): Promise<ReportServer | null> => {
  if (options === null) return null;
  const token = process.env.VIGIL_CALLS_TOKEN ?? null;
  if (token === null && options.host !== '127.0.0.1' && options.host !== '::1')
    throw new Error('Calls from other machines need VIGIL_CALLS_TOKEN.');
  const switchboard = createSwitchboard({ view: core.view, commit: (puts) => void core.commit(puts), clock });
  const listening = await listenForCalls({ ...options, token, switchboard, clock });
  log(`listening for calls on ${options.host}:${listening.port}`);
  return listening;
};
