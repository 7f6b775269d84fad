import { useState } from 'react';
import type { SheetOut } from '#contracts/ipc/main-window.ts';
import type { DrawnSheet, HandoverAsked } from '#contracts/ipc/station-window.ts';
import { useClient } from '../../../state/hooks.ts';
import { useToast } from '../../../ui/toast.tsx';
import { h } from './strings.ts';

type How = 'print' | 'save';

/** A handover to paper or into a PDF. Where this machine has no printer, what was drawn is kept for the PDF. */
export const useOutput = () => {
  const client = useClient();
  const { show } = useToast();
  const [busy, setBusy] = useState(false);
  const [unprinted, setUnprinted] = useState<DrawnSheet | null>(null);

  const tell = (out: SheetOut): void => {
    if (out.state === 'printed') show({ text: h('didPrint') });
    if (out.state === 'saved') show({ text: h('didSave', { file: out.savedAs }) });
    if (out.state === 'refused') show({ tone: 'refused', text: h('printRefused', { why: out.message }) });
    if (out.state === 'gone') show({ tone: 'refused', text: h('printGone') });
  };
  const run = async (how: How, sheet: () => Promise<DrawnSheet>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      const drawn = await sheet();
      const out = await (how === 'print' ? client.printSheet(drawn) : client.saveSheet(drawn));
      setUnprinted(out.state === 'noPrinter' ? drawn : null);
      tell(out);
    } catch (error) {
      show({ tone: 'refused', text: h('printRefused', { why: error instanceof Error ? error.message : String(error) }) });
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    /** There was no printer: what was drawn waits to be saved. */
    hasNoPrinter: unprinted !== null,
    out: (how: How, of: HandoverAsked): void => {
      const kept = how === 'save' ? unprinted : null;
      void run(how, () => (kept ? Promise.resolve(kept) : client.drawHandover(of)));
    },
    /** What was drawn is of something else now. */
    forget: (): void => setUnprinted(null),
  };
};
