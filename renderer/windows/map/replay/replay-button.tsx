import { KeyCaps } from '../../../ui/keys.tsx';
import { r } from './strings.ts';
import type { Replay } from './use-replay.ts';

/** Opens the replay; away while it is open, where the way back is told in its place. */
export const ReplayButton = ({ replay: { player, open } }: { readonly replay: Replay }) =>
  player ? null : (
    <button type="button" className="map-tag map-replay__open" onClick={open}>
      {r('open')} <KeyCaps binding={{ key: 'Shift+h', label: r('open'), run: open }} />
    </button>
  );
