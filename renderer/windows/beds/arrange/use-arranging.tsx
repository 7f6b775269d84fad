import { type ReactNode, useState } from 'react';
import { useFramePart } from '../../../state/hooks.ts';
import type { KeyBinding } from '../../../ui/key-registry.ts';
import { usePanel } from '../../../ui/use-panel.ts';
import { a } from './strings.ts';

const load = async () => (await import('./arrange-dialog.tsx')).ArrangeDialog;

/** The layout editor of a bed board `width` pixels wide: its key, for a charge nurse only, and itself while it is open. */
export const useArranging = (width: number): { readonly keys: readonly KeyBinding[]; readonly dialog: ReactNode } => {
  const person = useFramePart('person');
  const [isOpen, setOpen] = useState(false);
  const Arrange = usePanel(load);
  if (!person?.roles.includes('chargeNurse')) return { keys: [], dialog: null };
  return {
    keys: [{ key: 'Shift+l', label: a('key'), quiet: true, run: () => setOpen(true) }],
    dialog: Arrange && isOpen ? <Arrange width={width} onClose={() => setOpen(false)} /> : null,
  };
};
