/** The call form of this board: opened, kept as a sealed draft while it is written, sent, joined to another incident, or given up. */
import { useCallback, useEffect, useState } from 'react';
import { derivedId } from '#domain/commands/derived-id.ts';
import type { Call } from '#domain/model/call.ts';
import type { DispatchSettings } from '#domain/model/dispatch-settings.ts';
import type { Id } from '#domain/model/values.ts';
import { serverTimeOf, useClient, useWindowStore } from '../../../state/hooks.ts';
import { type Drafts, useSealedDrafts } from '../../../state/use-sealed-drafts.ts';
import { useGesture } from '../../../ui/gesture.ts';
import { refusalText } from '../../../ui/refusal-text.ts';
import { useToast } from '../../../ui/toast.tsx';
import { type CallForm, emptyCallForm, formOfCall, incidentOf, isWorthKeeping, noteOfCall } from './call-form.ts';
import { d } from './strings.ts';

export type OpenCall = { readonly draftId: Id; readonly form: CallForm };
export type CallDesk = {
  readonly open: OpenCall | null;
  readonly drafts: Drafts<CallForm>;
  readonly begin: () => void;
  /** Takes the call and opens its form; with a draft of it, that. */
  readonly answer: (call: Call) => void;
  readonly resume: (draftId: Id) => void;
  readonly change: (part: Partial<CallForm>) => void;
  /** Tells the new incident's id at once; resolves to whether it was kept. When it was not, the form stays. */
  readonly send: (form: CallForm, begun: (incidentId: Id) => void) => Promise<boolean>;
  /** The call is about an incident that is open already. False when it was not kept. */
  readonly join: (incidentId: Id) => Promise<boolean>;
  /** Nothing comes of it. */
  readonly end: (reason: string | null) => Promise<void>;
  /** The draft stays. */
  readonly leave: () => void;
};

const databaseName = 'vigil-call-drafts';

/** The one open call of this window. */
export const useCall = (calls: ReadonlyMap<Id, { readonly record: Call }>, settings: DispatchSettings): CallDesk => {
  const client = useClient();
  const store = useWindowStore();
  const submit = useGesture();
  const toast = useToast();
  const drafts = useSealedDrafts(databaseName, emptyCallForm);
  const [open, setOpen] = useState<OpenCall | null>(null);
  const { keepSoon, discard } = drafts;
  const now = useCallback((): number => Math.floor(serverTimeOf(store.getState()) ?? 0), [store]);

  useEffect(() => {
    if (open && isWorthKeeping(open.form)) keepSoon(open.draftId, open.form);
  }, [open, keepSoon]);

  const done = (draftId: Id): void => {
    discard(draftId);
    setOpen(null);
  };
  return {
    open,
    drafts,
    begin: () => setOpen({ draftId: client.newId(), form: { ...emptyCallForm, openedAt: now() } }),
    answer: (call) => {
      const kept = drafts.list.find(({ id }) => id === call.id);
      setOpen({ draftId: call.id, form: kept?.form ?? formOfCall(call, now()) });
      if (call.status === 'ringing' || call.status === 'abandoned') void submit('answerCall', { callId: call.id });
    },
    resume: (draftId) => {
      const kept = drafts.list.find(({ id }) => id === draftId);
      if (kept) setOpen({ draftId, form: kept.form });
    },
    change: (part) => setOpen((before) => before && { ...before, form: { ...before.form, ...part } }),
    send: async (form, begun) => {
      if (!open) return false;
      const call = form.callId === null ? undefined : calls.get(form.callId)?.record;
      const input = incidentOf(form, settings.categories, call, now());
      if (!input) return false;
      const commandId = client.newId();
      const incidentId = derivedId(commandId, 0);
      begun(incidentId);
      const answer = await client.submit('createIncident', input, commandId);
      if (answer.status !== 'saved') {
        toast.show({
          tone: 'refused',
          text: answer.status === 'notSaved' ? d('notSaved', { message: refusalText(answer) }) : refusalText(answer),
        });
        return false;
      }
      toast.show({
        text: d('created', { category: input.category }),
        undo: () => void submit('cancelIncident', { incidentId, reason: d('takenBack') }),
      });
      done(open.draftId);
      return true;
    },
    join: async (incidentId) => {
      if (!open) return false;
      const { form, draftId } = open;
      const text = noteOfCall(form);
      if (text !== null && (await submit('addIncidentNote', { incidentId, text: d('sameCall', { text }) })).status !== 'saved')
        return false;
      if (form.callId !== null) {
        const answer = await submit('endCall', { callId: form.callId, incidentId, reason: d('sameReason') });
        if (answer.status === 'notSaved') return false;
      }
      toast.show({ text: d('joined') });
      done(draftId);
      return true;
    },
    end: async (reason) => {
      if (!open) return;
      const { form, draftId } = open;
      if (form.callId !== null && reason !== null) {
        const answer = await submit('endCall', { callId: form.callId, incidentId: null, reason }, { text: d('callEnded') });
        if (answer.status === 'notSaved') return;
      }
      done(draftId);
    },
    leave: () => {
      if (open && !isWorthKeeping(open.form)) discard(open.draftId);
      setOpen(null);
    },
  };
};
