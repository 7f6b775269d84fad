import { useCallback } from 'react';
import type { SubmitAnswer } from '#contracts/ipc/station-window.ts';
import type { CommandInput, CommandName } from '#domain/commands/registry.ts';
import { type Gestured, wayBack } from '#domain/commands/way-back.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { useClient, useWindowStore } from '../state/hooks.ts';
import { viewOf } from '../state/store.ts';
import { refusalText } from './refusal-text.ts';
import { useToast } from './toast.tsx';
import { t } from './translate.ts';

export type Gesture = <N extends CommandName>(
  name: N,
  input: CommandInput<N>,
  /** What the toast says once it is saved, and how it is taken back: what a command mints is named after its id. */
  said?: { readonly text: string; readonly undo?: (commandId: Id, issuedAt: Instant | undefined) => void },
) => Promise<SubmitAnswer>;

/** One gesture of a person: submits at once, offers undo, and says why when it was refused or not saved. Never throws. */
export const useGesture = (): Gesture => {
  const client = useClient();
  const toast = useToast();
  return useCallback(
    async (name, input, said) => {
      const answer = await client.submit(name, input);
      if (answer.status === 'saved') {
        const { commandId, issuedAt } = answer;
        const undo = said?.undo;
        if (said) toast.show({ text: said.text, commandId, ...(undo ? { undo: () => undo(commandId, issuedAt) } : {}) });
      } else {
        toast.show({
          tone: 'refused',
          text: answer.status === 'notSaved' ? t('notSaved', { message: refusalText(answer) }) : refusalText(answer),
        });
      }
      return answer;
    },
    [client, toast],
  );
};

/** A gesture of the bed board with what its toast says; its undo is the way back that the domain knows. */
export type Undoable = <N extends CommandName>(name: N, input: CommandInput<N>, text: string) => Promise<SubmitAnswer>;

/** Gestures that offer the way back from them. `undone` is the reason that an override gets when a swap is taken back. */
export const useUndoable = (undone: string): Undoable => {
  const gesture = useGesture();
  const toast = useToast();
  const store = useWindowStore();
  return useCallback(
    (name, input, text) => {
      const before = store.getState().records;
      const back = before ? wayBack(viewOf(before), name, input, undone) : null;
      // The name and the input belong together; the union of all commands cannot say so to the compiler.
      const giveBack = gesture as (name: Gestured['name'], input: Gestured['input']) => Promise<SubmitAnswer>;
      const undo = (_: Id, doneAt: Instant | undefined): void => {
        const now = store.getState().records;
        const gestured = now && doneAt !== undefined ? back?.(viewOf(now), doneAt) : null;
        if (gestured) void giveBack(gestured.name, gestured.input);
        else toast.show({ tone: 'refused', text: t('undo.changedSince') });
      };
      return gesture(name, input, back ? { text, undo } : { text });
    },
    [gesture, store, toast, undone],
  );
};
