/**
 * Shows and prints the newest downtime pack in a window of its own. It works while station and backend do not, and while every
 * board hangs. The page has no script, no bridge, and nothing to fetch. Its text is served from memory under our own scheme, in a
 * session that no board shares and that keeps nothing on disk, and is gone with the window.
 */
import { randomUUID } from 'node:crypto';
import { BrowserWindow, dialog, session, type WebContents } from 'electron';
import type { PackShown } from '#contracts/ipc/main-window.ts';
import type { FoundPack, OpenedPack } from './packs.ts';

export type PackViewer = {
  /** Opens the newest pack, or brings the window with it to the front. */
  readonly open: () => PackShown;
  /** Opens the newest pack and asks for a printer. */
  readonly print: () => PackShown;
  /** The keys that work in every window of ours, whatever its page does: Ctrl+P prints, Ctrl+Shift+P opens. */
  readonly listenTo: (contents: WebContents) => void;
  readonly stop: () => void;
};

const partition = 'downtime';
const origin = 'vigil://downtime';
/** Style and type stand in the page itself, which narrows this further to the hash of its own style. */
const contentSecurity = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'none'";

/** The sentence for a pack that cannot be shown. */
const sentenceFor = (found: Exclude<FoundPack, { state: 'found' }>): string =>
  found.state === 'none'
    ? 'This desk has not made a downtime pack yet.'
    : `None of the ${found.unreadable} downtime packs on this desk opens with its key.`;

/** The viewer over a way to find the newest pack; `find` throws a sentence when the key or the disk refuses. */
export const createPackViewer = (options: {
  readonly find: () => FoundPack;
  /** A pack made at this moment was shown, or went to a printer. */
  readonly used: (how: 'opened' | 'printed', madeAt: number) => void;
  readonly report: (line: string) => void;
}): PackViewer => {
  const { find, report, used } = options;
  type Shown = { readonly window: BrowserWindow; readonly token: string; readonly pack: OpenedPack };
  let shown: Shown | undefined;

  const serve = (): void => {
    const { protocol } = session.fromPartition(partition);
    if (protocol.isProtocolHandled('vigil')) return;
    protocol.handle('vigil', ({ url, method }) => {
      const isShown = shown !== undefined && method === 'GET' && url === `${origin}/${shown.token}`;
      const headers = {
        'content-security-policy': contentSecurity,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      };
      if (!isShown) return new Response(null, { status: 404, headers });
      return new Response(Buffer.from(shown?.pack.html ?? []), {
        headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
      });
    });
  };

  const tell = (message: string): void =>
    void dialog.showMessageBox({ type: 'warning', title: 'Vigil', message }).catch(() => undefined);

  const openWindow = (pack: OpenedPack): Shown => {
    const window = new BrowserWindow({
      width: 1180,
      height: 860,
      title: 'Vigil · Downtime',
      backgroundColor: '#6b7378',
      autoHideMenuBar: true,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        javascript: false,
        spellcheck: false,
        partition,
      },
    });
    const opened = { window, token: randomUUID(), pack };
    window.once('closed', () => {
      if (shown === opened) shown = undefined;
    });
    return opened;
  };

  const print = ({ window, pack }: Shown): void =>
    window.webContents.print(
      { landscape: true, pageSize: 'A4', printBackground: true, margins: { marginType: 'none' } },
      (done, why) => {
        if (done) return used('printed', pack.header.madeAt);
        if (/cancel/i.test(why)) return;
        report(`the downtime pack was not printed: ${why}`);
        tell(`The downtime pack was not printed: ${why}.`);
      },
    );

  const show = (printing: boolean): PackShown => {
    serve();
    let found: FoundPack;
    try {
      found = find();
    } catch (error) {
      return { state: 'none', message: (error as Error).message };
    }
    if (found.state !== 'found') return { state: 'none', message: sentenceFor(found) };
    if (found.unreadable > 0) report(`${found.unreadable} newer downtime packs do not open and were passed over`);
    const { header } = found.pack;
    if (shown && shown.pack.header.madeAt !== header.madeAt) {
      const old = shown;
      shown = undefined;
      shown = openWindow(found.pack);
      old.window.destroy();
    }
    const isNew = !shown || shown.window.webContents.getURL() === '';
    shown ??= openWindow(found.pack);
    const { window, token } = shown;
    const present = shown;
    if (isNew) {
      used('opened', header.madeAt);
      if (printing) window.webContents.once('did-finish-load', () => print(present));
      window.loadURL(`${origin}/${token}`).catch((error: Error) => report(`the downtime pack was not shown: ${error.message}`));
    } else if (printing) print(present);
    window.show();
    window.focus();
    return { state: 'opened', asOf: header.asOf, madeAt: header.madeAt, pages: header.pages };
  };

  return {
    open: () => show(false),
    print: () => show(true),
    listenTo: (contents) =>
      void contents.on('before-input-event', (event, input) => {
        if (input.type !== 'keyDown' || input.key.toLowerCase() !== 'p' || input.alt) return;
        if (!(process.platform === 'darwin' ? input.meta : input.control)) return;
        event.preventDefault();
        const answer = show(!input.shift);
        if (answer.state === 'none') tell(answer.message);
      }),
    stop: () => shown?.window.destroy(),
  };
};
