import { useMemo, useState } from 'react';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Patient } from '#domain/model/patient.ts';
import type { RecordKind } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { boardSettingsOf } from '#domain/rules/board-defaults.ts';
import { readingSinceBinding } from '#domain/rules/device-binding.ts';
import { isPresent } from '#domain/rules/encounter-status.ts';
import { useFramePart, useServerTime, useTables, useWindow } from '../../../state/hooks.ts';
import { type RecordTables, recordsOf, viewOf } from '../../../state/store.ts';
import { AcuityBadge, Chip } from '../../../ui/badge.tsx';
import { Duration } from '../../../ui/clock.tsx';
import { Button, Dialog, Void } from '../../../ui/controls.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { ageAndSex, longName } from '../../../ui/person.ts';
import { clockText } from '../../../ui/time.ts';
import { writtenText } from '../../../ui/written-text.ts';
import { CareForm, CareView } from './care.tsx';
import { EventList } from './event-list.tsx';
import { NoteForm } from './note-form.tsx';
import { Observations } from './observations.tsx';
import { p } from './strings.ts';
import { Tasks } from './tasks.tsx';
import { useNote } from './use-note.ts';
import { Ways } from './ways.tsx';
import './patient.css';

const kinds: readonly RecordKind[] = [
  'encounter',
  'patient',
  'bed',
  'area',
  'triageAssessment',
  'careNote',
  'task',
  'alarm',
  'device',
  'disagreement',
  'incident',
  'assignment',
  'unit',
  'facility',
];

const Who = ({
  tables,
  encounter,
  patient,
  now,
  timeZone,
}: {
  readonly tables: RecordTables;
  readonly encounter: Encounter;
  readonly patient: Patient | undefined;
  readonly now: Instant;
  readonly timeZone: string | null;
}) => {
  const bed = encounter.bedId === null ? undefined : tables.bed.get(encounter.bedId)?.record;
  const where = bed
    ? p('inBed', { bed: bed.label, area: tables.area.get(bed.areaId)?.record.name ?? '–' })
    : encounter.departedAt === null
      ? writtenText(encounter.place ?? p('noBed'))
      : p('left', { time: clockText(encounter.departedAt, timeZone) });
  const allergies = patient?.allergies;
  return (
    <div className="record__who">
      <AcuityBadge acuity={encounter.acuity} />
      <b className="num-plain">{where}</b>
      <span>{ageAndSex(patient)}</span>
      <span className="t2">{patient?.birthDate ? p('born', { date: patient.birthDate }) : ''}</span>
      <span className="t2">{patient?.mrn == null ? p('mrnUnknown') : p('mrn', { mrn: patient.mrn })}</span>
      {encounter.visitNumber === null ? null : <span className="t2">{p('visit', { number: encounter.visitNumber })}</span>}
      <span>
        <span className="t3">{p('allergies')} </span>
        {allergies == null ? (
          <span className="t2">{p('allergiesUnknown')}</span>
        ) : allergies.length === 0 ? (
          p('allergiesNone')
        ) : (
          <b>{allergies.join(', ')}</b>
        )}
      </span>
      <span className="grow" />
      <b>{encounter.complaint ?? '–'}</b>
      <span>
        <Duration milliseconds={(encounter.departedAt ?? now) - encounter.arrivedAt} />
      </span>
      {encounter.flags.map((flag) => (
        <Chip key={flag} text={flag} tone={flag === 'ISO' ? 'strong' : 'plain'} />
      ))}
    </div>
  );
};

/** The record of one visit: who, observations, what happened, what is to be done, and how care is changed. */
export const PatientDialog = ({ encounterId, onClose }: { readonly encounterId: Id; readonly onClose: () => void }) => {
  const tables = useTables(kinds);
  const readings = useWindow((state) => state.readings);
  const timeZone = useFramePart('timeZone');
  const now = useServerTime() ?? 0;
  const [editing, setEditing] = useState(false);
  // Of the same rows the same view: what is reckoned on it is not reckoned anew each second.
  const view = useMemo(() => tables && viewOf(tables), [tables]);
  const encounter = tables?.encounter.get(encounterId)?.record;
  const patient = encounter && tables?.patient.get(encounter.patientId)?.record;
  const here = encounter !== undefined && isPresent(encounter);
  const name = longName(patient);
  const note = useNote(encounterId, name);
  useKeys([
    { key: 'e', label: p('editCare'), when: here && !editing, run: () => setEditing(true) },
    { key: 'Ctrl+Enter', label: p('saveNote'), whileTyping: true, when: note.text.trim() !== '', run: note.save },
  ]);
  if (!tables || !view || !encounter)
    return (
      <Dialog title="–" onClose={onClose} wide>
        <Void kind="unknown" title={p('gone')}>
          {p('goneWhy')}
        </Void>
      </Dialog>
    );
  const device = recordsOf(tables, 'device').find((one) => one.encounterId === encounterId);
  return (
    <Dialog title={p('title', { name })} onClose={onClose} wide>
      <Who tables={tables} encounter={encounter} patient={patient} now={now} timeZone={timeZone} />
      <div className="record">
        <section className="record__column" aria-label={p('trends')}>
          <Observations
            view={view}
            encounter={encounter}
            patient={patient}
            reading={device && readingSinceBinding(device, readings.get(device.id))}
            now={now}
            timeZone={timeZone}
          />
        </section>
        <section className="record__column record__column--list" aria-label={p('timeline')}>
          <EventList view={view} encounter={encounter} now={now} timeZone={timeZone} />
          <NoteForm note={note} />
        </section>
        <section className="record__column" aria-label={p('care')}>
          {editing && here ? (
            <CareForm encounter={encounter} name={name} onDone={() => setEditing(false)} />
          ) : (
            <>
              <CareView encounter={encounter} />
              {here ? (
                <div className="row section__do">
                  <Button touch keyName="e" onPress={() => setEditing(true)}>
                    {p('editCare')}
                  </Button>
                </div>
              ) : null}
            </>
          )}
          {here ? (
            <Ways
              encounter={encounter}
              name={name}
              backMinutes={boardSettingsOf(view).offeredMinutes.away}
              now={now}
              timeZone={timeZone}
            />
          ) : null}
          <Tasks
            tasks={recordsOf(tables, 'task').filter((task) => task.encounterId === encounterId && task.ended === null)}
            encounterId={here ? encounterId : null}
            name={name}
            timeZone={timeZone}
          />
        </section>
      </div>
    </Dialog>
  );
};
