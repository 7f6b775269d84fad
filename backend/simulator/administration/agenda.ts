/** What is to happen when, in simulated milliseconds. What is planned for the same moment happens in the order of planning. */
export type Agenda = {
  readonly now: () => number;
  readonly inMinutes: (minutes: number, act: () => void) => void;
  /** Does everything up to a moment, what is planned meanwhile included. */
  readonly run: (until: number) => void;
};

/** An empty agenda at moment 0. */
export const createAgenda = (): Agenda => {
  // Latest first, so that the next is taken from the end.
  const planned: { readonly at: number; readonly act: () => void }[] = [];
  let now = 0;
  return {
    now: () => now,
    inMinutes: (minutes, act) => {
      const at = now + Math.max(0, minutes) * 60_000;
      let [from, to] = [0, planned.length];
      while (from < to) {
        const middle = (from + to) >> 1;
        if ((planned[middle]?.at ?? 0) > at) from = middle + 1;
        else to = middle;
      }
      planned.splice(from, 0, { at, act });
    },
    run: (until) => {
      for (let next = planned.at(-1); next && next.at <= until; next = planned.at(-1)) {
        planned.pop();
        now = next.at;
        next.act();
      }
      now = until;
    },
  };
};
