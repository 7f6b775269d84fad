import { createContext, useContext } from 'react';

/** What a board may ask of the frame around it. */
export type FrameActions = { readonly openInbox: () => void; readonly openPack: () => void };

export const FrameActionsContext = createContext<FrameActions | null>(null);

export const useFrameActions = (): FrameActions => {
  const actions = useContext(FrameActionsContext);
  if (!actions) throw new Error('A board stands inside a frame.');
  return actions;
};
