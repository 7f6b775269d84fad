/**
 * The second of the board. Only what shows a running time hears it: a list of three hundred rows is not made anew each second
 * for its clocks.
 */
import { createContext, type ReactNode, useContext } from 'react';
import type { Instant } from '#domain/model/values.ts';
import { useServerTime } from '../../../state/hooks.ts';

const NowContext = createContext<Instant>(0);

/** Gives the server time to what stands in it, once a second. */
export const NowProvider = ({ children }: { readonly children: ReactNode }) => (
  <NowContext value={useServerTime() ?? 0}>{children}</NowContext>
);

/** Gives another moment instead to what stands in it: what a replay shows is as old as it was then. */
export const NowOf = ({ at, children }: { readonly at: Instant; readonly children: ReactNode }) => (
  <NowContext value={at}>{children}</NowContext>
);

/** Server time floored to a second. Whoever asks is drawn anew each second. */
export const useNow = (): Instant => useContext(NowContext);
