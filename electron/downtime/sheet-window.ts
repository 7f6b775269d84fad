/**
 * A window that shows one document of ours and prints it. The page has no script, no bridge, and nothing to fetch. Its text is served
 * from memory under our own scheme, in a session that no board shares and that keeps nothing on disk, and is gone with the window.
 */
import { randomUUID } from 'node:crypto';
import { BrowserWindow, session } from 'electron';
import { pageLimits } from '../policy/page-limits.ts';

export type SheetWindow = {
  /** Once the document is shown; a print asked for before waits for it. */
  readonly print: (then: (outcome: 'printed' | 'cancelled' | { readonly failed: string }) => void) => void;
  readonly front: () => void;
  readonly isClosed: () => boolean;
  /** How many printers this machine has. */
  readonly printers: () => Promise<number>;
  readonly destroy: () => void;
};

export type SheetWindows = {
  /** Opens a document; `failed` hears why it is not shown, `closed` that the person is done with it. */
  readonly open: (sheet: {
    readonly title: string;
    readonly html: Uint8Array;
    readonly failed: (why: string) => void;
    readonly closed?: () => void;
  }) => SheetWindow;
  readonly stop: () => void;
};

const partition = 'downtime';
const origin = 'vigil://downtime';
/** Style and type stand in the page itself, which narrows this further to the hash of its own style. */
const contentSecurity = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'none'";
const headers = {
  'content-security-policy': contentSecurity,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** No window yet; each that is opened serves its own document until it is closed. */
export const createSheetWindows = (): SheetWindows => {
  const shown = new Map<string, { readonly window: BrowserWindow; readonly html: Uint8Array }>();
  const serve = (): void => {
    const { protocol } = session.fromPartition(partition);
    if (protocol.isProtocolHandled('vigil')) return;
    protocol.handle('vigil', ({ url, method }) => {
      const sheet = method === 'GET' ? shown.get(url) : undefined;
      if (!sheet) return new Response(null, { status: 404, headers });
      return new Response(Buffer.from(sheet.html), { headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } });
    });
  };
  return {
    open: ({ title, html, failed, closed }) => {
      serve();
      const window = new BrowserWindow({
        width: 1180,
        height: 860,
        title,
        backgroundColor: '#6b7378',
        autoHideMenuBar: true,
        webPreferences: {
          ...pageLimits,
          javascript: false,
          partition,
        },
      });
      const url = `${origin}/${randomUUID()}`;
      shown.set(url, { window, html });
      window.once('closed', () => {
        shown.delete(url);
        closed?.();
      });
      const { webContents } = window;
      const loaded = window.loadURL(url).then(
        () => true,
        (error: Error) => {
          failed(error.message);
          return false;
        },
      );
      return {
        print: (then) =>
          void loaded.then((isShown) => {
            if (!isShown || window.isDestroyed()) return;
            webContents.print(
              { landscape: true, pageSize: 'A4', printBackground: true, margins: { marginType: 'none' } },
              (done, why) => then(done ? 'printed' : /cancel/i.test(why) ? 'cancelled' : { failed: why }),
            );
          }),
        front: () => {
          window.show();
          window.focus();
        },
        isClosed: () => window.isDestroyed(),
        printers: async () => (await webContents.getPrintersAsync()).length,
        destroy: () => window.destroy(),
      };
    },
    stop: () => {
      for (const { window } of [...shown.values()]) window.destroy();
    },
  };
};
