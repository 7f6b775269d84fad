import type { Area } from '#domain/model/area.ts';
import type { Bed } from '#domain/model/bed.ts';
import type { Device } from '#domain/model/device.ts';
import type { Facility } from '#domain/model/facility.ts';
import { type Hospital, type HospitalService, hospitalServices } from '#domain/model/hospital.ts';
import type { Place } from '#geo/places.ts';
import type { City } from './city.ts';
import type { World } from './world.ts';

type AreaPlan = { readonly code: string; readonly name: string; readonly beds: number; readonly equipment: readonly string[] };

const plan: readonly AreaPlan[] = [
  { code: 'R', name: 'Resus', beds: 6, equipment: ['Monitor', 'Ventilator', 'Oxygen', 'Suction'] },
  { code: 'P', name: 'Paediatrics', beds: 6, equipment: ['Monitor', 'Oxygen'] },
  { code: 'A', name: 'Majors A', beds: 12, equipment: ['Monitor', 'Oxygen'] },
  { code: 'B', name: 'Majors B', beds: 12, equipment: ['Oxygen'] },
  { code: 'O', name: 'Observation', beds: 8, equipment: ['Monitor', 'Oxygen'] },
  { code: 'F', name: 'Fast track', beds: 4, equipment: [] },
];
const furtherCodes = 'CDEGHIJKLMNQSTUVWXYZ';
const FURTHER_BEDS = 24;
/** Where monitors hang first. */
const monitoredOrder = ['R', 'A', 'O', 'P', 'B', 'F'];

/** The areas of a department of so many beds: the usual six cut short, or further majors of 24 beds behind them. */
const areasFor = (beds: number): readonly AreaPlan[] => {
  const areas: AreaPlan[] = [];
  let left = beds;
  for (const area of plan) {
    const count = Math.min(left, area.beds);
    if (count > 0) areas.push({ ...area, beds: count });
    left -= count;
  }
  for (const code of furtherCodes) {
    const count = Math.min(left, FURTHER_BEDS);
    if (count > 0) areas.push({ code, name: `Majors ${code}`, beds: count, equipment: ['Oxygen'] });
    left -= count;
  }
  return areas;
};

const distance = ([lon, lat]: readonly [number, number], place: Place) => Math.hypot((place.lon - lon) * 0.82, place.lat - lat);

/** The hospital nearest to the centre that bears the word in its name; else the nearest of all. */
const homeOf = (city: City): Place => {
  const near = [...city.hospitals].sort((a, b) => distance(city.centre, a) - distance(city.centre, b));
  return near.find(({ name }) => name.startsWith('Hospital ')) ?? (near[0] as Place);
};

/** What hospitals beside this one offer. */
const offered: readonly (readonly HospitalService[])[] = [
  [],
  ['cardiac', 'stroke'],
  ['maternity', 'paediatric'],
  ['trauma', 'burn'],
  ['psychiatric'],
];

/** Writes facility, areas, beds (all available), monitors and the city's hospitals. */
export const buildDepartment = (
  world: World,
  city: City,
  counts: { readonly beds: number; readonly devices: number },
): Facility => {
  const { random, put, now } = world;
  const home = homeOf(city);
  const facility: Facility = {
    kind: 'facility',
    id: random.id(),
    name: home.name,
    timeZone: 'America/Montevideo',
    position: [home.lon, home.lat],
    hospitalBeds: Math.max(100, counts.beds * 8),
    triageTargetMinutes: [0, 10, 60, 120, 240],
    stayTargetMinutes: 240,
    dispatch: null,
    board: null,
  };
  put(facility);
  const byArea = new Map<string, Bed[]>();
  areasFor(counts.beds).forEach(({ code, name, beds, equipment }, order) => {
    const area: Area = {
      kind: 'area',
      id: random.id(),
      facilityId: facility.id,
      name,
      code,
      order,
      layout: 'grid',
      sex: 'any',
    };
    put(area);
    const built = Array.from(
      { length: beds },
      (_, index): Bed => ({
        kind: 'bed',
        id: random.id(),
        areaId: area.id,
        label: `${code}${index + 1}`,
        order: index,
        status: 'available',
        since: now() - random.int(2, 50) * 60_000,
        encounterId: null,
        reservation: null,
        note: null,
        until: null,
        equipment: [...equipment],
        space: 'bed',
        // Cubicles of the resuscitation room and every sixth bed have walls.
        single: code === 'R' || index % 6 === 5,
        cleaner: null,
        dirtySince: null,
        cell: null,
        retired: false,
      }),
    );
    built.forEach(put);
    byArea.set(code, built);
  });
  const monitored = [...monitoredOrder, ...furtherCodes].flatMap((code) => byArea.get(code) ?? []).slice(0, counts.devices);
  for (const bed of monitored) {
    const device: Device = {
      kind: 'device',
      id: random.id(),
      label: `Monitor ${bed.label}`,
      bedId: bed.id,
      encounterId: null,
      boundAt: null,
      parameters: ['heartRate', 'spo2', 'respiratoryRate', 'systolic', 'diastolic', 'temperature'],
    };
    put(device);
  }
  const services = random.fork('services');
  for (const place of city.hospitals) {
    const delayed = random.chance(0.15);
    const hospital: Hospital = {
      kind: 'hospital',
      id: random.id(),
      name: place.name,
      position: [place.lon, place.lat],
      emsTrafficStatus: place === home ? 'normal' : random.chance(0.1) ? 'advisory' : random.chance(0.05) ? 'closed' : 'normal',
      emsOffload: delayed ? 'delayed' : 'normal',
      offloadDelayMinutes: delayed ? random.int(3, 8) * 5 : null,
      statusSince: now() - random.int(5, 300) * 60_000,
      divert: null,
      clinicalStatus: null,
      facilityStatus: null,
      capacity: [],
      services: place === home ? [...hospitalServices] : [...services.pick(offered)],
      facilityId: place === home ? facility.id : null,
    };
    put(hospital);
  }
  return facility;
};
