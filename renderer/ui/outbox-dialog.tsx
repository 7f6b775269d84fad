import { useClient, useFrame, useServerTime, useWindow } from '../state/hooks.ts';
import { PendingMark } from './badge.tsx';
import { Duration } from './clock.tsx';
import { Button, Dialog, Void } from './controls.tsx';
import { Icon } from './icon.tsx';
import { clockText } from './time.ts';
import { t } from './translate.ts';

/** What this desk still has to send, and what was refused and waits for a person to read it. */
export const OutboxDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const client = useClient();
  const conflicts = useWindow((state) => state.conflicts);
  const unsent = useWindow((state) => state.unsent);
  const zone = useFrame()?.timeZone ?? null;
  const now = useServerTime();
  return (
    <Dialog title={t('outbox.title')} onClose={onClose}>
      {conflicts.length === 0 && unsent.length === 0 ? <Void kind="none" title={t('outbox.nothing')} /> : null}
      <ul className="outbox">
        {conflicts.map((conflict) => (
          <li key={conflict.commandId} className="outbox__row outbox__row--conflict">
            <Icon name="conflict" />
            <span className="outbox__what">
              <b>{conflict.summary}</b>
              <span>{conflict.message}</span>
              <span className="meta">
                {conflict.by} {clockText(conflict.issuedAt, zone, true)} ·{' '}
                {t('outbox.found', { time: clockText(conflict.foundAt, zone, true) })}
              </span>
            </span>
            <Button onPress={() => void client.dismissConflict(conflict.commandId, t('outbox.read'))}>{t('outbox.read')}</Button>
          </li>
        ))}
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
      <p className="meta dialog__note">{t('outbox.note')}</p>
    </Dialog>
  );
};
