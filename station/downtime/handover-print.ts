/**
 * A handover leaves the desk as paper or as a PDF: drawn in the thread of the packs, kept sealed for main, and handed out only once
 * the audit trail has noted it. It needs no link.
 */
import { randomUUID } from 'node:crypto';
import { printFileName } from '#contracts/ipc/downtime-pack.ts';
import type { DrawnSheet, HandoverAsked } from '#contracts/ipc/station-window.ts';
import type { Handover } from '#domain/model/handover.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { handoverState } from '#domain/rules/handover-state.ts';
import type { LinkState } from '#domain/rules/link-state.ts';
import type { Clock } from '../clock.ts';
import { CallRefused } from '../feeds/port-server.ts';
import type { SignedGrant } from '../grants.ts';
import type { Replica } from '../sync/replica.ts';
import type { Printing } from './desk-downtime.ts';
import { handoverSheet } from './handover-sheet.ts';
import type { PackLanguage } from './words.ts';

/** Makes the one way by which a handover is printed; every call rejects with CallRefused where it cannot be. */
export const createHandoverPrint = (
  printing: Printing | undefined,
  desk: {
    /** As the windows see it. */
    readonly view: RecordView;
    /** What the hospital has confirmed. */
    readonly confirmed: RecordView;
    readonly signedIn: () => SignedGrant | null;
    readonly serverNow: () => Instant;
    readonly clock: Pick<Clock, 'wallNow'>;
    readonly linkState: () => LinkState;
    readonly replica: Pick<Replica, 'copy' | 'asOf' | 'facilityName'>;
    /** False when the trail cannot be written. */
    readonly note: (outcome: string, subjects: readonly Id[], payload: unknown) => boolean;
  },
) => {
  const { view, confirmed, replica } = desk;
  return async (asked: HandoverAsked, language: PackLanguage): Promise<DrawnSheet> => {
    if (!printing) throw new CallRefused('failed', 'This desk keeps nothing, so it prints nothing.');
    const grant = desk.signedIn()?.grant;
    if (!grant) throw new CallRefused('notAllowed', 'Nobody is signed in at this desk.');
    const now = Math.round(desk.serverNow());
    const all = [...view.list('handover')];
    const saved = 'handoverId' in asked ? view.get('handover', asked.handoverId) : undefined;
    if ('handoverId' in asked && !saved) throw new CallRefused('failed', 'This handover is not known.');
    const before = all
      .filter((one) => one.given && one.taken && one.id !== saved?.id)
      .sort((a, b) => b.writtenAt - a.writtenAt)
      .find(({ writtenAt }) => saved === undefined || writtenAt === saved.since);
    const handover: Handover =
      saved ??
      ({
        kind: 'handover',
        id: randomUUID(),
        writtenAt: now,
        by: { personId: grant.personId, name: grant.name },
        since: before?.writtenAt ?? null,
        given: null,
        taken: null,
        ...('draft' in asked ? { summary: asked.draft.summary, points: [...asked.draft.points] } : { summary: '', points: [] }),
      } satisfies Handover);
    const known = confirmed.get('handover', handover.id);
    const isConfirmed = (part: 'given' | 'taken'): boolean =>
      handover[part] === null ||
      (known?.writtenAt === handover.writtenAt && known[part]?.by.personId === handover[part].by.personId);
    const copy = replica.copy();
    const link = desk.linkState();
    const isHeard = link === 'live' || link === 'late';
    const sheet = handoverSheet({
      handover,
      state: saved ? handoverState(saved, all) : 'draft',
      unconfirmed: new Set((['given', 'taken'] as const).filter((part) => !isConfirmed(part))),
      before,
      view,
      facilityName: replica.facilityName(),
      desk: printing.desk,
      by: grant.name,
      now,
      data: !isHeard ? { state: 'offline', asOf: replica.asOf() } : { state: copy.state === 'whole' ? 'live' : 'loading' },
      language,
    });
    const file = printFileName(randomUUID());
    const header = { madeAt: now, asOf: replica.asOf() ?? now, facility: sheet.facility, desk: printing.desk };
    const drawn = await printing.maker.print(sheet, header, file, desk.clock.wallNow());
    if (drawn.state === 'failed') throw new CallRefused('failed', `The handover could not be drawn (${drawn.error}).`);
    if (!desk.note(saved ? 'handover' : 'handoverDraft', saved ? [saved.id] : [], sheet)) {
      printing.maker.discard(file);
      throw new CallRefused('failed', 'This desk cannot write its audit trail, so nothing may leave it.');
    }
    const stamp = new Date(handover.writtenAt).toISOString().slice(0, 16).replaceAll(/[:T]/g, '-');
    return { file, fileName: `vigil-handover-${stamp}.pdf`, pages: drawn.pages };
  };
};
