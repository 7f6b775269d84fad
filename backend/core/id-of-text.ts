import { hash } from 'node:crypto';
import type { Id } from '#domain/model/values.ts';

/** The same id for the same text, in the form of a UUID of version 8. */
export const idOfText = (text: string): Id => {
  const hex = hash('sha256', text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
