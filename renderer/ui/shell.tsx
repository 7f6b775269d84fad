import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { boards } from '#contracts/ipc/main-window.ts';
import { serverTimeOf, useClient, useWindow, useWindowStore } from '../state/hooks.ts';
import { type Link, linkOf } from '../state/link.ts';
import { Banners } from './banners.tsx';
import { Dialog } from './controls.tsx';
import { startFlashing } from './flash.ts';
import { FrameActionsContext } from './frame-actions.ts';
import { FrameBannerContext } from './frame-banner.tsx';
import { keysOf } from './key-registry.ts';
import { type KeyBinding, KeyCaps, KeyProvider, useAllBindings, useBindings, useKeys } from './keys.tsx';
import { MessageBadge, MessageBanner } from './messages/message-banner.tsx';
import { OutboxDialog } from './outbox-dialog.tsx';
import { Strip } from './strip.tsx';
import { ToastProvider, useToast } from './toast.tsx';
import { t } from './translate.ts';
import { usePanel } from './use-panel.ts';
import '../styles/index.css';

const everySecond = (changed: () => void): (() => void) => {
  const timer = setInterval(changed, 1000);
  return () => clearInterval(timer);
};

/** The link state this window may claim, and the server time to the second; renewed each second and at each frame. */
const useLink = (): { readonly link: Link; readonly now: number | null } => {
  const store = useWindowStore();
  useSyncExternalStore(everySecond, () => Math.floor(performance.now() / 1000));
  useWindow((state) => state.frame);
  useWindow((state) => state.station);
  return { link: linkOf(store.getState(), performance.now()), now: serverTimeOf(store.getState()) };
};

const loadInbox = async () => (await import('./inbox/inbox-dialog.tsx')).InboxDialog;
const loadMessages = async () => (await import('./messages/messages-dialog.tsx')).Messages;

const press = (binding: KeyBinding): void => binding.run(keysOf(binding)[0] ?? '');

/** What tells every key: it stays where the others have no room. */
const allKeys = '?';

const KeyButton = ({ binding }: { readonly binding: KeyBinding }) => (
  <button type="button" tabIndex={-1} onClick={() => press(binding)}>
    <KeyCaps binding={binding} />
    {binding.label}
  </button>
);

/** The keys of the board, and what there is to know about this desk that interrupts nobody. */
const KeyBar = () => {
  const bindings = useBindings();
  const troubles = useWindow((state) => state.frame?.troubles);
  const shown = bindings.filter((binding) => binding.quiet !== true);
  const known = troubles?.filter(({ severity }) => severity === 'information').map(({ message }) => message) ?? [];
  return (
    <footer className="keys">
      <div className="keys__list">
        {shown
          .filter(({ key }) => key !== allKeys)
          .map((binding) => (
            <KeyButton key={`${keysOf(binding).join(' ')} ${binding.label}`} binding={binding} />
          ))}
      </div>
      {shown
        .filter(({ key }) => key === allKeys)
        .map((binding) => (
          <KeyButton key={allKeys} binding={binding} />
        ))}
      <span className="keys__known">{[...known, t('shell.notPrimary')].join(' · ')}</span>
    </footer>
  );
};

const KeyDialog = ({ bindings, onClose }: { readonly bindings: readonly KeyBinding[]; readonly onClose: () => void }) => (
  <Dialog title={t('keys.allTitle')} onClose={onClose}>
    <ul className="dialog__keys">
      {bindings.map((binding) => (
        <li key={`${keysOf(binding).join(' ')} ${binding.label}`} className={binding.when === false ? 't3' : ''}>
          <KeyCaps binding={binding} />
          {binding.label}
        </li>
      ))}
    </ul>
  </Dialog>
);

const Frame = ({ children }: { readonly children: ReactNode }) => {
  const client = useClient();
  const board = useWindow((state) => state.board);
  const theme = useWindow((state) => state.theme);
  const { link, now } = useLink();
  const allBindings = useAllBindings();
  const [open, setOpen] = useState<'inbox' | 'outbox' | 'messages' | null>(null);
  /** From the first look at the messages on: what is written there outlives the panel. */
  const [isMessaging, setMessaging] = useState(false);
  const [bannerSlot, setBannerSlot] = useState<HTMLElement | null>(null);
  const Inbox = usePanel(loadInbox);
  const Messages = usePanel(loadMessages);
  const [listed, setListed] = useState<readonly KeyBinding[] | null>(null);
  const openInbox = (): void => setOpen('inbox');
  const openOutbox = (): void => setOpen('outbox');
  const openMessages = (): void => {
    setMessaging(true);
    setOpen('messages');
  };
  const openHealth = (): void => client.showBoard('health');
  const close = (): void => setOpen(null);
  const { show } = useToast();
  const pack = useCallback(
    (how: 'open' | 'print') =>
      void client.downtimePack(how).then(
        (shown) => shown.state === 'none' && show({ text: shown.message, tone: 'refused' }),
        () => show({ text: t('pack.notShown'), tone: 'refused' }),
      ),
    [client, show],
  );
  const actions = useMemo(() => ({ openInbox: () => setOpen('inbox'), openPack: () => pack('open') }), [pack]);
  const switchTheme = (): void => client.setTheme(theme === 'dark' ? 'light' : 'dark');
  useKeys([
    ...boards.map((name, index) => ({
      key: `F${index + 1}`,
      label: t(`board.${name}`),
      run: () => client.showBoard(name),
      quiet: true,
    })),
    { key: 'Shift+F2', label: t('board.wall'), run: () => client.showBoard('wall'), quiet: true },
    { key: 'F5', label: t('board.health'), run: openHealth, quiet: true },
    { key: 'F6', label: t('pack.open'), run: actions.openPack, quiet: true },
    { key: 'Ctrl+p', label: t('pack.print'), run: () => pack('print'), quiet: true },
    { key: 'F10', label: t('board.shift'), run: () => client.showBoard('shift'), quiet: true },
    { key: 'F7', label: t('inbox.title'), run: openInbox, quiet: true },
    { key: 'F8', label: t('outbox.title'), run: openOutbox, quiet: true },
    { key: 'F12', label: t('messages.title'), run: openMessages, quiet: true },
    { key: 'F9', label: t('keys.theme'), run: switchTheme, quiet: true },
    { key: allKeys, label: t('keys.all'), run: () => setListed(allBindings()) },
  ]);
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useEffect(startFlashing, []);
  useEffect(() => {
    document.title = `Vigil · ${t(`board.${board}`)}`;
  }, [board]);
  const offline = link.state === 'offline';
  // A wall has a frame of its own, of letters that a room can read, and no bars for a hand.
  const isWall = board === 'wall';
  return (
    <div className={`frame${offline ? ' frame--offline' : ''}${isWall ? ' frame--wall' : ''}`} data-link={link.state}>
      {isWall ? null : (
        <>
          <Strip
            board={board}
            link={link}
            now={now}
            onTheme={switchTheme}
            onOutbox={openOutbox}
            onInbox={openInbox}
            onHealth={openHealth}
            messages={<MessageBadge onOpen={openMessages} />}
          />
          <Banners
            link={link}
            now={now}
            onHealth={openHealth}
            onPack={actions.openPack}
            messages={
              <>
                <MessageBanner onOpen={openMessages} />
                <div ref={setBannerSlot} />
              </>
            }
          />
        </>
      )}
      <main className="frame__board">
        <FrameActionsContext value={actions}>
          <FrameBannerContext value={bannerSlot}>{children}</FrameBannerContext>
        </FrameActionsContext>
        {open === 'outbox' ? <OutboxDialog onClose={close} onInbox={openInbox} /> : null}
        {Inbox && open === 'inbox' ? <Inbox onClose={close} /> : null}
        {Messages && isMessaging ? <Messages isOpen={open === 'messages'} onClose={close} /> : null}
        {(Inbox === null && open === 'inbox') || (Messages === null && open === 'messages') ? (
          // Takes the keys at once: one meant for the list must not reach the board under it.
          <Dialog title={t(`${open}.title`)} onClose={close} wide>
            {null}
          </Dialog>
        ) : null}
        {listed === null ? null : <KeyDialog bindings={listed} onClose={() => setListed(null)} />}
      </main>
      {isWall ? null : <KeyBar />}
    </div>
  );
};

/**
 * The frame every window shares: strip, banners, board, key bar, toasts, the `?` list. Put the board inside it; `useKeys`
 * and `useToast` work from there down. The document's language and theme follow the store.
 */
export const Shell = ({ children }: { readonly children: ReactNode }) => {
  const locale = useWindow((state) => state.locale);
  // Before the children paint: their words ask the document for its language.
  if (document.documentElement.lang !== locale) document.documentElement.lang = locale;
  return (
    <KeyProvider>
      <ToastProvider>
        <Frame>{children}</Frame>
      </ToastProvider>
    </KeyProvider>
  );
};
