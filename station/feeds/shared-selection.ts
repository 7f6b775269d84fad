import type { DeskSelection } from '#contracts/ipc/station-window.ts';
import type { FeedSource, Subscriber } from './port-server.ts';

export type SharedSelection = {
  /** A person chose something in a window. */
  readonly choose: (selection: DeskSelection, from: Subscriber) => void;
  /** What a window is told of it: what was chosen last, unless it was chosen there. */
  readonly feedFor: (window: () => Subscriber) => FeedSource;
};

/** What the windows of one desk look at together. Nothing is kept: it is a look, not a fact. `moved` tells the windows. */
export const createSharedSelection = (moved: () => void): SharedSelection => {
  let last: { readonly selection: DeskSelection; readonly from: Subscriber } | null = null;
  return {
    choose: (selection, from) => {
      last = { selection, from };
      moved();
    },
    feedFor: (window) => {
      const told = (): unknown => (last === null || last.from === window() ? undefined : { selection: last.selection });
      return { first: told, patch: told };
    },
  };
};
