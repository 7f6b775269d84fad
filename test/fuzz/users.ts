/** What users of a desk do: real commands on the records their window shows, sensible most of the time, on purpose the same ones at several desks. */
import type { CommandInput, CommandName } from '#domain/commands/registry.ts';
import type { RecordView } from '#domain/model/record.ts';
import { unitStatuses } from '#domain/model/unit.ts';
import type { Id } from '#domain/model/values.ts';
import { isBeforeScene, unitTransitions } from '#domain/rules/unit-status.ts';
import { buildVitals } from '#domain/testing/builders.ts';
import type { Random } from '#domain/testing/random.ts';

export type Act = { readonly [N in CommandName]: { readonly name: N; readonly input: CommandInput<N> } }[CommandName];
type Acts = { readonly [N in CommandName]?: (view: RecordView, random: Random) => CommandInput<N> | null };

const some = <T extends { readonly id: Id }>(random: Random, items: Iterable<T>, sensible: (item: T) => boolean): T | null => {
  const all = [...items];
  const good = all.filter(sensible);
  if (good.length > 0 && random.chance(0.85)) return random.pick(good);
  return all.length === 0 ? null : random.pick(all);
};

const acts: Acts = {
  assignBed: (view, random) => {
    const bed = some(random, view.list('bed'), ({ status }) => status === 'available');
    const encounter = some(random, view.list('encounter'), ({ departedAt }) => departedAt === null);
    return bed && encounter && { bedId: bed.id, encounterId: encounter.id };
  },
  releaseBed: (view, random) => {
    const bed = some(random, view.list('bed'), ({ status }) => status === 'occupied');
    const encounterId = bed?.encounterId ?? some(random, view.list('encounter'), () => true)?.id;
    return bed && encounterId
      ? { bedId: bed.id, encounterId, disposition: random.pick(['discharged', 'admitted', 'waiting'] as const) }
      : null;
  },
  unassignBed: (view, random) => {
    const bed = some(random, view.list('bed'), ({ status }) => status === 'occupied');
    return bed?.encounterId ? { bedId: bed.id, encounterId: bed.encounterId } : null;
  },
  restoreToBed: (view, random) => {
    const bed = some(random, view.list('bed'), ({ status }) => status === 'contaminated');
    const encounter = some(
      random,
      view.list('encounter'),
      ({ bedAssignedAt, bedId }) => bedAssignedAt !== null && bedId === null,
    );
    return bed && encounter && { bedId: bed.id, encounterId: encounter.id, releasedAt: bed.since };
  },
  cleanBed: (view, random) => {
    const bed = some(random, view.list('bed'), ({ status }) => status === 'contaminated' || status === 'cleaning');
    return bed && { bedId: bed.id, stage: bed.status === 'cleaning' ? 'done' : 'start', expectedMinutes: null };
  },
  blockBed: (view, random) => {
    const bed = some(random, view.list('bed'), ({ status }) => status === 'available');
    return bed && { bedId: bed.id, reason: 'Broken rail', until: null };
  },
  unblockBed: (view, random) => {
    const bed = some(random, view.list('bed'), ({ status }) => status === 'blocked');
    return bed && { bedId: bed.id };
  },
  registerPatient: (_view, random) => ({
    name: { family: `F${random.int(1, 99)}`, given: 'Ana' },
    mrn: null,
    birthDate: null,
    ageYears: 40,
    ageEstimated: true,
    sex: 'female',
    allergies: random.chance(0.3) ? ['Penicillin'] : null,
    arrivalMode: 'walkIn',
    complaint: 'Fall',
    place: null,
    incidentId: null,
  }),
  mergePatients: (view, random) => {
    const survivor = some(random, view.list('patient'), ({ mergedInto }) => mergedInto === null);
    const merged = some(random, view.list('patient'), ({ id, mergedInto }) => mergedInto === null && id !== survivor?.id);
    return (
      survivor &&
      merged && {
        survivorId: survivor.id,
        mergedId: merged.id,
        allergies: random.chance(0.7) ? ['Latex'] : null,
        acuity: random.chance(0.7) ? random.pick([1, 2, 3] as const) : null,
      }
    );
  },
  recordTriage: (view, random) => {
    const encounter = some(random, view.list('encounter'), ({ departedAt }) => departedAt === null);
    return (
      encounter && {
        encounterId: encounter.id,
        complaint: `Complaint ${random.int(1, 999)}`,
        vitals: buildVitals(),
        spo2Scale: 1,
        acuity: random.pick([1, 2, 3, 4, 5] as const),
        note: null,
        allergies: random.chance(0.3) ? ['Latex'] : null,
      }
    );
  },
  createIncident: (_view, random) => ({
    category: 'Fall',
    determinant: null,
    priority: random.pick([1, 2, 3, 4] as const),
    address: `Street ${random.int(1, 999)}`,
    position: [-56.1, -34.9],
    patientSummary: null,
  }),
  dispatchUnit: (view, random) => {
    const incident = some(random, view.list('incident'), ({ status }) => status === 'open');
    const unit = some(random, view.list('unit'), ({ assignmentId }) => assignmentId === null);
    return incident && unit && { incidentId: incident.id, unitId: unit.id };
  },
  divertUnit: (view, random) => {
    const incident = some(random, view.list('incident'), ({ status }) => status === 'open');
    const unit = some(random, view.list('unit'), ({ status }) => isBeforeScene(status));
    return incident && unit && { unitId: unit.id, incidentId: incident.id, reason: 'More urgent' };
  },
  cancelDispatch: (view, random) => {
    const unit = some(random, view.list('unit'), ({ status }) => isBeforeScene(status));
    return unit && { unitId: unit.id, reason: 'Not needed' };
  },
  cancelIncident: (view, random) => {
    const incident = some(random, view.list('incident'), ({ status }) => status === 'open');
    return incident && { incidentId: incident.id, reason: 'Rang back' };
  },
  reopenIncident: (view, random) => {
    const incident = some(random, view.list('incident'), ({ status }) => status !== 'open');
    return incident && { incidentId: incident.id, reason: 'Rang again' };
  },
  correctIncident: (view, random) => {
    const incident = some(random, view.list('incident'), ({ status }) => status === 'open');
    return incident && { incidentId: incident.id, priority: random.pick([1, 2, 3, 4, 5] as const) };
  },
  addIncidentNote: (view, random) => {
    const incident = some(random, view.list('incident'), () => true);
    return incident && { incidentId: incident.id, text: `Note ${random.int(1, 999)}` };
  },
  mergeIncidents: (view, random) => {
    const stays = some(random, view.list('incident'), ({ status }) => status === 'open');
    const merged = some(random, view.list('incident'), ({ id, status }) => status === 'open' && id !== stays?.id);
    return stays && merged && { incidentId: stays.id, mergedIncidentId: merged.id };
  },
  setDestination: (view, random) => {
    const unit = some(random, view.list('unit'), ({ assignmentId }) => assignmentId !== null);
    const hospital = some(random, view.list('hospital'), () => true);
    return unit && hospital && { unitId: unit.id, hospitalId: hospital.id };
  },
  setUnitStatus: (view, random) => {
    const unit = some(random, view.list('unit'), () => true);
    if (!unit) return null;
    const status = random.chance(0.85) ? random.pick(unitTransitions[unit.status]) : random.pick(unitStatuses);
    return { unitId: unit.id, status, reason: status === 'outOfService' ? 'Fuel' : null };
  },
  acknowledgeAlarm: (view, random) => {
    const alarm = some(random, view.list('alarm'), ({ state }) => state === 'unacknowledged');
    return alarm && { alarmId: alarm.id };
  },
};

/** The commands that users here can give. */
export const actNames = Object.keys(acts) as readonly CommandName[];

/** One gesture on what a window shows; null when there is nothing to do it on. */
export const actOf = (name: CommandName, view: RecordView, random: Random): Act | null => {
  const input = acts[name]?.(view, random) ?? null;
  return input && ({ name, input } as Act);
};
