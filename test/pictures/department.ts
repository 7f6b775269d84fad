/** An invented emergency department of 48 beds at one bad moment, for looking at the boards. */

import type { Bed, BedStatus } from '#domain/model/bed.ts';
import { type Encounter, encounterFlags } from '#domain/model/encounter.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import { initialsOf } from '#domain/rules/initials.ts';
import {
  buildAlarm,
  buildArea,
  buildBed,
  buildDevice,
  buildEncounter,
  buildFacility,
  buildHospital,
  buildPatient,
  buildTriageAssessment,
  buildVitals,
  testId,
} from '#domain/testing/builders.ts';
import { arriving } from './arriving.ts';
import { inventedMessages } from './messages.ts';
import { storyOf } from './visit-story.ts';

export const sceneNow: Instant = Date.UTC(2026, 10, 22, 6, 14, 27);
const minute = 60_000;

/** `family, given, age sex, acuity, complaint, minutes in, flags, next` */
const people = `Adeyemi|Femi|58 M|1|STEMI|34|STEMI|Cath lab 03:20
Halvorsen|Grete|71 F|1|Septic shock|72|SEPSIS ALG|ICU bed ready?
Castellano|Rui|34 M|2|Polytrauma|125|TRAUMA|CT read 03:25
Nakamura|Shin|66 M|2|COPD, on NIV|211|NIV|Gas 03:30
Ferreira|Lia|4 F|3|Croup|100||Reassess 03:30
Osman|Yusuf|9 M|3|Abdo pain|142|NBM|Ultrasound
Brandt|Emil|12 F|4|Wrist fracture|65||Cast
Moss|Theo|1 M|2|Fever|48|ISO|Bloods due
Lindqvist|Pia|67 F|2|Chest pain|220||Troponin 03:40
Baptiste|Dario|45 M|3|Renal colic|171|ALG|Discharge 03:45
Okonkwo|Tobe|73 M|2|Stroke, FAST+|52|FALL STROKE|CT now
Vance|Helen|81 F|3|Hip fracture|572|FALL|Ward 6, wait
Moreau|Ivan|52 M|3|Pancreatitis|318|NBM|Surgery review
Moreau|Katherine|71 F|2|Sepsis ?|108|ALG SEPSIS|Antibiotic due
Sato|Mika|39 F|3|Headache|182||LP 03:30
Quist|Bo|60 M|3|GI bleed|266|NBM|Scope 06:00
Ahmadi|Zahra|28 F|4|Pyelonephritis|134||Oral switch
Doyle|Cian|77 M|3|Pneumonia|401|ISO|Ward 3, wait
Romano|Vera|55 F|3|Cellulitis|191||Bed request
Ibarra|Jon|48 M|3|Alcohol, unwell|302|FALL|Ward 2, wait
Weiss|Anton|69 M|2|Arrhythmia|156||Cardiology
Haddad|Nour|31 F|3|Ectopic ?|79|NBM PREG|Gynae 03:30
Stone|Will|24 M|4|Dislocation|160||X-ray check
Eriksen|Oda|83 F|3|Delirium|475|FALL|Ward 6, wait
Mbeki|Sana|42 F|3|Asthma|117||Peak flow
Tran|Quan|36 M|2|Overdose|140|1:1|Tox 04:00
Carver|Jo|64 M|3|Syncope|205|FALL|ECG repeat
Norde|Ann|70 F|3|Chest pain, obs|490||Troponin 05:00
Blake|Sam|33 M|4|Head injury|288||Obs to 06:00
Costa|Elsa|59 F|3|TIA|382||MRI 08:00
Jansen|Rik|27 F|4|Migraine|216||Discharge 04:00
Yilmaz|Can|62 M|3|Back pain|350|ALG|Ward 4, wait
Field|Nell|19 M|4|Anaphylaxis|178|ALG|Obs to 06:15
Rahman|Kiran|88 F|3|UTI, frail|440|FALL|Ward 6, wait
Lowe|Pat|22 M|5|Suture|41||Suture
Greer|Tess|50 F|4|Eye, foreign|76||Slit lamp
Amari|Leo|30 M|5|Dressing|26||Discharge`.split('\n');
const waiting = `Dunmore|Ada|54 M|2|Chest pain|41
Kowal|Stefa|47 F|2|Sepsis ?|22
Moreau|Kate|63 F|3|Abdo pain|58
Fitch|Dee|29 M|3|Asthma|41
Marsh|Ivy|6 F|3|Fever|22
|Unknown|50 M||Not yet triaged|4`.split('\n');

/** Areas: name, code, beds; a letter after the bed number is what it is when nobody lies there. */
const areas: readonly (readonly [string, string, number, Readonly<Record<number, BedStatus>>])[] = [
  ['Resus', 'R', 6, { 4: 'available', 6: 'cleaning' }],
  ['Paediatrics', 'P', 6, { 4: 'available', 6: 'contaminated' }],
  ['Majors A', 'A', 12, { 5: 'contaminated', 11: 'reserved' }],
  ['Majors B', 'B', 12, { 4: 'cleaning', 7: 'blocked', 12: 'reserved' }],
  ['Observation', 'O', 8, { 7: 'closed' }],
  ['Fast track', 'F', 4, { 4: 'closed' }],
];
const spaces: Readonly<Record<string, Bed['space']>> = {
  F1: 'chair',
  F2: 'chair',
  O8: 'corridor',
  O7: 'capacity',
  B1: 'capacity',
};
const singles = ['R1', 'R2', 'P5', 'P4', 'A5'];

const personOf = (line: string, number: number) => {
  const [family = '', given = '', ageSex = '', acuity = '', complaint = '', inMinutes = '0', flags = '', next = ''] =
    line.split('|');
  const [age = '', sex = ''] = ageSex.split(' ');
  const patient = buildPatient({
    id: testId('c', number),
    mrn: `402 ${String(100 + number)}`,
    name: { family: family === '' ? given : family, given: family === '' ? '' : given },
    initials: initialsOf(family === '' ? null : { family, given }),
    ageYears: Number(age),
    birthDate: family === '' ? null : `${2026 - Number(age)}-05-04`,
    ageEstimated: family === '',
    sex: sex === 'F' ? 'female' : 'male',
    allergies: flags.includes('ALG') ? ['Penicillin, rash'] : number % 3 === 0 ? null : [],
  });
  const arrivedAt = sceneNow - Number(inMinutes) * minute - ((number * 7919) % minute);
  const level = acuity === '' ? null : (Number(acuity) as NonNullable<Encounter['acuity']>);
  const encounter = buildEncounter({
    id: testId('e', number),
    patientId: patient.id,
    status: level === null ? 'arrived' : 'triaged',
    arrivedAt,
    complaint,
    acuity: level,
    flags: encounterFlags.filter((flag) => flags.split(' ').includes(flag)),
    nextStep: next === '' ? null : next,
    nurse: ['LM', 'OB', 'SK', 'RD', 'MW', 'AN', 'PC', 'FV'][number % 8] ?? null,
    doctor: ['Dr Sand', 'Dr Wu', 'Dr Ek', 'Dr Ito', 'Dr Lund'][number % 5] ?? null,
    admitDecidedAt: next.startsWith('Ward') ? arrivedAt + 60 * minute : null,
    admitTo: next.startsWith('Ward') ? (next.split(',')[0] ?? null) : null,
    isolation: flags.includes('ISO') ? (number % 2 === 0 ? 'airborne' : 'droplet') : null,
    flagNotes: flags.includes('STROKE') ? [{ flag: 'STROKE', text: 'onset 05:10' }] : [],
    waitingFor: next.startsWith('Ward')
      ? ['bed']
      : next.startsWith('CT') || next.startsWith('Ultrasound')
        ? ['imaging']
        : next.startsWith('Bloods') || next.startsWith('Troponin')
          ? ['bloods']
          : next.startsWith('Cardiology') || next.startsWith('Surgery')
            ? ['specialty', 'bloods']
            : [],
    away: next.startsWith('MRI')
      ? { to: 'MRI', since: sceneNow - 48 * minute, expectedBackAt: sceneNow - 3 * minute }
      : next.startsWith('CT now')
        ? { to: 'CT', since: sceneNow - 11 * minute, expectedBackAt: null }
        : null,
    expectedDepartureAt: next.startsWith('Discharge') ? sceneNow + (number % 2 === 0 ? 30 : -4) * minute : null,
    ventilated: complaint.includes('NIV') || complaint.includes('shock'),
    place: 'Waiting room',
  });
  const score = (number * 5) % 11;
  const triaged = (at: Instant, worse: number, id: number) =>
    buildTriageAssessment({
      id: testId('7', id),
      encounterId: encounter.id,
      at,
      by: { personId: testId('9', 1), name: 'Kerr' },
      vitals: buildVitals({
        respiratoryRate: score + worse > 6 ? 26 : score > 3 ? 22 : 16,
        heartRate: score + worse > 4 ? 115 : 84,
        systolic: score + worse > 8 ? 98 : 126,
        oxygen: score > 7 ? 'oxygen' : 'air',
        temperature: number % 9 === 4 ? null : 37,
      }),
      acuity: level ?? 3,
    });
  const assessments =
    level === null
      ? []
      : [
          triaged(arrivedAt + 4 * minute, 0, number),
          ...(number % 4 === 3 ? [] : [triaged(sceneNow - 34 * minute, (number % 3) - 1, number + 1000)]),
        ];
  return { patient, encounter, assessments };
};

const alarmAt: Readonly<Record<string, Parameters<typeof buildAlarm>[0]>> = {
  R2: {
    priority: 'high',
    label: 'Systolic low',
    parameter: 'systolic',
    value: 78,
    limit: { kind: 'below', value: 90 },
    onsetAt: sceneNow - 42_000,
  },
  A7: {
    priority: 'high',
    label: 'SpO2 low',
    parameter: 'spo2',
    value: 84,
    limit: { kind: 'below', value: 88 },
    onsetAt: sceneNow - 14_000,
  },
  R5: {
    priority: 'medium',
    label: 'RR high',
    parameter: 'respiratoryRate',
    value: 31,
    limit: { kind: 'above', value: 30 },
    state: 'acknowledged',
    onsetAt: sceneNow - 130_000,
  },
  B8: {
    priority: 'medium',
    label: 'HR high',
    parameter: 'heartRate',
    value: 122,
    limit: { kind: 'above', value: 120 },
    onsetAt: sceneNow - 220_000,
  },
  B10: {
    priority: 'medium',
    label: 'HR low',
    parameter: 'heartRate',
    value: 48,
    limit: { kind: 'below', value: 50 },
    onsetAt: sceneNow - 55_000,
  },
  A6: {
    priority: 'medium',
    label: 'HR high',
    parameter: 'heartRate',
    value: 121,
    limit: { kind: 'above', value: 120 },
    state: 'returnedUnacknowledged',
    onsetAt: sceneNow - 308_000,
  },
  A9: {
    priority: 'low',
    category: 'technical',
    label: 'Probe off',
    parameter: null,
    value: null,
    limit: null,
    onsetAt: sceneNow - 80_000,
  },
  A12: {
    priority: 'low',
    category: 'technical',
    label: 'Lead off',
    parameter: null,
    value: null,
    limit: null,
    state: 'acknowledged',
    onsetAt: sceneNow - 362_000,
  },
  O1: {
    priority: 'low',
    category: 'technical',
    label: 'NIBP fault',
    parameter: null,
    value: null,
    limit: null,
    onsetAt: sceneNow - 680_000,
  },
};
const monitored = 'R1 R2 R3 R5 A1 A2 A3 A4 A6 A7 A8 A9 A12 B3 B5 B8 B9 B10 B11 O1 O3 O5 O8 P5'.split(' ');

/** Family names of the copies of a house, so that nobody there is taken for somebody of the first. */
const families =
  `Abbas Acosta Bakker Bello Cabral Chen Cruz Dahl Diallo Dube Egan Eto Faber Farkas Gallo Gill Goda Hale Hart Hoshi Ilic
Ivers Jahn Joshi Kaya Keane Klein Koch Laine Leite Lopez Maier Marin Mehta Mora Nagy Ness Novak Obi Ortiz Paz Pohl Prado Rana Reyes Rossi
Sala Savic Silva Soto Suzuki Teague Toth Ueda Vega Vidal Wang Wolf Xu Yates Zeman Zhou`.split(/\s/);
/** More copies than these are what a bench draws: without names, monitors and alarms of their own. */
const mostWhole = 3;

/** All records of the department; `copies` repeats it for a large house, with the alarms of the first alone. */
export const departmentRecords = (copies = 1): readonly VigilRecord[] => {
  const records: VigilRecord[] = [
    buildFacility({ name: 'St Brannoc General', hospitalBeds: 412 }),
    buildHospital({ name: 'St Brannoc General' }),
  ];
  let next = 0;
  for (let copy = 0; copy < copies; copy += 1) {
    for (const [index, [name, code, count, empty]] of areas.entries()) {
      const areaNumber = copy * areas.length + index + 1;
      records.push(
        buildArea({ id: testId('a', areaNumber), name: copies === 1 ? name : `${name} ${copy + 1}`, code, order: areaNumber }),
      );
      for (let number = 1; number <= count; number += 1) {
        const bedNumber = areaNumber * 20 + number;
        const place = `${code}${number}`;
        const label = copies === 1 ? place : `${code}${copy}${String(number).padStart(2, '0')}`;
        const status = empty[number] ?? 'occupied';
        const base = {
          id: testId('b', bedNumber),
          areaId: testId('a', areaNumber),
          label,
          order: number,
          status,
          space: spaces[label] ?? 'bed',
          single: singles.includes(label),
          cleaner: status === 'cleaning' ? 'Team 2' : null,
          dirtySince: status === 'cleaning' ? sceneNow - (code === 'B' ? 31 : 58) * minute : null,
        } as const;
        const line = status === 'occupied' ? people[next % people.length] : undefined;
        if (line !== undefined) {
          next += 1;
          const person = personOf(
            copy === 0 || copies > mostWhole ? line : line.replace(/^[^|]*/, families[next % families.length] ?? ''),
            next,
          );
          const encounter = {
            ...person.encounter,
            status: 'inProgress' as const,
            bedId: base.id,
            bedAssignedAt: person.encounter.arrivedAt + 20 * minute,
            place: null,
          };
          records.push(
            buildBed({ ...base, encounterId: encounter.id, since: encounter.bedAssignedAt }),
            person.patient,
            encounter,
            ...person.assessments,
            ...(label === 'A7' ? storyOf(encounter, base.id, sceneNow) : []),
          );
          if (copies <= mostWhole && monitored.includes(place)) {
            records.push(
              buildDevice({ id: testId('d', bedNumber), label: `Monitor ${label}`, bedId: base.id, encounterId: encounter.id }),
            );
            const alarm = copy === 0 ? alarmAt[place] : undefined;
            if (alarm) {
              const taken =
                alarm.state === 'acknowledged'
                  ? {
                      acknowledgedBy: { personId: testId('9', 1), name: 'Olu Banks' },
                      acknowledgedAt: sceneNow - 60_000,
                      acknowledgementExpiresAt: sceneNow + 770_000,
                    }
                  : {};
              records.push(
                buildAlarm({
                  id: testId('4', bedNumber),
                  deviceId: testId('d', bedNumber),
                  bedId: base.id,
                  encounterId: encounter.id,
                  ...alarm,
                  ...taken,
                }),
              );
            }
          }
        } else {
          records.push(
            buildBed({
              ...base,
              since: sceneNow - (code === 'A' ? 63 : 12) * minute,
              note:
                status === 'blocked'
                  ? 'Oxygen outlet'
                  : status === 'closed'
                    ? 'Night staffing'
                    : status === 'contaminated' && code === 'A'
                      ? 'C. diff, deep'
                      : null,
              until:
                status === 'cleaning'
                  ? sceneNow + 8 * minute
                  : status === 'blocked'
                    ? sceneNow + 280 * minute
                    : status === 'closed'
                      ? sceneNow + 225 * minute
                      : null,
              reservation:
                status === 'reserved'
                  ? {
                      encounterId: code === 'B' ? testId('e', 501) : null,
                      assignmentId: code === 'B' ? null : testId('3', 1),
                      reason: code === 'B' ? 'From waiting' : 'Inbound M21',
                      until: sceneNow + 58 * minute,
                    }
                  : null,
              equipment: status === 'available' && code === 'R' ? ['Oxygen', 'monitor'] : [],
            }),
          );
        }
      }
    }
  }
  for (const [index, line] of waiting.entries()) {
    const person = personOf(line, 501 + index);
    records.push(person.patient, person.encounter, ...person.assessments);
  }
  records.push(...arriving(sceneNow), ...inventedMessages(sceneNow));
  const brought = records.find(
    (one): one is Encounter => one.kind === 'encounter' && one.bedId !== null && one.complaint === 'Sepsis ?',
  );
  if (brought) records[records.indexOf(brought)] = { ...brought, arrivalMode: 'ambulance', incidentId: testId('1', 9) };
  return records;
};
