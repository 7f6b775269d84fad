/**
 * When crews arrive of whom nobody reported it: by the road from where they were last seen. One question is under way at a time, and
 * a crew is asked for again only after a while: an estimate is not a clock.
 */
import type { RouteAnswer } from '#contracts/ipc/dispatch-desk.ts';
import type { Id, Instant, Position } from '#domain/model/values.ts';
import { freshness } from '#domain/rules/freshness.ts';
import { inboundTo, isOurs } from '#domain/rules/inbound.ts';
import { type ReceivedFix, type RecordTables, viewOf } from '../../state/store.ts';

/** A drive whose end is asked for. */
export type Drive = { readonly id: Id; readonly from: Position; readonly to: Position };

export type RoadEtas = {
  /** Asks for what is not known, or is old, at a moment of server time. */
  readonly ask: (drives: readonly Drive[], now: Instant) => void;
  /** The arrivals that are known, by the id of their drive. */
  readonly known: () => ReadonlyMap<Id, Instant>;
  readonly stop: () => void;
};

/** How long an estimate stands before the road is asked again, and how long a road that is not there is left alone, milliseconds. */
const standsFor = 30_000;
const pause = 60_000;

/** Without an estimate; `changed` is called when one has come or gone. */
export const createRoadEtas = (route: (from: Position, to: Position) => Promise<RouteAnswer>, changed: () => void): RoadEtas => {
  let known: ReadonlyMap<Id, Instant> = new Map();
  const askedAt = new Map<Id, Instant>();
  let isUnderWay = false;
  let isStopped = false;
  let silentUntil = Number.NEGATIVE_INFINITY;

  const keep = (id: Id, at: Instant | null): void => {
    const next = new Map(known);
    if (at === null) next.delete(id);
    else next.set(id, at);
    known = next;
    changed();
  };
  const askOne = async ({ id, from, to }: Drive, now: Instant): Promise<void> => {
    try {
      const answer = await route(from, to);
      if (isStopped) return;
      if (answer.state === 'unavailable') silentUntil = now + pause;
      else keep(id, answer.state === 'found' ? now + Math.round(answer.seconds * 1000) : null);
    } catch {
      silentUntil = now + pause;
    } finally {
      isUnderWay = false;
    }
  };
  return {
    ask: (drives, now) => {
      const wanted = new Set(drives.map(({ id }) => id));
      for (const id of askedAt.keys()) if (!wanted.has(id)) askedAt.delete(id);
      if ([...known.keys()].some((id) => !wanted.has(id))) {
        known = new Map([...known].filter(([id]) => wanted.has(id)));
        changed();
      }
      if (isUnderWay || isStopped || now < silentUntil) return;
      const next = drives.find(({ id }) => now - (askedAt.get(id) ?? Number.NEGATIVE_INFINITY) >= standsFor);
      if (!next) return;
      askedAt.set(next.id, now);
      isUnderWay = true;
      void askOne(next, now);
    },
    known: () => known,
    stop: () => {
      isStopped = true;
    },
  };
};

/** The drives of crews that bring somebody here, of whom no arrival was reported and who were seen lately. */
export const drivesWithoutEta = (tables: RecordTables, positions: ReadonlyMap<Id, ReceivedFix>, now: Instant): readonly Drive[] =>
  inboundTo(viewOf(tables), isOurs).flatMap(({ assignment, unit }): Drive[] => {
    const fix = positions.get(unit.id);
    const hospital = assignment.hospitalId === null ? undefined : tables.hospital.get(assignment.hospitalId)?.record;
    // Before it has its patient a crew's way does not lead here.
    if (unit.status !== 'transporting' || assignment.etaAt !== null || !fix || !hospital) return [];
    const { state } = freshness('unitFix', fix, now);
    return state === 'live' || state === 'late' ? [{ id: assignment.id, from: fix.position, to: hospital.position }] : [];
  });
