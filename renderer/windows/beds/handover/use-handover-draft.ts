import { useState } from 'react';
import type { Handover, HandoverPoint } from '#domain/model/handover.ts';
import type { Id } from '#domain/model/values.ts';
import { useClient } from '../../../state/hooks.ts';
import { useSealedDrafts } from '../../../state/use-sealed-drafts.ts';

/** What a person adds to the facts: a line by point and a word on the whole department. */
export type HandoverDraft = {
  /** The handover that is written anew; empty for a new one. */
  readonly handoverId: Id | '';
  readonly summary: string;
  readonly notes: Readonly<Record<string, string>>;
};
const emptyDraft: HandoverDraft = { handoverId: '', summary: '', notes: {} };

/** Names a point over the writings of one handover. */
export const pointKey = ({ about, id }: Pick<HandoverPoint, 'about' | 'id'>): string => `${about} ${id ?? ''}`;

/** The draft with which a handover is written anew. */
export const draftOf = ({ id, summary, points }: Handover): HandoverDraft => ({
  handoverId: id,
  summary,
  notes: Object.fromEntries(points.flatMap((point) => (point.note === '' ? [] : [[pointKey(point), point.note]]))),
});

/** The handover that the person here is writing: kept, sealed, over the crash of its window. */
export const useHandoverDraft = () => {
  const client = useClient();
  const { list, failure, keepSoon, discard } = useSealedDrafts('vigil-handovers', emptyDraft);
  const [typed, setTyped] = useState<HandoverDraft | null>(null);
  const [id] = useState(() => client.newId());
  const kept = list[0];
  const draftId = kept?.id ?? id;
  const draft = typed ?? kept?.form ?? emptyDraft;
  return {
    draft,
    failure,
    isKept: kept !== undefined,
    change: (next: HandoverDraft): void => {
      setTyped(next);
      keepSoon(draftId, next);
    },
    clear: (): void => {
      setTyped(emptyDraft);
      discard(draftId);
    },
  };
};
