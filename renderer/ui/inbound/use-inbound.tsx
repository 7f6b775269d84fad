import { type ReactNode, useState } from 'react';
import type { Bed } from '#domain/model/bed.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { useChosenElsewhere, useClient } from '../../state/hooks.ts';
import { useGesture } from '../gesture.ts';
import type { KeyBinding } from '../key-registry.ts';
import { useInboundActions } from './actions.ts';
import { InboundDrawer } from './drawer.tsx';
import { PrealertDialog } from './prealert-dialog.tsx';
import { type InboundRow, nextRow } from './rows.ts';
import { i } from './strings.ts';

export type InboundDesk = {
  readonly selected: Id | null;
  /** Looks at one arrival; the same again looks away. */
  readonly select: (assignmentId: Id) => void;
  /** To be bound by the board, before its own. */
  readonly keys: readonly KeyBinding[];
  /** What is known of the one looked at, and null without one. */
  readonly drawer: ReactNode;
  readonly dialog: ReactNode;
};

/**
 * What a board can do with the arrivals: `I` looks at the next, `H` holds the bay that is proposed (or the free bed that the board
 * has chosen) or gives a held one back, `P` writes down what the crew says.
 */
export const useInbound = ({
  rows,
  now,
  timeZone,
  chosenBed,
  onRegister,
}: {
  readonly rows: readonly InboundRow[];
  readonly now: Instant;
  readonly timeZone: string | null;
  /** The free bed that a person has chosen on the board. */
  readonly chosenBed?: Bed | undefined;
  readonly onRegister?: ((row: InboundRow) => void) | undefined;
}): InboundDesk => {
  const client = useClient();
  const gesture = useGesture();
  const { hold, giveBack } = useInboundActions();
  const [looked, setLooked] = useState<Id | null>(null);
  const [asking, setAsking] = useState<Id | null>(null);
  const rowOf = (id: Id | null) => rows.find(({ inbound }) => inbound.assignment.id === id);
  const row = rowOf(looked);
  const asked = rowOf(asking);
  // Without a look the key is for the first red one that has no bed.
  const meant = row ?? rows.find(({ bay }) => bay !== undefined);
  const bed = (meant && !meant.held && (chosenBed ?? meant.bay)) || undefined;
  const close = (): void => setLooked(null);
  const look = (id: Id | null): void => {
    setLooked(id);
    const unit = rowOf(id)?.inbound.unit;
    if (unit) client.select({ kind: 'unit', id: unit.id });
  };
  useChosenElsewhere((selection) => {
    if (selection?.kind !== 'unit') return;
    const found = rows.find(({ inbound }) => inbound.unit.id === selection.id);
    if (found) setLooked(found.inbound.assignment.id);
  });
  const heldBed = row?.held;
  const keys: readonly KeyBinding[] = [
    { key: 'i', label: i('keyInbound'), when: rows.length > 0, run: () => look(nextRow(rows, row ? looked : null)) },
    {
      key: 'h',
      label: heldBed
        ? i('giveBack', { bed: heldBed.label })
        : bed && meant
          ? i('suggest', { bed: bed.label, callsign: meant.inbound.unit.callsign })
          : i('keyHold'),
      when: heldBed !== undefined || bed !== undefined,
      run: () => {
        if (heldBed) void giveBack(heldBed);
        else if (bed && meant) void hold(bed, meant, now);
      },
    },
    {
      key: 'p',
      label: i('recordPrealert'),
      when: row !== undefined,
      quiet: row === undefined,
      run: () => setAsking(looked),
    },
    {
      key: 'g',
      label: i('register'),
      when: row !== undefined && onRegister !== undefined,
      quiet: true,
      run: () => row && onRegister?.(row),
    },
    { key: 'Escape', label: i('keyClose'), when: row !== undefined, quiet: true, run: close },
  ];
  return {
    selected: row ? looked : null,
    select: (id) => look(row && looked === id ? null : id),
    keys: onRegister ? keys : keys.filter(({ key }) => key !== 'g'),
    drawer: row ? (
      <InboundDrawer
        row={row}
        bed={bed}
        timeZone={timeZone}
        gestures={{
          hold: (which) => void hold(which, row, now),
          giveBack: (which) => void giveBack(which),
          prealert: () => setAsking(looked),
          ...(onRegister ? { register: () => onRegister(row) } : {}),
          close,
        }}
      />
    ) : null,
    dialog: asked ? (
      <PrealertDialog
        unit={asked.inbound.unit}
        prealert={asked.inbound.assignment.prealert}
        onSave={(said) => {
          setAsking(null);
          void gesture('recordPrealert', said, { text: i('didPrealert', { callsign: asked.inbound.unit.callsign }) });
        }}
        onClose={() => setAsking(null)}
      />
    ) : null,
  };
};
