import { useCallback } from 'react';
import type { SubmitAnswer } from '#contracts/ipc/station-window.ts';
import type { CommandInput, CommandName } from '#domain/commands/registry.ts';
import type { Id } from '#domain/model/values.ts';
import { useClient } from '../state/hooks.ts';
import { useToast } from './toast.tsx';
import { t } from './translate.ts';

export type Gesture = <N extends CommandName>(
  name: N,
  input: CommandInput<N>,
  /** What the toast says once it is saved, and how it is taken back: what a command mints is named after its id. */
  said?: { readonly text: string; readonly undo?: (commandId: Id) => void },
) => Promise<SubmitAnswer>;

/** One gesture of a person: submits at once, offers undo, and says why when it was refused or not saved. Never throws. */
export const useGesture = (): Gesture => {
  const client = useClient();
  const toast = useToast();
  return useCallback(
    async (name, input, said) => {
      const answer = await client.submit(name, input);
      if (answer.status === 'saved') {
        const { commandId } = answer;
        const undo = said?.undo;
        if (said) toast.show({ text: said.text, commandId, ...(undo ? { undo: () => undo(commandId) } : {}) });
      } else {
        toast.show({
          tone: 'refused',
          text: answer.status === 'notSaved' ? t('notSaved', { message: answer.message }) : answer.message,
        });
      }
      return answer;
    },
    [client, toast],
  );
};
