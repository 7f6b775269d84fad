import type { Disagreement } from '../model/disagreement.ts';
import type { Patient } from '../model/patient.ts';
import type { RecordView, VigilRecord } from '../model/record.ts';
import type { Id, Instant } from '../model/values.ts';
import type { AdtEvent, LocationName, VisitEvent } from './event.ts';
import type { AdtSite } from './locations.ts';
import type { WorkingView } from './working-view.ts';

/**
 * What became of a message. `applied` changed something; `confirmed` says what stands already; `noted` is kept and changes nothing;
 * `waiting` needs a person here first; `refused` can never be done as it stands.
 */
export type AdtOutcome = 'applied' | 'confirmed' | 'noted' | 'waiting' | 'refused';

export type AdtDecision = {
  readonly outcome: AdtOutcome;
  /** Why, in one sentence. */
  readonly reason: string;
  readonly puts: readonly VigilRecord[];
  /** The visit it belongs to; null when it belongs to none or none is known. */
  readonly encounterId: Id | null;
  /** The place for which a message waits. */
  readonly location: LocationName | null;
  /** Whether the visit's later messages are read together with this one. */
  readonly belongsToVisit: boolean;
};

export type AdtContext = {
  readonly view: RecordView;
  /** The first patient of the view under a medical record number, merged ones too. */
  readonly patientNumbered: (mrn: string) => Patient | undefined;
  readonly site: AdtSite;
  readonly now: Instant;
  /** The same id for the same name, always. */
  readonly idOf: (name: string) => Id;
  /**
   * The visit's messages before this one, in any order, and the visit here to which they belonged; for a merge those of the visits
   * that either person has under way, which belong to none.
   */
  readonly history: readonly VisitEvent[];
  readonly knownEncounterId: Id | null;
  /** A person asks for it again: what the messages say is done, also when this one adds nothing. */
  readonly again: boolean;
};

/** As much of a text as a record keeps in one line. */
export const lineOf = (text: string): string => text.slice(0, 200);

/** A moment as answers write it. */
export const clockTime = (at: Instant): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Who is believed on where a patient is. */
export const leads = ({ view, site }: Pick<AdtContext, 'view' | 'site'>): 'adt' | 'vigil' => {
  if (site.placement !== null) return site.placement;
  for (const facility of view.list('facility')) if (facility.board) return facility.board.placementLeads;
  return 'adt';
};

/** A decision without an effect. */
export const withoutEffect = (outcome: AdtOutcome, reason: string, more: Partial<AdtDecision> = {}): AdtDecision => ({
  outcome,
  reason,
  puts: [],
  encounterId: null,
  location: null,
  belongsToVisit: false,
  ...more,
});

/** Writes down that a message says one thing and Vigil another, until a person decides or it has become pointless. */
export const disagree = (
  work: WorkingView,
  { site, now, idOf }: AdtContext,
  event: AdtEvent,
  said: Pick<Disagreement, 'about' | 'encounterId' | 'bedId' | 'theirs' | 'ours'>,
): void => {
  for (const one of work.view.list('disagreement')) {
    const isSame = one.about === said.about && one.encounterId === said.encounterId && one.bedId === said.bedId;
    if (isSame && one.ended === null && one.theirs.text === said.theirs.text && one.ours.text === said.ours.text) return;
    // The newest word of the same quarrel takes the place of the one before; of a bed's status that is the one of the later moment.
    if (isSame && one.ended === null && said.about === 'bedStatus' && (one.happenedAt ?? 0) > event.occurredAt) return;
    if (isSame && one.ended === null) work.put({ ...one, ended: { at: now, by: null, choice: 'superseded', reason: null } });
  }
  const id = idOf(`disagreement ${event.sender} ${event.controlId} ${said.about} ${said.encounterId} ${said.bedId} ${now}`);
  const messageControlId = event.controlId.slice(0, 199);
  const happenedAt = Math.min(event.occurredAt, now);
  work.put({
    kind: 'disagreement',
    id,
    at: now,
    happenedAt,
    source: lineOf(site.name),
    ...said,
    messageControlId,
    ended: null,
  });
};

/** Ends what was disagreed about and has become pointless. */
export const agree = (
  work: WorkingView,
  now: Instant,
  concerns: (one: Disagreement) => boolean,
  choice: 'theirs' | 'superseded' = 'superseded',
): void => {
  for (const one of [...work.view.list('disagreement')])
    if (one.ended === null && concerns(one)) work.put({ ...one, ended: { at: now, by: null, choice, reason: null } });
};
