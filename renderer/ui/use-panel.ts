import { useEffect, useState } from 'react';

/** A page that is never idle reads the code after so long all the same, milliseconds. */
const latestAfter = 3_000;

/**
 * A panel whose code comes when the first picture stands and the page is idle, before anybody asks for it: one that appears a
 * third of a second after its key would take what is typed next for keys of its list, or lose it. Null until it is there.
 * `load` must stay the same function.
 */
export const usePanel = <P>(load: () => Promise<P>): P | null => {
  const [panel, setPanel] = useState<P | null>(null);
  useEffect(() => {
    let ended = false;
    const read = async (): Promise<void> => {
      const loaded = await load();
      if (!ended) setPanel(() => loaded);
    };
    const waiting = requestIdleCallback(() => void read(), { timeout: latestAfter });
    return () => {
      ended = true;
      cancelIdleCallback(waiting);
    };
  }, [load]);
  return panel;
};
