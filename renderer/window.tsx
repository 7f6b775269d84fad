/** The root of every window: connects the page, then mounts the board that main says this window is. */
import { Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { windowKindSchema } from '#contracts/ipc/main-window.ts';
import { connectWindow } from './client/connect.ts';
import { markPaints } from './client/paint-marks.ts';
import { WindowContext } from './state/hooks.ts';
import { Shell } from './ui/shell.tsx';
import { BoardFault } from './windows/board-fault.tsx';
import { loadBoard } from './windows/board-of.tsx';

// The content security policy allows no code made at run time, which zod would else try.
z.config({ jitless: true });

// Its code comes while the page still connects.
const hinted = windowKindSchema.safeParse(location.hash.slice(1));
if (hinted.success) loadBoard(hinted.data);

const mount = async (root: HTMLElement): Promise<void> => {
  const { store, client } = await connectWindow(window);
  const { board, theme } = store.getState();
  document.documentElement.dataset['theme'] = theme;
  markPaints(store);
  const Board = loadBoard(board);
  createRoot(root).render(
    <WindowContext.Provider value={{ store, client }}>
      <Shell>
        <BoardFault report={client.report}>
          <Suspense fallback={null}>
            <Board />
          </Suspense>
        </BoardFault>
      </Shell>
    </WindowContext.Provider>,
  );
};

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');
mount(root).catch((error: unknown) => {
  root.textContent = `This window cannot start: ${error instanceof Error ? error.message : String(error)}`;
});
