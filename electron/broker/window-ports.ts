/** The one place of raw `ipcMain`: a page of ours asks to be connected, and ports are handed to it. All else runs over the ports. */
import { ipcMain, type MessagePortMain, type WebContents } from 'electron';
import type { PortAnnouncement } from '#contracts/ipc/bridge.ts';
import { pageOrigin } from '../windows/scheme.ts';

/** Hears the pages that ask for their ports; a frame inside a page or a page that is not ours is refused. Returns the stop. */
export const listenForPages = (connect: (contents: WebContents) => void, refused: (why: string) => void): (() => void) => {
  const channel = 'vigil:connect';
  ipcMain.on(channel, ({ sender, senderFrame }) => {
    if (!senderFrame || senderFrame !== sender.mainFrame || !senderFrame.url.startsWith(`${pageOrigin}/`)) {
      return refused(`${senderFrame?.url ?? 'a frame that is gone'} asked to be connected`);
    }
    connect(sender);
  });
  return () => void ipcMain.removeAllListeners(channel);
};

/** Hands one end of a channel to a page. */
export const handPort = (contents: WebContents, boundary: PortAnnouncement['boundary'], port: MessagePortMain): void =>
  contents.postMessage('vigil:port', boundary, [port]);
