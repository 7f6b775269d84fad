import type { Handover } from '../model/handover.ts';
import type { RecordView } from '../model/record.ts';
import type { Id, Instant } from '../model/values.ts';
import { handoverState } from '../rules/handover-state.ts';
import { type Refusal, refuse } from './definition.ts';

/** The handover that somebody may still change, as it was written at `writtenAt`; or why not. */
export const standingHandover = (view: RecordView, handoverId: Id, writtenAt: Instant | null): Handover | Refusal => {
  const handover = view.get('handover', handoverId);
  if (!handover) return refuse('notFound', 'unknownHandover');
  const state = handoverState(handover, view.list('handover'));
  if (state === 'signed') return refuse('conflict', 'handoverClosed');
  if (state === 'replaced') return refuse('conflict', 'handoverNewer');
  if (writtenAt !== null && handover.writtenAt !== writtenAt)
    return refuse('conflict', 'handoverAnew', { name: handover.by.name });
  return handover;
};
