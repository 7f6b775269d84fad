import { z } from 'zod';
import { type Bed, bedStatuses } from '../model/bed.ts';
import { type Disagreement, hasLeft, isBack } from '../model/disagreement.ts';
import type { RecordView, VigilRecord } from '../model/record.ts';
import { idSchema, lineSchema } from '../model/values.ts';
import { holdIsOver, holdsEndedBy, isHeldFor } from '../rules/bed-hold.ts';
import { isPresent, waitingStatus } from '../rules/encounter-status.ts';
import { dirtySinceAs } from '../rules/turnaround.ts';
import { departed, movedTo } from '../rules/visit.ts';
import { bindMonitors } from './bed-occupancy.ts';
import { type CommandContext, defineCommand, hours, type Refusal, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

type Deciding = Pick<CommandContext, 'issuedAt' | 'author'> & { readonly view: RecordView; readonly reason: string };

const emptied = (view: RecordView, bedId: string | null, encounterId: string, at: number): readonly VigilRecord[] => {
  const bed = bedId === null ? undefined : view.get('bed', bedId);
  if (!bed || bed.encounterId !== encounterId) return [];
  return [
    { ...bed, status: 'contaminated', since: at, encounterId: null, reservation: null, note: null, until: null },
    ...bindMonitors(view, bed.id, null, at),
  ];
};

/** The patient goes where the other side says: into a bed that can take them, into a place, or away. */
const placeAsTheySay = (
  { view, issuedAt: at, author, reason: note }: Deciding,
  { encounterId, about, theirs }: Disagreement,
): readonly VigilRecord[] | Refusal => {
  const encounter = encounterId === null ? undefined : view.get('encounter', encounterId);
  if (!encounter || encounter.mergedInto !== undefined) return refuse('notFound', 'unknownPatient');
  const by = author.name;
  const isHere = isPresent(encounter);
  if (theirs.text === isBack) return encounter.away === null ? [] : [{ ...encounter, away: null }];
  if (theirs.bedId === null && theirs.text === hasLeft) {
    if (!isHere) return [];
    // A place that is not the department's means that they were admitted there; a departure that they went home.
    const left = departed(encounter, about === 'departure' ? 'discharged' : 'admitted', at);
    return [
      { ...movedTo(encounter, { bedId: null, place: null, at, by, note }), ...left },
      ...emptied(view, encounter.bedId, encounter.id, at),
    ];
  }
  const back = { departedAt: null, disposition: null };
  const freed = emptied(view, encounter.bedId, encounter.id, at);
  if (theirs.bedId === null)
    return [
      {
        ...movedTo(encounter, { bedId: null, place: theirs.text, at, by, note }),
        ...back,
        status: waitingStatus(encounter),
      },
      ...freed,
    ];
  const bed = view.get('bed', theirs.bedId);
  if (!bed || bed.retired) return refuse('notFound', 'unknownBed');
  if (isHere && encounter.bedId === bed.id && bed.encounterId === encounter.id) return [];
  if (bed.status !== 'available' && !isHeldFor(view, bed, encounter) && !holdIsOver(bed, at))
    return refuse('conflict', 'bedIsNotFree', { bed: bed.label, status: wordOf(`bed.${bed.status}`) });
  return [
    { ...bed, status: 'occupied', since: at, encounterId: encounter.id, reservation: null, note: null, until: null },
    { ...movedTo(encounter, { bedId: bed.id, place: null, at, by, note }), ...back, status: 'inProgress', bedAssignedAt: at },
    ...holdsEndedBy(view, encounter, bed.id).map((held) => ({
      ...held,
      status: 'available' as const,
      since: at,
      reservation: null,
    })),
    ...bindMonitors(view, bed.id, encounter.id, at),
    ...freed,
  ];
};

/** The status of a bed as the other side says it; nobody is moved by it. */
const statusAsTheySay = (
  { view, issuedAt: at, reason }: Deciding,
  { bedId, theirs }: Disagreement,
): readonly VigilRecord[] | Refusal => {
  const bed: Bed | undefined = bedId === null ? undefined : view.get('bed', bedId);
  if (!bed || bed.retired) return refuse('notFound', 'unknownBed');
  const status = bedStatuses.find((one) => one === theirs.text);
  if (status === bed.status) return [];
  if (status === undefined || status === 'occupied' || status === 'reserved' || bed.status === 'occupied')
    return refuse('conflict', 'bedStatusMovesNobody', { bed: bed.label, status: wordOf(`bed.${bed.status}`) });
  const why = status === 'blocked' || status === 'closed' ? reason : null;
  const dirtySince = dirtySinceAs(bed, status);
  return [{ ...bed, status, since: at, dirtySince, reservation: null, note: why, until: null, cleaner: null }];
};

/**
 * A person decides between what an interface said and what stands here. `theirs` does what it says, if it can be done; `ours` keeps
 * what stands. Both end it.
 */
export const resolveDisagreement = defineCommand({
  name: 'resolveDisagreement',
  input: z.strictObject({ disagreementId: idSchema, choice: z.enum(['theirs', 'ours']), reason: lineSchema.min(1) }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { disagreementId, choice, reason }, { issuedAt, author }) => {
    const one = view.get('disagreement', disagreementId);
    if (!one) return refuse('notFound', 'unknownDisagreement');
    if (one.ended !== null) return refuse('alreadyDone', 'decidedAlready');
    const deciding = { view, issuedAt, author, reason };
    if (choice === 'theirs' && one.about === 'identity') return refuse('conflict', 'identityNotHere');
    const done =
      choice === 'ours' ? [] : one.about === 'bedStatus' ? statusAsTheySay(deciding, one) : placeAsTheySay(deciding, one);
    if ('code' in done) return done;
    return [...done, { ...one, ended: { at: issuedAt, by: author, choice, reason } }];
  },
});
