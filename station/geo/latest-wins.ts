/**
 * Runs one call at a time and keeps at most one waiting: who types faster than is searched gets the answer to what was typed
 * last, and each line typed before it is answered `superseded` at once.
 */
export const latestWins = <I, O>(run: (input: I) => Promise<O>, superseded: O): ((input: I) => Promise<O>) => {
  let isRunning = false;
  let next: { readonly input: I; readonly resolve: (answer: O | Promise<O>) => void } | null = null;
  const begin = (input: I): Promise<O> => {
    isRunning = true;
    return run(input).finally(() => {
      isRunning = false;
      const waiting = next;
      next = null;
      if (waiting) waiting.resolve(begin(waiting.input));
    });
  };
  return (input) => {
    if (!isRunning) return begin(input);
    next?.resolve(superseded);
    return new Promise((resolve) => {
      next = { input, resolve };
    });
  };
};
