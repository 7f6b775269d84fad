import type { Addressee } from './recipients.ts';

/** A message that is not sent yet. */
export type MessageDraft = { readonly to: readonly Addressee[]; readonly text: string; readonly urgent: boolean };

export const emptyMessage: MessageDraft = { to: [], text: '', urgent: false };
