import { type ReactNode, useState } from 'react';
import type { SubmitAnswer } from '#contracts/ipc/station-window.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { holdUntil } from '#domain/rules/bed-hold.ts';
import { viewOf } from '../../state/store.ts';
import { useInboundActions } from '../../ui/inbound/actions.ts';
import type { InboundRow } from '../../ui/inbound/rows.ts';
import { useBedActions } from './actions.ts';
import type { Department } from './department.ts';
import { MoveDialog } from './move-dialog.tsx';
import { ghostText, obstacleText } from './move-words.ts';
import { isAsked, type Moved, type MovePlan, overrideOf, planMove } from './moves.ts';
import type { GhostText } from './use-drag.tsx';

export type Moves = {
  readonly plan: (moved: Moved, bedId: Id) => MovePlan | null;
  /** Does what bringing somebody to a bed means, or asks first; what cannot be done is said at that bed. */
  readonly attempt: (moved: Moved, bedId: Id) => void;
  readonly describe: (moved: Moved, bedId: Id | null) => GhostText;
  /** The question that stands, null without one. */
  readonly dialog: ReactNode;
};

/** Brings people to beds, by whichever gesture. */
export const useMoves = ({
  department,
  now,
  inbound,
  onAnswer,
  onRefused,
}: {
  readonly department: Department | null;
  readonly now: Instant;
  readonly inbound: readonly InboundRow[];
  readonly onAnswer: (bedId: Id, answer: Promise<SubmitAnswer>) => void;
  readonly onRefused: (bedId: Id, why: string) => void;
}): Moves => {
  const actions = useBedActions();
  const { hold } = useInboundActions();
  const [asked, setAsked] = useState<Exclude<MovePlan, { kind: 'none' | 'hold' | 'holdFor' }> | null>(null);
  const plan = (moved: Moved, bedId: Id): MovePlan | null => department && planMove(viewOf(department.tables), moved, bedId, now);
  const carryOut = (what: Exclude<MovePlan, { kind: 'none' | 'hold' | 'holdFor' }>, reason: string): void => {
    setAsked(null);
    const override = overrideOf(what, reason);
    onAnswer(
      what.bed.id,
      what.kind === 'swap'
        ? actions.swap(what.from, what.encounter, what.bed, what.other, override)
        : actions.assign(what.bed, what.encounter, override),
    );
  };
  const attempt = (moved: Moved, bedId: Id): void => {
    const what = plan(moved, bedId);
    if (!what || !department) return;
    if (what.kind === 'none') {
      if (what.why !== 'same') onRefused(bedId, obstacleText(what));
    } else if (what.kind === 'hold') {
      const row = inbound.find((one) => one.inbound.assignment.id === what.assignmentId);
      if (row) onAnswer(bedId, hold(what.bed, row, now));
    } else if (what.kind === 'holdFor')
      onAnswer(bedId, actions.hold(what.bed, what.encounter, holdUntil(null, now, department.settings)));
    else if (isAsked(what)) setAsked(what);
    else carryOut(what, '');
  };
  return {
    plan,
    attempt,
    describe: (moved, bedId) =>
      department
        ? ghostText(department, moved, bedId === null ? null : plan(moved, bedId), inbound)
        : { text: '–', detail: '', tone: 'no' },
    dialog:
      asked && department ? (
        <MoveDialog
          department={department}
          plan={asked}
          onDo={(reason) => carryOut(asked, reason)}
          onClose={() => setAsked(null)}
        />
      ) : null,
  };
};
