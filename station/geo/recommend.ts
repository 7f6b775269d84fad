/** What a desk recommends: its rows, the latest positions and the drives of the city laid before the rules. */
import type { CityUnavailable, RecommendAnswer, RecommendHospitalAnswer, Routed } from '#contracts/ipc/dispatch-desk.ts';
import type { HospitalService } from '#domain/model/hospital.ts';
import type { Incident } from '#domain/model/incident.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { UnitFix } from '#domain/model/telemetry.ts';
import type { Id, Instant, Position } from '#domain/model/values.ts';
import { dispatchSettingsOf, runCardFor } from '#domain/rules/dispatch-defaults.ts';
import { missionOf } from '#domain/rules/dispatching.ts';
import type { Drive } from '#domain/rules/drive.ts';
import { freshness } from '#domain/rules/freshness.ts';
import { loadOf, recommendHospitals } from '#domain/rules/hospital-recommendation.ts';
import { isWorthAsking, recommendUnits, type UnitAtHand } from '#domain/rules/recommendation.ts';
import { isFree } from '#domain/rules/unit-status.ts';

/** Drives between one place and many, or why nobody can say. */
export type AskDrives = (ask: {
  readonly one: Position;
  readonly many: readonly Position[];
  readonly way: 'toOne' | 'fromOne';
}) => Promise<{ readonly state: 'found'; readonly drives: readonly Drive[]; readonly routed: Routed } | CityUnavailable>;

/** What a desk knows at the moment of a question. */
export type DeskPicture = {
  readonly view: () => RecordView;
  readonly fixes: ReadonlyMap<Id, UnitFix & { readonly receivedAt: Instant }>;
  readonly now: () => Instant;
};

const drivesOf = async (
  ask: AskDrives,
  question: Parameters<AskDrives>[0],
): Promise<{ readonly drives: readonly Drive[]; readonly routed: Routed }> => {
  if (question.many.length === 0) return { drives: [], routed: { by: 'offline', fellBack: false, message: null } };
  const answer = await ask(question);
  if (answer.state === 'found') return answer;
  return {
    drives: question.many.map(() => ({ state: 'unknown' })),
    routed: { by: 'none', fellBack: false, message: answer.message },
  };
};

const handsOf = ({ view, fixes }: DeskPicture, incident: Incident): Omit<UnitAtHand, 'drive'>[] => {
  const rows = view();
  const refusedBy = new Set<Id>();
  for (const { incidentId, unitId, refusal } of rows.list('assignment')) {
    if (incidentId === incident.id && refusal !== null) refusedBy.add(unitId);
  }
  return [...rows.list('unit')].map((unit) => {
    const mission = missionOf(rows, unit);
    return {
      unit,
      fix: fixes.get(unit.id) ?? null,
      mission: (mission && rows.get('incident', mission.incidentId)) ?? null,
      refused: refusedBy.has(unit.id),
    };
  });
};

/** Ranks the units of a desk for an incident; drives are asked for once, for all of them. */
export const recommendFor = async (desk: DeskPicture, ask: AskDrives, incidentId: Id): Promise<RecommendAnswer> => {
  const incident = desk.view().get('incident', incidentId);
  if (!incident) return { state: 'unknownIncident' };
  const hands = handsOf(desk, incident);
  const asked = hands.filter((hand) => isWorthAsking(hand, desk.now()));
  const many = asked.flatMap(({ fix }) => (fix ? [fix.position] : []));
  const { drives, routed } = await drivesOf(ask, { one: incident.position, many, way: 'toOne' });
  const driveOf = new Map(asked.map(({ unit }, i) => [unit.id, drives[i] ?? { state: 'unknown' as const }]));
  const card = runCardFor(dispatchSettingsOf(desk.view()), incident);
  const at = Math.round(desk.now());
  const ranked = recommendUnits(
    incident,
    card,
    hands.map((hand) => ({ ...hand, drive: driveOf.get(hand.unit.id) ?? { state: 'unknown' } })),
    at,
  );
  return { state: 'ranked', at, routed, ...ranked };
};

/** Ranks the hospitals a desk knows for the patient of an incident. */
export const recommendHospitalFor = async (
  desk: DeskPicture,
  ask: AskDrives,
  asked: {
    readonly incidentId: Id;
    readonly from?: Position | undefined;
    readonly services?: readonly HospitalService[] | undefined;
  },
): Promise<RecommendHospitalAnswer> => {
  const rows = desk.view();
  const incident = rows.get('incident', asked.incidentId);
  if (!incident) return { state: 'unknownIncident' };
  const from = asked.from ?? incident.position;
  const services = asked.services ?? runCardFor(dispatchSettingsOf(rows), incident)?.services ?? [];
  const hospitals = [...rows.list('hospital')];
  const { drives, routed } = await drivesOf(ask, { one: from, many: hospitals.map(({ position }) => position), way: 'fromOne' });
  const missions = [...rows.list('unit')].flatMap((unit) => {
    const assignment = missionOf(rows, unit);
    return assignment ? [{ unit, assignment }] : [];
  });
  const at = Math.round(desk.now());
  const ranked = recommendHospitals(
    from,
    services,
    hospitals.map((hospital, i) => ({ hospital, drive: drives[i] ?? { state: 'unknown' } })),
    loadOf(missions),
    at,
  );
  return { state: 'ranked', at, routed, services: [...services], ...ranked };
};

/** Where the free units of a desk stand whose position is not lost. */
export const freeUnitPositions = ({ view, fixes, now }: DeskPicture): Position[] =>
  [...view().list('unit')].flatMap(({ id, status }) => {
    const fix = fixes.get(id);
    return fix && isFree(status) && freshness('unitFix', fix, now()).state !== 'lost' ? [fix.position] : [];
  });
