import { lazy, useState } from 'react';
import { useRecords } from '../../../state/hooks.ts';
import { Button } from '../../../ui/controls.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { Opening } from '../../../ui/opening.tsx';
import { m } from './strings.ts';
import './interfaces.css';

const InterfacesDialog = lazy(async () => ({ default: (await import('./interfaces-dialog.tsx')).InterfacesDialog }));
const openKey = 'Alt+i';

/** The lines to other systems, over the board that mounts it: a quiet mark while something waits for a person, and the desk behind a key. */
export const Interfaces = () => {
  const [isOpen, setOpen] = useState(false);
  const links = [...useRecords('interfaceLink').values()].map(({ record }) => record);
  const disagreements = [...useRecords('disagreement').values()].filter(({ record }) => record.ended === null).length;
  const waiting = links.reduce((sum, { unresolved }) => sum + unresolved, 0);
  const said = [
    ...links.filter(({ state }) => state === 'failed').map(({ name }) => m('markFailed', { name })),
    ...(waiting > 0 ? [m(waiting === 1 ? 'markWaitingOne' : 'markWaiting', { count: waiting })] : []),
    ...(disagreements > 0 ? [m(disagreements === 1 ? 'markDisagreeOne' : 'markDisagree', { count: disagreements })] : []),
  ];
  const open = (): void => setOpen(true);
  const close = (): void => setOpen(false);
  useKeys([{ key: openKey, label: m('open'), quiet: true, run: open }]);
  return (
    <>
      {said.length === 0 ? null : (
        <section className="interfaces__mark" aria-label={m('mark')}>
          <Icon name="warning" />
          <span className="grow">{said.join(' · ')}</span>
          <Button touch keyName={openKey} onPress={open}>
            {m('mark')}
          </Button>
        </section>
      )}
      {isOpen ? (
        <Opening title={m('title')} loading={m('loading')} onClose={close}>
          <InterfacesDialog onClose={close} />
        </Opening>
      ) : null}
    </>
  );
};
