/**
 * What a filter of the bed board hides. It never hides what needs somebody: a bed with an alarm, a conflict or a change that is not
 * sent stays in sight whatever was asked for.
 */
import type { Acuity, Encounter } from '#domain/model/encounter.ts';
import type { Patient } from '#domain/model/patient.ts';
import type { Instant } from '#domain/model/values.ts';
import { plainText } from './move-line.ts';
import { type BedFacts, observingOf, type TileScene } from './tile.ts';

export const quickFilters = ['mine', 'boarders', 'over'] as const;
export type QuickFilter = (typeof quickFilters)[number];
export type BedFilter = {
  readonly text: string;
  readonly quick: readonly QuickFilter[];
  readonly acuities: readonly Acuity[];
};
export const noFilter: BedFilter = { text: '', quick: [], acuities: [] };

/** Whether a filter asks for anything. */
export const isFiltering = ({ text, quick, acuities }: BedFilter): boolean =>
  text.trim() !== '' || quick.length > 0 || acuities.length > 0;

/** A choice added to a list, or taken away from it. */
export const toggled = <T>(list: readonly T[], choice: T): readonly T[] =>
  list.includes(choice) ? list.filter((one) => one !== choice) : [...list, choice];

const initials = (name: string): string =>
  name
    .split(/[\s.]+/)
    .map((part) => part[0] ?? '')
    .join('');
const isMe = (name: string | null, me: string): boolean =>
  name !== null && (plainText(name) === plainText(me) || plainText(name) === plainText(initials(me)));

/** Of somebody who lies in a bed or waits for one. */
type Subject = {
  readonly label: string;
  readonly encounter: Encounter | undefined;
  readonly patient: Patient | undefined;
  /** Past a target of the site. */
  readonly isOver: boolean;
};

const matches = (
  { text, quick, acuities }: BedFilter,
  { label, encounter, patient, isOver }: Subject,
  me: string | null,
): boolean => {
  const words = plainText(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  const codes = [...(encounter?.flags ?? []), ...(encounter?.isolation ? ['ISO'] : [])].map(plainText);
  const said = plainText(
    [patient?.name?.family, patient?.name?.given, patient?.mrn, encounter?.complaint, encounter?.nurse, encounter?.doctor]
      .filter((part) => part != null)
      .join(' '),
  );
  const asked: Readonly<Record<QuickFilter, boolean>> = {
    mine: me !== null && (isMe(encounter?.nurse ?? null, me) || isMe(encounter?.doctor ?? null, me)),
    boarders: encounter?.admitDecidedAt != null,
    over: isOver,
  };
  return (
    words.every((word) => plainText(label).startsWith(word) || codes.includes(word) || said.includes(word)) &&
    quick.every((one) => asked[one]) &&
    (acuities.length === 0 || (encounter?.acuity != null && acuities.includes(encounter.acuity)))
  );
};

/** Whether a filter hides a bed. `me` is who is signed in. */
export const hidesBed = (filter: BedFilter, facts: BedFacts, scene: TileScene, me: string | null): boolean => {
  if (facts.alarm || facts.conflict || facts.pending || facts.alarmPending) return false;
  const { encounter, patient, bed } = facts;
  const due = encounter ? observingOf(facts, scene) : null;
  const boardingMs = encounter?.admitDecidedAt == null ? 0 : scene.now - encounter.admitDecidedAt;
  const isOver =
    encounter !== undefined &&
    ((scene.stayTargetMs !== null && scene.now - encounter.arrivedAt > scene.stayTargetMs) ||
      boardingMs > scene.settings.boardingMinutes * 60_000 ||
      (due !== null && !due.isMonitored && due.at < scene.now));
  return !matches(filter, { label: bed.label, encounter, patient, isOver }, me);
};

/** Whether a filter hides somebody who waits: `target` is how long they may, milliseconds, null where nothing says so. */
export const hidesWaiting = (
  filter: BedFilter,
  {
    encounter,
    patient,
    targetMs,
  }: { readonly encounter: Encounter; readonly patient: Patient | undefined; readonly targetMs: number | null },
  now: Instant,
  me: string | null,
): boolean => {
  const isOver = targetMs !== null && now - encounter.arrivedAt > targetMs;
  return !matches(filter, { label: encounter.place ?? '', encounter, patient, isOver }, me);
};
