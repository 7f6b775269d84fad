import { type ReactNode, useState } from 'react';
import type { SubmitAnswer } from '#contracts/ipc/station-window.ts';
import type { Bed } from '#domain/model/bed.ts';
import type { BoardSettings } from '#domain/model/board-settings.ts';
import type { Id } from '#domain/model/values.ts';
import { needsAnswer } from '#domain/rules/alarm-order.ts';
import { useInboundActions } from '../../ui/inbound/actions.ts';
import type { KeyBinding } from '../../ui/key-registry.ts';
import { longName } from '../../ui/person.ts';
import { t } from '../../ui/translate.ts';
import { useBedActions } from './actions.ts';
import { BlockDialog, CleanDialog, OutDialog, ReleaseDialog } from './bed-dialogs.tsx';
import { type BedPanelGestures, blockWord, cleanWord } from './bed-panel.tsx';
import { b } from './strings.ts';
import type { BedFacts } from './tile.ts';

/** What can be done with the chosen bed: by its keys, by the buttons of its panel, and with the questions some of it asks. */
export const useBedActs = ({
  facts,
  settings,
  heed,
  onAssign,
  onMove,
}: {
  readonly facts: BedFacts | null;
  readonly settings: Pick<BoardSettings, 'cleaningMinutes' | 'offeredMinutes'>;
  readonly heed: (bedId: Id, answer: Promise<SubmitAnswer>) => void;
  /** A patient is wanted for the chosen bed. */
  readonly onAssign: () => void;
  /** A bed is wanted for the patient in the chosen one. */
  readonly onMove: (encounterId: Id) => void;
}): { readonly act: BedPanelGestures; readonly keys: readonly KeyBinding[]; readonly dialog: ReactNode } => {
  const actions = useBedActions();
  const { giveBack } = useInboundActions();
  const [open, setOpen] = useState<'release' | 'block' | 'close' | 'clean' | 'out' | null>(null);
  const bed = facts?.bed;
  const encounter = facts?.encounter;
  const alarm = facts?.alarm;
  const close = (): void => setOpen(null);
  const done = (of: Bed, answer: Promise<SubmitAnswer>): void => {
    close();
    heed(of.id, answer);
  };
  const act: BedPanelGestures = {
    acknowledge: () => {
      if (bed && alarm) heed(bed.id, actions.acknowledge(alarm.id));
    },
    assign: onAssign,
    move: () => {
      if (bed?.status === 'occupied' && encounter) onMove(encounter.id);
    },
    release: () => setOpen('release'),
    clean: () => {
      if (bed?.status === 'available') heed(bed.id, actions.requestCleaning(bed));
      else if (bed?.status === 'cleaning') heed(bed.id, actions.endCleaning(bed));
      else setOpen('clean');
    },
    block: () => {
      if (bed?.status === 'blocked') heed(bed.id, actions.unblock(bed));
      else if (bed?.status === 'reserved') heed(bed.id, giveBack(bed));
      else if (bed?.status === 'closed') heed(bed.id, actions.open(bed));
      else setOpen('block');
    },
    close: () => setOpen('close'),
    out: () => {
      if (bed && encounter?.away) heed(bed.id, actions.setBack(encounter));
      else setOpen('out');
    },
  };
  const status = bed?.status;
  const lies = status === 'occupied' && encounter !== undefined;
  const keys: readonly KeyBinding[] = [
    { key: 'b', label: t('beds.keys.assign'), run: act.assign },
    { key: 'm', label: b('keys.move'), when: lies, run: act.move },
    { key: 'r', label: t('beds.keys.release'), when: lies, run: act.release },
    { key: 'o', label: b(encounter?.away ? 'keys.back' : 'keys.out'), when: lies, quiet: true, run: act.out },
    {
      key: 'c',
      label: status === undefined ? t('beds.keys.clean') : cleanWord(status),
      when: status === 'contaminated' || status === 'cleaning' || status === 'available',
      run: act.clean,
    },
    {
      key: 'x',
      label: blockWord(status ?? 'available'),
      when: status === 'available' || status === 'blocked' || status === 'reserved' || status === 'closed',
      run: act.block,
    },
    { key: 'k', label: b('keys.close'), when: status === 'available', quiet: true, run: act.close },
    { key: 'a', label: t('beds.keys.acknowledge'), when: alarm !== undefined && needsAnswer(alarm), run: act.acknowledge },
  ];
  const dialog = !bed ? null : open === 'release' && encounter ? (
    <ReleaseDialog
      bed={bed}
      name={longName(facts?.patient)}
      onRelease={(disposition) => done(bed, actions.release(bed, encounter, disposition))}
      onClose={close}
    />
  ) : open === 'block' || open === 'close' ? (
    <BlockDialog
      bed={bed}
      how={open}
      ends={settings.offeredMinutes.outOfUse}
      onBlock={(reason, minutes) =>
        done(bed, open === 'block' ? actions.block(bed, reason, minutes) : actions.close(bed, reason, minutes))
      }
      onClose={close}
    />
  ) : open === 'out' && encounter ? (
    <OutDialog
      name={longName(facts?.patient)}
      ends={settings.offeredMinutes.away}
      onOut={(to, minutes) => done(bed, actions.setOut(encounter, to, minutes))}
      onClose={close}
    />
  ) : open === 'clean' ? (
    <CleanDialog
      bed={bed}
      minutes={settings.cleaningMinutes}
      onStart={(minutes, cleaner) => done(bed, actions.startCleaning(bed, minutes, cleaner))}
      onClose={close}
    />
  ) : null;
  return { act, keys, dialog };
};
