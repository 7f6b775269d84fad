/**
 * What the telephone system tells becomes call records. A telephone may say where it is before its call rings here: such a
 * location waits for its call, and is lost neither way.
 */
import { randomUUID } from 'node:crypto';
import type { Call } from '#domain/model/call.ts';
import type { RecordView, VigilRecord } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { isBetterLocation } from '#domain/rules/caller-location.ts';
import { ringingCall } from '#domain/rules/ringing-call.ts';
import type { AmlReport } from './aml.ts';

export type Ring = Pick<Call, 'phone' | 'subscriber' | 'address' | 'location'>;

export type Switchboard = {
  /** A call rings; the id under which it is spoken of. */
  readonly ring: (ring: Ring) => Id;
  /** The caller has hung up; false when no such call is known. */
  readonly hungUp: (callId: Id) => boolean;
  /** A telephone has told where it is. */
  readonly located: (report: AmlReport) => 'used' | 'waits' | 'notBetter';
};

/** So long a location waits for its call, and a call that was answered still takes one; milliseconds. */
const WAITS = 10 * 60_000;
const MOST_WAITING = 1_000;

/** The digits that two ways of writing one number have in common: country codes come and go. */
const numberKey = (phone: string): string => phone.replaceAll(/\D/g, '').slice(-8);

/** A switchboard over the records of a hospital. */
export const createSwitchboard = (hospital: {
  readonly view: RecordView;
  readonly commit: (puts: readonly VigilRecord[]) => void;
  readonly clock: () => Instant;
}): Switchboard => {
  const { view, commit, clock } = hospital;
  const waiting = new Map<string, AmlReport & { readonly at: Instant }>();
  const forget = (now: Instant): void => {
    for (const [key, { at }] of waiting) if (now - at > WAITS || waiting.size > MOST_WAITING) waiting.delete(key);
  };
  const better = (call: Call, { location, locatedAt }: AmlReport): Call | undefined =>
    isBetterLocation(call.location, call.locatedAt, location, locatedAt) ? { ...call, location, locatedAt } : undefined;

  return {
    ring: (ring) => {
      const now = clock();
      const id = randomUUID();
      const call = ringingCall(id, now, ring);
      const key = ring.phone === null ? '' : numberKey(ring.phone);
      const told = key === '' ? undefined : waiting.get(key);
      if (told) waiting.delete(key);
      commit([(told && better(call, told)) ?? call]);
      return id;
    },
    hungUp: (callId) => {
      const call = view.get('call', callId);
      if (!call) return false;
      // An answered call is ended by who answered it: the form is still open.
      if (call.status === 'ringing') commit([{ ...call, status: 'abandoned', endedAt: clock() }]);
      return true;
    },
    located: (report) => {
      const now = clock();
      const key = numberKey(report.phone);
      const calls = [...view.list('call')].filter(
        ({ phone, receivedAt }) => phone !== null && numberKey(phone) === key && now - receivedAt <= WAITS,
      );
      const call = calls.sort((a, b) => b.receivedAt - a.receivedAt)[0];
      if (!call) {
        forget(now);
        waiting.set(key, { ...report, at: now });
        return 'waits';
      }
      const put = better(call, report);
      if (put) commit([put]);
      return put ? 'used' : 'notBetter';
    },
  };
};
