/** What one window gets: the calls and feeds of `stationWindow` over its port. */

import type { z } from 'zod';
import {
  type Conflict,
  type DrawnSheet,
  type Frame,
  type HandoverAsked,
  mostUnsentShown,
  type RecordsPatch,
  type ResolveAnswer,
  type ShownRow,
  type SubmitAnswer,
  stationWindow,
} from '#contracts/ipc/station-window.ts';
import { summarise } from '#domain/commands/summary.ts';
import type { Role } from '#domain/model/grant.ts';
import type { DeskAnswer, DeskQuestion } from '#domain/model/message-desk.ts';
import { type RecordKind, type RecordView, recordKinds } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { PackLanguage } from '../downtime/words.ts';
import type { DeskCity } from '../geo/desk-city.ts';
import type { DeskHealth } from '../health/desk-health.ts';
import type { DeskHistory } from '../history/desk-history.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Overlay } from '../outbox/overlay.ts';
import type { Submission } from '../outbox/submit.ts';
import type { LatestValues } from '../sync/latest-values.ts';
import { type RowKey, splitRowKey } from '../sync/rows.ts';
import { type FeedSources, type Port, type Subscriber, servePort } from './port-server.ts';
import type { SharedSelection } from './shared-selection.ts';

type Feed<F extends keyof typeof stationWindow.feeds> = z.infer<(typeof stationWindow.feeds)[F]>;

/** The station as its windows use it. */
export type DeskService = {
  readonly overlay: Overlay;
  readonly outbox: Outbox;
  readonly latest: LatestValues;
  readonly city: DeskCity;
  readonly copy: () => Frame['copy'];
  readonly frame: () => Frame;
  readonly health: DeskHealth;
  readonly history: Pick<DeskHistory, 'forWindow'>;
  readonly conflicts: () => readonly Conflict[];
  /** `from` is the window in which the gesture was made. */
  readonly submit: (submission: Submission, from: Subscriber) => SubmitAnswer;
  readonly signIn: (as: 'demo' | Role) => Promise<string>;
  /** The same as `submit`, by a person who signs in for this one thing. */
  readonly countersign: (as: 'demo' | Role, submission: Submission, from: Subscriber) => Promise<SubmitAnswer>;
  readonly draftKey: () => Uint8Array;
  readonly resolveConflict: (commandId: Id, choice: 'keep' | 'apply', reason: string) => ResolveAnswer;
  readonly selection: SharedSelection;
  /** Throws where the trail cannot be written: what leaves the desk is noted. */
  readonly exportMissions: (
    from: Instant,
    to: Instant,
  ) => { readonly fileName: string; readonly text: string; readonly lines: number };
  readonly askMessageDesk: (question: DeskQuestion) => Promise<DeskAnswer>;
  /** What main prints of a handover. */
  readonly printHandover: (asked: HandoverAsked, language: PackLanguage) => Promise<DrawnSheet>;
  readonly report: (code: string, message: string) => void;
  readonly soon: (call: () => void) => void;
  readonly failed: (what: string, error: unknown) => void;
};

const shownRow = (view: RecordView, overlay: Overlay, kind: RecordKind, id: Id): ShownRow | undefined => {
  const record = view.get(kind, id);
  return record && { record, pending: overlay.isPending(kind, id) };
};

const recordFeed = ({ overlay, copy }: DeskService): FeedSources<typeof stationWindow>['records'] => ({
  first: (): RecordsPatch | undefined => {
    // A desk that was never told anything knows no rows, which is not the same as knowing that there are none.
    if (copy().state === 'empty') return undefined;
    const puts: ShownRow[] = [];
    for (const kind of recordKinds)
      for (const record of overlay.view.list(kind)) puts.push({ record, pending: overlay.isPending(kind, record.id) });
    return { reset: true, puts, removes: [] };
  },
  patch: (moved): RecordsPatch => {
    const puts: ShownRow[] = [];
    const removes: RecordsPatch['removes'] = [];
    for (const key of moved) {
      const { kind, id } = splitRowKey(key as RowKey);
      const shown = shownRow(overlay.view, overlay, kind, id);
      if (shown) puts.push(shown);
      else removes.push({ kind, id });
    }
    return { reset: false, puts, removes };
  },
});

const positionFeed = ({ latest }: DeskService): FeedSources<typeof stationWindow>['positions'] => {
  const patch = (units: Iterable<string>): Feed<'positions'> => ({
    fixes: [...units].flatMap((id) => latest.fixes.get(id) ?? []),
  });
  return { first: () => patch(latest.fixes.keys()), patch };
};

/** Points of a trend that a window gets at first, and with each later reading: it goes on from those it has. */
const trendPoints = { first: 120, later: 5 } as const;

const readingFeed = ({ latest }: DeskService): FeedSources<typeof stationWindow>['readings'] => {
  const value = (devices: Iterable<string>, points: number): Feed<'readings'> => ({
    readings: [...devices].flatMap((id) => {
      const reading = latest.readings.get(id);
      return reading ? [{ ...reading, trend: latest.trend(id).slice(-points) }] : [];
    }),
  });
  return {
    first: () => value(latest.readings.keys(), trendPoints.first),
    patch: (moved) => value(moved, trendPoints.later),
  };
};

const conflictFeed = (desk: DeskService): FeedSources<typeof stationWindow>['conflicts'] => {
  const value = (): Feed<'conflicts'> => ({
    conflicts: [...desk.conflicts()],
    unsent: desk.outbox.first(mostUnsentShown).map(({ envelope, grant }) => ({
      commandId: envelope.commandId,
      name: envelope.name,
      summary: summarise(desk.overlay.view, envelope.name, envelope.input),
      by: grant?.name ?? 'unknown',
      issuedAt: envelope.issuedAt,
    })),
  });
  return { first: value, patch: value };
};

/** Serves one window until its port ends. */
export const serveWindow = (desk: DeskService, port: Port): Subscriber => {
  const subscriber: Subscriber = servePort(stationWindow, port, {
    calls: {
      submit: (submission) => desk.submit(submission, subscriber),
      signIn: async ({ as }) => ({ name: await desk.signIn(as) }),
      countersign: ({ as, ...submission }) => desk.countersign(as, submission, subscriber),
      draftKey: () => ({ key: Buffer.from(desk.draftKey()).toString('base64') }),
      resolveConflict: ({ commandId, choice, reason }) => desk.resolveConflict(commandId, choice, reason),
      ...desk.city.forWindow(),
      ...desk.history.forWindow(),
      supportBundle: ({ versions }) => desk.health.bundle(versions),
      select: ({ selection }) => {
        desk.selection.choose(selection, subscriber);
        return {};
      },
      exportMissions: ({ from, to }) => desk.exportMissions(from, to),
      askMessageDesk: desk.askMessageDesk,
      exportHandover: ({ of, language }) => desk.printHandover(of, language),
      report: ({ code, message }) => {
        desk.report(code, message);
        return {};
      },
    },
    feeds: {
      frame: { first: desk.frame, patch: desk.frame },
      records: recordFeed(desk),
      positions: positionFeed(desk),
      readings: readingFeed(desk),
      conflicts: conflictFeed(desk),
      health: { first: desk.health.report, patch: desk.health.report },
      selection: desk.selection.feedFor(() => subscriber),
    },
    soon: desk.soon,
    failed: desk.failed,
  });
  return subscriber;
};
