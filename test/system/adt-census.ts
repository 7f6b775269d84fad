/** Who is where by the register of a patient administration, and by the records of Vigil, as lines that can be held against each other. */

import { outPlaces, waitingPlaces } from '#backend/simulator/administration/message.ts';
import type { BedState, Person, Truth, Visit } from '#backend/simulator/administration/register.ts';
import type { Bed } from '#domain/model/bed.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Patient } from '#domain/model/patient.ts';
import type { VigilRecord } from '#domain/model/record.ts';

/** A line by the name of a visit or a bed. */
export type Census = ReadonlyMap<string, string>;
export type Records = Readonly<Record<'bed' | 'encounter' | 'patient', readonly VigilRecord[]>>;

const NOT_HERE = 'is not here';
const statusOf: Readonly<Record<BedState, Bed['status']>> = {
  ready: 'available',
  occupied: 'occupied',
  dirty: 'contaminated',
  cleaning: 'cleaning',
  shut: 'closed',
};
const nameOf = (table: Readonly<Record<string, string>>, code: string): string => table[code] ?? code;
const who = (person: Person | undefined): string =>
  person ? `${person.number} ${person.family} ${person.given} ${person.birthDate} ${person.sex}` : 'nobody';

const placeOf = ({ where, since }: Visit): string => {
  if (where.kind === 'bed') return `in ${where.bed} since ${since}`;
  return where.kind === 'waiting' ? `waits: ${nameOf(waitingPlaces, where.place)}` : '';
};

/** The census of a register. Somebody expected is not here yet; somebody struck never was. */
export const censusOfTruth = ({ persons, visits, beds }: Truth): Census => {
  const people = new Map(persons.map((person) => [person.number, person]));
  const census = new Map<string, string>();
  for (const visit of visits) {
    const { where } = visit;
    const gone =
      where.kind === 'expected' || where.kind === 'struck'
        ? NOT_HERE
        : where.kind === 'left'
          ? `has left: ${where.to === 'home' ? 'discharged' : where.to === 'ward' ? 'admitted' : where.to}`
          : null;
    const admitted = visit.admitted === null ? '' : ` · admitted ${visit.admitted.at}`;
    const out = visit.out ? ` · out: ${nameOf(outPlaces, visit.out.to)} since ${visit.out.since}` : '';
    const leaves = visit.leavesAt === null ? '' : ` · leaves ${visit.leavesAt}`;
    const person = who(people.get(visit.person));
    census.set(
      `visit ${visit.number}`,
      gone === NOT_HERE ? gone : `${gone ?? `${placeOf(visit)}${out}${admitted}${leaves}`} · ${person}`,
    );
  }
  for (const bed of beds) census.set(`bed ${bed.label}`, [statusOf[bed.state], bed.visit].filter(Boolean).join(' '));
  return census;
};

/** The census of Vigil's records; `struck` are the visits that the register has struck. */
export const censusOfRecords = (records: Records, truth: Truth): Census => {
  const patients = new Map((records.patient as readonly Patient[]).map((one) => [one.id, one]));
  const encounters = records.encounter as readonly Encounter[];
  const beds = records.bed as readonly Bed[];
  const labels = new Map(beds.map(({ id, label }) => [id, label]));
  const numbers = new Map(encounters.map(({ id, visitNumber }) => [id, visitNumber]));
  const struck = new Set(truth.visits.flatMap(({ where, number }) => (where.kind === 'struck' ? [number] : [])));
  const census = new Map<string, string>();
  for (const { where, number } of truth.visits)
    if (where.kind === 'expected' || where.kind === 'struck') census.set(`visit ${number}`, NOT_HERE);
  for (const visit of encounters) {
    const patient = patients.get(visit.patientId);
    const person = patient
      ? `${patient.mrn} ${patient.name?.family} ${patient.name?.given} ${patient.birthDate} ${patient.sex}`
      : 'nobody';
    const isGone = visit.departedAt !== null;
    if (isGone && struck.has(visit.visitNumber ?? '')) continue;
    const out = visit.away ? ` · out: ${visit.away.to} since ${visit.away.since}` : '';
    const admitted = visit.admitDecidedAt === null ? '' : ` · admitted ${visit.admitDecidedAt}`;
    const leaves = visit.expectedDepartureAt === null ? '' : ` · leaves ${visit.expectedDepartureAt}`;
    const place = visit.bedId === null ? `waits: ${visit.place}` : `in ${labels.get(visit.bedId)} since ${visit.bedAssignedAt}`;
    const stands = isGone ? `has left: ${visit.disposition}` : `${place}${out}${admitted}${leaves}`;
    census.set(`visit ${visit.visitNumber ?? visit.id}`, `${stands} · ${person}`);
  }
  for (const bed of beds) {
    const occupant = bed.encounterId === null ? null : (numbers.get(bed.encounterId) ?? bed.encounterId);
    census.set(`bed ${bed.label}`, [bed.status, occupant].filter(Boolean).join(' '));
  }
  return census;
};

/** Every line in which two censuses differ, with both sides. */
export const differencesOf = (truth: Census, stands: Census, whose: string): readonly string[] =>
  [...new Set([...truth.keys(), ...stands.keys()])]
    .filter((name) => truth.get(name) !== stands.get(name))
    .map((name) => `${name}: register “${truth.get(name) ?? 'unknown'}”, ${whose} “${stands.get(name) ?? 'unknown'}”`);
