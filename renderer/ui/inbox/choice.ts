/** What a person means in the inbox: which conflicts are chosen, and what may be done with them. Pure. */
import type { Conflict } from '#contracts/ipc/station-window.ts';
import type { Id } from '#domain/model/values.ts';

/** The chosen conflicts that are still there, in the order of the list; without any, the one looked at. */
export const chosenOf = (conflicts: readonly Conflict[], marked: ReadonlySet<Id>, lookedAt: Id | null): readonly Conflict[] => {
  const chosen = conflicts.filter(({ commandId }) => marked.has(commandId));
  return chosen.length > 0 ? chosen : conflicts.filter(({ commandId }) => commandId === lookedAt);
};

/** Those of the chosen that a person may close: the hospital has decided. */
export const closable = (chosen: readonly Conflict[]): readonly Conflict[] => chosen.filter(({ state }) => state === 'decided');
/** Those that can be done now, as a new command. */
export const applicable = (chosen: readonly Conflict[]): readonly Conflict[] =>
  closable(chosen).filter(({ canApply }) => canApply);

/** The conflict that an arrow leads to from another; stays at the ends, begins at the first. */
export const besides = (conflicts: readonly Conflict[], lookedAt: Id | null, step: 1 | -1): Id | null => {
  const index = conflicts.findIndex(({ commandId }) => commandId === lookedAt);
  const next = index === -1 ? 0 : Math.min(conflicts.length - 1, Math.max(0, index + step));
  return conflicts[next]?.commandId ?? null;
};
