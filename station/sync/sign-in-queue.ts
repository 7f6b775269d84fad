import type { Clock } from '../clock.ts';

/** Sign-ins that wait for their grant: the backend answers them in the order in which they were asked. */
export type SignInQueue = {
  /** Resolves to the token; rejects when it is refused, the link is lost, or nothing comes within 5 s. */
  readonly ask: () => Promise<string>;
  readonly answer: (token: string) => void;
  /** Refuses the first that waits; false when none does. */
  readonly refuse: (message: string) => boolean;
  readonly lose: () => void;
};

type Waiter = { readonly take: (token: string) => void; readonly fail: (error: Error) => void };

const WITHIN = 5_000;

export const createSignInQueue = (clock: Clock): SignInQueue => {
  let waiters: readonly Waiter[] = [];
  const next = (): Waiter | undefined => {
    const [first, ...rest] = waiters;
    waiters = rest;
    return first;
  };
  return {
    ask: () =>
      new Promise((resolve, reject) => {
        const cancel = clock.after(WITHIN, () => {
          // It keeps its place: a late answer is its own, and must not sign in whoever asked next.
          reject(new Error('The hospital did not answer the sign-in.'));
        });
        const waiter: Waiter = {
          take: (token) => {
            cancel();
            resolve(token);
          },
          fail: (error) => {
            cancel();
            reject(error);
          },
        };
        waiters = [...waiters, waiter];
      }),
    answer: (token) => next()?.take(token),
    refuse: (message) => {
      const first = next();
      first?.fail(new Error(message));
      return first !== undefined;
    },
    lose: () => {
      const lost = waiters;
      waiters = [];
      for (const waiter of lost) waiter.fail(new Error('The link was lost.'));
    },
  };
};
