/**
 * A half-written form must survive the crash of its window and be read by nobody else. A draft lies in IndexedDB, which
 * is clear text on disk, so the whole form is sealed with AES-GCM under the author's draft key (kept by the station in the
 * encrypted database). The only thing in clear is an opaque id and the moment of saving. A saved or discarded draft is deleted.
 */
import { Dexie, type EntityTable } from 'dexie';
import type { Id, Instant } from '#domain/model/values.ts';

type SealedDraft = {
  readonly id: Id;
  readonly savedAt: Instant;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
};

/** A draft as a person left it. */
export type Draft<Form> = { readonly id: Id; readonly savedAt: Instant; readonly form: Form };

export type DraftStore<Form> = {
  /** Keeps the form under `id`, over what was kept before. */
  readonly keep: (id: Id, form: Form, savedAt: Instant) => Promise<void>;
  readonly discard: (id: Id) => Promise<void>;
  /** This author's drafts, newest first. Drafts of another author cannot be opened and are left where they are. */
  readonly list: () => Promise<readonly Draft<Form>[]>;
  readonly close: () => void;
};

/** Opens this window's drafts of one kind of form with the author's key; what a draft of yesterday lacks stands in `empty`. */
export const openDrafts = <Form extends object>(key: CryptoKey, name: string, empty: Form): DraftStore<Form> => {
  const database = new Dexie(name) as Dexie & { drafts: EntityTable<SealedDraft, 'id'> };
  database.version(1).stores({ drafts: 'id' });

  const open = async (draft: SealedDraft): Promise<Draft<Form> | null> => {
    try {
      const clear = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: draft.nonce }, key, draft.sealed);
      const form = { ...empty, ...(JSON.parse(new TextDecoder().decode(clear)) as Partial<Form>) };
      return { id: draft.id, savedAt: draft.savedAt, form };
    } catch {
      return null;
    }
  };

  return {
    keep: async (id, form, savedAt) => {
      const nonce = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv: nonce },
        key,
        new TextEncoder().encode(JSON.stringify(form)),
      );
      await database.drafts.put({ id, savedAt, nonce, sealed });
    },
    discard: (id) => database.drafts.delete(id),
    list: async () => {
      const drafts = await Promise.all((await database.drafts.toArray()).map(open));
      return drafts.filter((draft) => draft !== null).sort((left, right) => right.savedAt - left.savedAt);
    },
    close: () => database.close(),
  };
};
