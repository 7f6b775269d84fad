import { lazy, useMemo, useState } from 'react';
import { missingSignature, openHandover } from '#domain/rules/handover-state.ts';
import { useFramePart, useRecords } from '../../../state/hooks.ts';
import { Banner, Button } from '../../../ui/controls.tsx';
import { FrameBanner } from '../../../ui/frame-banner.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { Opening } from '../../../ui/opening.tsx';
import { clockText } from '../../../ui/time.ts';
import { useUnconfirmed } from './signatures.ts';
import { h } from './strings.ts';

const HandoverDialog = lazy(async () => ({ default: (await import('./handover-dialog.tsx')).HandoverDialog }));

const nurses = ['chargeNurse', 'triageNurse'];

/** A handover that one has signed waits at every desk of nurses for the other. */
const WaitingBanner = ({ onOpen }: { readonly onOpen: () => void }) => {
  const rows = useRecords('handover');
  const person = useFramePart('person');
  const timeZone = useFramePart('timeZone');
  const open = useMemo(() => openHandover([...rows.values()].map(({ record }) => record)), [rows]);
  const unconfirmed = useUnconfirmed(open && rows.get(open.id));
  const missing = open ? missingSignature(open) : null;
  const signature = missing === null ? null : open?.[missing === 'given' ? 'taken' : 'given'];
  if (!missing || !signature || !person?.roles.some((role) => nurses.includes(role))) return null;
  const isOwn = signature.by.personId === person.id;
  return (
    <FrameBanner>
      <Banner tone="info" icon="message" title={h('waiting')}>
        <span className="banner__text">
          {h(`${isOwn ? 'waitsOwn' : 'waits'}_${missing}`, {
            name: signature.by.name,
            time: clockText(signature.at, timeZone),
          })}
          {unconfirmed.size > 0 ? ` ${h('unconfirmedShort')}` : ''}
        </span>
        <span className="grow" />
        <Button keyName="Shift+h" onPress={onOpen}>
          {h('openIt')}
        </Button>
      </Banner>
    </FrameBanner>
  );
};

/** The handover of a shift, over any board that mounts it: its key, what waits, and the panel once it is asked for. */
export const ShiftHandover = () => {
  const [isOpen, setOpen] = useState(false);
  const open = (): void => setOpen(true);
  const close = (): void => setOpen(false);
  useKeys([{ key: 'Shift+h', label: h('open'), quiet: true, run: open }]);
  if (!isOpen) return <WaitingBanner onOpen={open} />;
  return (
    <Opening title={h('title')} loading={h('loading')} onClose={close}>
      <HandoverDialog onClose={close} />
    </Opening>
  );
};
