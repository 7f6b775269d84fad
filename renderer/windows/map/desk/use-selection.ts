import { useCallback, useState } from 'react';
import type { Id } from '#domain/model/values.ts';
import { useChosenElsewhere, useClient } from '../../../state/hooks.ts';
import type { Selection } from '../picture.ts';

/** What is being done with what is selected; each mode but `look` has its panel. */
export type Mode =
  | 'look'
  | 'call'
  | 'endCall'
  | 'send'
  | 'voice'
  | 'status'
  | 'note'
  | 'cancel'
  | 'reopen'
  | 'priority'
  | 'merge'
  | 'split'
  | 'correct'
  | 'times'
  | 'hospital'
  | 'prealert'
  | 'standDown'
  | 'refused'
  | 'emergency';

/** What this board looks at and does with it, shared with the desk's other windows. */
export const useSelection = () => {
  const client = useClient();
  const [selection, setSelection] = useState<Selection | null>(null);
  const [mode, setMode] = useState<Mode>('look');
  const selectHere = useCallback((next: Selection | null) => {
    setSelection(next);
    setMode((before) => (before === 'call' || before === 'endCall' ? before : 'look'));
  }, []);
  /** A person's choice: the desk's other windows hear it. */
  const select = useCallback(
    (next: Selection | null) => {
      selectHere(next);
      client.select(next);
    },
    [selectHere, client],
  );
  // A hand in the middle of something is not led elsewhere.
  useChosenElsewhere((next) => mode === 'look' && next !== null && selectHere(next));
  const selectIncident = useCallback((id: Id) => select({ kind: 'incident', id }), [select]);
  const selectUnit = useCallback((id: Id) => select({ kind: 'unit', id }), [select]);
  return { selection, mode, setMode, select, selectHere, selectIncident, selectUnit };
};
