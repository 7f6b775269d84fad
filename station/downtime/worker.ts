/**
 * The thread that draws and keeps packs: drawing takes a second of work, which the desk's own thread does not have. It lives for
 * one pack, so that what it loaded and drew is gone from memory afterwards.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { PackJob, PackResult } from './make-pack.ts';
import { keepPack, keepPlain, keepPrint, removeOldPlain, removeOldPrints } from './pack-file.ts';

const messageOf = (error: unknown): string => {
  // A path or a code helps; a text of the pack never stands in the message of an error of the disk.
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code || (error instanceof Error ? error.name : 'error');
};

const run = async ({ kind, pack, header, directory, key, plainDirectory, wallNow }: PackJob): Promise<PackResult> => {
  const { drawPdf } = await import('./pdf.ts');
  const { writeHtml } = await import('./html.ts');
  const { pages, pdf, fonts } = await drawPdf(pack);
  const html = Buffer.from(writeHtml(pack, pages, fonts));
  const whole = { ...header, pages: pages.length };
  if (kind !== 'pack') {
    removeOldPrints(directory, wallNow);
    return {
      state: 'kept',
      pages: pages.length,
      bytes: keepPrint(directory, kind.print, key, whole, html, pdf),
      kept: 1,
      plainError: null,
    };
  }
  const { bytes, kept } = keepPack(directory, key, whole, html, pdf);
  let plainError: string | null = null;
  if (plainDirectory !== null) {
    try {
      keepPlain(plainDirectory, whole, html, pdf);
      removeOldPlain(plainDirectory, wallNow);
    } catch (error) {
      plainError = messageOf(error);
    }
  }
  return { state: 'kept', pages: pages.length, bytes, kept, plainError };
};

const job = workerData as PackJob;
run(job)
  .catch((error: unknown): PackResult => ({ state: 'failed', error: messageOf(error) }))
  .then((result) => {
    job.key.fill(0);
    parentPort?.postMessage(result);
  });
