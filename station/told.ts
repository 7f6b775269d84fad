import { EVENT_SHOWN_FOR, type Troubles } from './troubles.ts';

/** What others on this desk find wrong with it. Main knows the cause of what a window only sees: while main's sentence stands, a window's is left out. */
export type Told = {
  /** Stands until it is told anew, or null for over. */
  readonly byMain: (code: string, message: string | null) => void;
  readonly byWindow: (code: string, message: string) => void;
};

/** Takes what is told as troubles of the desk. */
export const createTold = (troubles: Troubles): Told => {
  const standing = new Set<string>();
  return {
    byMain: (code, message) => {
      if (message === null) {
        standing.delete(code);
        troubles.clear(`desk:${code}`);
        return;
      }
      standing.add(code);
      troubles.raise(`desk:${code}`, 'degraded', message);
    },
    byWindow: (code, message) => {
      if (!standing.has(code)) troubles.raise(`desk:${code}`, 'degraded', message, EVENT_SHOWN_FOR);
    },
  };
};
