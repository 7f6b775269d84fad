import { useState } from 'react';
import type { SheetOut } from '#contracts/ipc/main-window.ts';
import type { DrawnSheet, HandoverAsked } from '#contracts/ipc/station-window.ts';
import type { Handover } from '#domain/model/handover.ts';
import { useClient } from '../../../state/hooks.ts';
import { useToast } from '../../../ui/toast.tsx';
import { h } from './strings.ts';

type How = 'print' | 'save';
/** What was drawn and found no printer, and of what. */
export type Unprinted = { readonly drawn: DrawnSheet; readonly of: string };

/** What a sheet is drawn of: another text as soon as anything in it is another, a mark or a signature too. */
export const sheetOf = (asked: HandoverAsked, saved: Handover | undefined): string => JSON.stringify([asked, saved ?? null]);

/** The sheet that lies ready to be saved; null where it is of something else, or of what has changed since. */
export const readySheet = (unprinted: Unprinted | null, of: string): DrawnSheet | null =>
  unprinted?.of === of ? unprinted.drawn : null;

/** A handover to paper or into a PDF. Where this machine has no printer, what was drawn is kept for the PDF. */
export const useOutput = () => {
  const client = useClient();
  const { show } = useToast();
  const [busy, setBusy] = useState(false);
  const [unprinted, setUnprinted] = useState<Unprinted | null>(null);

  const tell = (out: SheetOut): void => {
    if (out.state === 'printed') show({ text: h('didPrint') });
    if (out.state === 'saved') show({ text: h('didSave', { file: out.savedAs }) });
    if (out.state === 'refused') show({ tone: 'refused', text: h('printRefused', { why: out.message }) });
    if (out.state === 'gone') show({ tone: 'refused', text: h('printGone') });
  };
  const run = async (how: How, asked: HandoverAsked, of: string): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      const drawn = (how === 'save' ? readySheet(unprinted, of) : null) ?? (await client.drawHandover(asked));
      const out = await (how === 'print' ? client.printSheet(drawn) : client.saveSheet(drawn));
      setUnprinted(out.state === 'noPrinter' ? { drawn, of } : null);
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
    /** `saved` is the handover that is asked for, as it stands now; undefined for a draft. */
    out: (how: How, asked: HandoverAsked, saved: Handover | undefined): void => void run(how, asked, sheetOf(asked, saved)),
    /** What was drawn is of something else now. */
    forget: (): void => setUnprinted(null),
  };
};
