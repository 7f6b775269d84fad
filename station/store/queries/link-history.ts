import { z } from 'zod';
import { type LinkSpan, linkSpanSchema } from '#contracts/ipc/health.ts';
import type { Instant } from '#domain/model/values.ts';
import type { ReadHandle, WriteHandle } from '../database.ts';

const ALL = 'SELECT began_at AS "from", ended_at AS "until", state FROM link_span ORDER BY began_at';
const PUT = `INSERT INTO link_span (began_at, ended_at, state) VALUES (?, ?, ?)
  ON CONFLICT (began_at) DO UPDATE SET ended_at = excluded.ended_at, state = excluded.state`;
/** A day's spans are few hundred rows at most, so the whole table is looked at. */
const FORGET = 'DELETE FROM link_span WHERE began_at < ? OR ended_at > ?';

const spansSchema = z.array(linkSpanSchema);

/** The kept spans, oldest first; none when they cannot be read. */
export const readLinkSpans = (handle: ReadHandle): readonly LinkSpan[] => spansSchema.safeParse(handle.all(ALL)).data ?? [];

/** Keeps spans, and forgets what began before `first` or ended after `last`. */
export const keepLinkSpans = (handle: WriteHandle, spans: readonly LinkSpan[], first: Instant, last: Instant): void => {
  handle.run(FORGET, first, last);
  for (const { from, until, state } of spans) handle.run(PUT, from, until, state);
};
