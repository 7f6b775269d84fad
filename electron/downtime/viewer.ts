/** Shows and prints the newest downtime pack in a window of its own. It works while station and backend do not, and while every board hangs. */
import { dialog, type WebContents } from 'electron';
import type { PackShown } from '#contracts/ipc/main-window.ts';
import type { FoundPack } from './packs.ts';
import type { SheetWindow, SheetWindows } from './sheet-window.ts';

export type PackViewer = {
  /** Opens the newest pack, or brings the window with it to the front. */
  readonly open: () => PackShown;
  /** Opens the newest pack and asks for a printer. */
  readonly print: () => PackShown;
  /** The keys that work in every window of ours, whatever its page does: Ctrl+P prints, Ctrl+Shift+P opens. */
  readonly listenTo: (contents: WebContents) => void;
};

/** The sentence for a pack that cannot be shown. */
const sentenceFor = (found: Exclude<FoundPack, { state: 'found' }>): string =>
  found.state === 'none'
    ? 'This desk has not made a downtime pack yet.'
    : `None of the ${found.unreadable} downtime packs on this desk opens with its key.`;

/** The viewer over a way to find the newest pack; `find` throws a sentence when the key or the disk refuses. */
export const createPackViewer = (options: {
  readonly sheets: SheetWindows;
  readonly find: () => FoundPack;
  /** A pack made at this moment was shown, or went to a printer. */
  readonly used: (how: 'opened' | 'printed', madeAt: number) => void;
  readonly report: (line: string) => void;
}): PackViewer => {
  const { sheets, find, report, used } = options;
  let shown: { readonly window: SheetWindow; readonly madeAt: number } | undefined;

  const tell = (message: string): void =>
    void dialog.showMessageBox({ type: 'warning', title: 'Vigil', message }).catch(() => undefined);

  const show = (printing: boolean): PackShown => {
    let found: FoundPack;
    try {
      found = find();
    } catch (error) {
      return { state: 'none', message: (error as Error).message };
    }
    if (found.state !== 'found') return { state: 'none', message: sentenceFor(found) };
    if (found.unreadable > 0) report(`${found.unreadable} newer downtime packs do not open and were passed over`);
    const { header, html } = found.pack;
    const { madeAt } = header;
    const before = shown;
    if (!before || before.madeAt !== madeAt || before.window.isClosed()) {
      const window = sheets.open({
        title: 'Vigil · Downtime',
        html,
        failed: (why) => report(`the downtime pack was not shown: ${why}`),
      });
      shown = { window, madeAt };
      used('opened', madeAt);
      before?.window.destroy();
    }
    if (printing)
      shown?.window.print((outcome) => {
        if (outcome === 'printed') return used('printed', madeAt);
        if (outcome === 'cancelled') return;
        report(`the downtime pack was not printed: ${outcome.failed}`);
        tell(`The downtime pack was not printed: ${outcome.failed}.`);
      });
    shown?.window.front();
    return { state: 'opened', asOf: header.asOf, madeAt, pages: header.pages };
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
  };
};
