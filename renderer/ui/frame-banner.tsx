import { createContext, type ReactNode, useContext } from 'react';
import { createPortal } from 'react-dom';

/** Where the frame of a window shows the banner of its board; null while there is none. */
export const FrameBannerContext = createContext<HTMLElement | null>(null);

/** What a board says above itself, among the banners of the frame. */
export const FrameBanner = ({ children }: { readonly children: ReactNode }) => {
  const slot = useContext(FrameBannerContext);
  return slot === null ? null : createPortal(children, slot);
};
