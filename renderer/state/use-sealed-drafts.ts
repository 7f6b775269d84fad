import { useCallback, useEffect, useRef, useState } from 'react';
import type { Id, Instant } from '#domain/model/values.ts';
import { useClient, useWindow } from './hooks.ts';
import { type Draft, type DraftStore, openDrafts } from './sealed-drafts.ts';

/** How long typing must rest before it is kept, milliseconds: what a crash can take. */
const restMs = 300;

export type Drafts<Form> = {
  readonly list: readonly Draft<Form>[];
  /** When the open form was last kept; null before the first time. */
  readonly keptAt: Instant | null;
  /** Why it could not be kept; null when all is well. */
  readonly failure: string | null;
  /** Keeps a form soon; the newest wins. */
  readonly keepSoon: (id: Id, form: Form) => void;
  readonly discard: (id: Id) => void;
};

/**
 * The signed-in author's drafts of one kind of form in this window, opened with the key that the station hands over. `name` is the
 * database; `empty` must stay the same object.
 */
export const useSealedDrafts = <Form extends object>(name: string, empty: Form): Drafts<Form> => {
  const client = useClient();
  const person = useWindow((state) => state.frame?.person?.name ?? null);
  const [list, setList] = useState<readonly Draft<Form>[]>([]);
  const [keptAt, setKeptAt] = useState<Instant | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const store = useRef<DraftStore<Form> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  /** What is done to the drafts is done in turn: a form that is still being sealed must not come back after it was discarded. */
  const last = useRef<Promise<void>>(Promise.resolve());
  const attempt = useCallback((act: (drafts: DraftStore<Form>) => Promise<void>): Promise<void> => {
    last.current = last.current.then(async () => {
      if (!store.current) return;
      try {
        await act(store.current);
        setList(await store.current.list());
        setFailure(null);
      } catch (error) {
        setFailure(error instanceof Error ? error.message : String(error));
      }
    });
    return last.current;
  }, []);

  useEffect(() => {
    if (person === null) return;
    let ended = false;
    client.draftKey().then(
      (key) => {
        if (ended) return;
        store.current = openDrafts(key, name, empty);
        void attempt(async () => undefined);
      },
      (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      ended = true;
      clearTimeout(timer.current);
      store.current?.close();
      store.current = null;
    };
  }, [client, person, name, empty, attempt]);

  const keepSoon = useCallback(
    (id: Id, form: Form) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        const savedAt = Date.now();
        void attempt((drafts) => drafts.keep(id, form, savedAt)).then(() => setKeptAt(savedAt));
      }, restMs);
    },
    [attempt],
  );
  const discard = useCallback(
    (id: Id) => {
      clearTimeout(timer.current);
      setKeptAt(null);
      void attempt((drafts) => drafts.discard(id));
    },
    [attempt],
  );
  return { list, keptAt, failure, keepSoon, discard };
};
