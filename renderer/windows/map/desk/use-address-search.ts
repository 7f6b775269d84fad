import { useEffect, useState } from 'react';
import type { Position } from '#domain/model/values.ts';
import { useClient } from '../../../state/hooks.ts';
import type { AddressMatch } from './call-form.ts';

export type AddressSearch = {
  readonly matches: readonly AddressMatch[];
  /** Why nothing can be searched at this desk; null while it can. */
  readonly problem: string | null;
};
const nothing: AddressSearch = { matches: [], problem: null };

/** What a line may mean on the map, as it is typed; nothing for a line of less than two letters. `near` is read, not followed. */
export const useAddressSearch = (text: string, near: () => Position | null): AddressSearch => {
  const client = useClient();
  const [found, setFound] = useState<AddressSearch>(nothing);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the view is when a letter falls is near enough
  useEffect(() => {
    const line = text.trim();
    if (line.length < 2) {
      setFound(nothing);
      // Makes the index ready before the first letter.
      void client.searchAddress('', null).catch(() => undefined);
      return;
    }
    let isOver = false;
    client.searchAddress(line, near()).then(
      (answer) => {
        if (isOver || answer.state === 'superseded') return;
        setFound(
          answer.state === 'found' ? { matches: answer.matches, problem: null } : { matches: [], problem: answer.message },
        );
      },
      (error: unknown) => {
        if (!isOver) setFound({ matches: [], problem: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => {
      isOver = true;
    };
  }, [client, text]);
  return found;
};
