import { z } from 'zod';
import { idSchema, textSchema } from '../model/values.ts';
import { defineCommand, refuse } from './definition.ts';

/** Writes a note about a patient. It waits for ever, and a visit that has ended takes it too. */
export const addCareNote = defineCommand({
  name: 'addCareNote',
  input: z.strictObject({ encounterId: idSchema, text: textSchema.min(1) }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { encounterId, text }, { issuedAt, author, newId }) =>
    view.get('encounter', encounterId)
      ? [{ kind: 'careNote', id: newId(0), encounterId, at: issuedAt, by: author, text }]
      : refuse('notFound', 'unknownPatient'),
});
