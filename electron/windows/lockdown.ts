/** What no page of ours may ever do: open windows, go elsewhere, embed, download, or ask for a device. Refused here and logged. */
import type { App, Session, WebContents } from 'electron';
import { pageOrigin } from './scheme.ts';

const lockContents = (contents: WebContents, refused: (why: string) => void): void => {
  contents.setWindowOpenHandler(({ url }) => {
    refused(`a page tried to open ${url}`);
    return { action: 'deny' };
  });
  const stay = (event: { preventDefault: () => void }, url: string): void => {
    event.preventDefault();
    refused(`a page tried to go to ${url}`);
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', (event) => {
    if (!event.url.startsWith(`${pageOrigin}/`)) stay(event, event.url);
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    refused('a page tried to embed a webview');
  });
};

const lockSession = (session: Session, refused: (why: string) => void): void => {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    refused(`a page asked for "${permission}"`);
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    event.preventDefault();
    refused('a page tried to download');
  });
};

/** Locks every page and session made from now on; call before the first. */
export const lockDown = (app: App, refused: (why: string) => void): void => {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, refused));
  app.on('session-created', (session) => lockSession(session, refused));
};
