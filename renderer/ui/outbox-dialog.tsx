import { useFramePart, useServerTime, useWindow } from '../state/hooks.ts';
import { PendingMark } from './badge.tsx';
import { Duration } from './clock.tsx';
import { Button, Dialog, Void } from './controls.tsx';
import { Icon } from './icon.tsx';
import { useKeys } from './keys.tsx';
import { clockText } from './time.ts';
import { t } from './translate.ts';

/** What this desk still has to send, and the way to what waits for a person's decision. */
export const OutboxDialog = ({ onClose, onInbox }: { readonly onClose: () => void; readonly onInbox: () => void }) => {
  const conflicts = useWindow((state) => state.conflicts.length);
  const unsent = useWindow((state) => state.unsent);
  const count = useFramePart('unsent')?.count ?? unsent.length;
  const zone = useFramePart('timeZone');
  const now = useServerTime();
  useKeys([{ key: 'F7', label: t('outbox.decide'), when: conflicts > 0, run: onInbox }]);
  return (
    <Dialog title={t('outbox.title')} onClose={onClose}>
      {conflicts === 0 && unsent.length === 0 ? <Void kind="none" title={t('outbox.nothing')} /> : null}
      <ul className="outbox">
        {conflicts === 0 ? null : (
          <li className="outbox__row outbox__row--conflict">
            <Icon name="conflict" />
            <b>{t('shell.conflict', { count: conflicts })}</b>
            <Button keyName="F7" onPress={onInbox}>
              {t('outbox.decide')}
            </Button>
          </li>
        )}
        {unsent.map((command) => (
          <li key={command.commandId} className="outbox__row">
            <PendingMark label="" />
            <span className="outbox__what">
              <b>{command.summary}</b>
              <span className="meta">
                {command.by} {clockText(command.issuedAt, zone, true)}
              </span>
            </span>
            <span>
              <Duration milliseconds={now === null ? null : now - command.issuedAt} />
            </span>
          </li>
        ))}
      </ul>
      {count > unsent.length ? <p className="meta">{t('outbox.more', { count: count - unsent.length })}</p> : null}
      <p className="meta dialog__note">{t('outbox.note')}</p>
    </Dialog>
  );
};
