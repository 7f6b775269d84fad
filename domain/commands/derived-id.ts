import type { Id } from '../model/values.ts';

/** The `index`-th id that belongs to a command: station and backend derive the same one. Format-valid for any UUID. */
export const derivedId = (commandId: Id, index: number): Id => {
  const tail = Number.parseInt(commandId.slice(24), 16);
  const mixed = (tail + (index + 1) * 0x9e3779b97f) % 2 ** 48;
  return commandId.slice(0, 24) + mixed.toString(16).padStart(12, '0');
};
