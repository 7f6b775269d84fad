import { useEffect, useRef, useState } from 'react';
import { derivedId } from '#domain/commands/derived-id.ts';
import type { RecordKind } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { callToBed } from '#domain/rules/call-to-bed.ts';
import { crewsAtDoor } from '#domain/rules/inbound.ts';
import { useClient, useFramePart, useServerTime, useTables, useWindowStore } from '../../state/hooks.ts';
import { linkOf } from '../../state/link.ts';
import { recordsOf, viewOf } from '../../state/store.ts';
import { useSealedDrafts } from '../../state/use-sealed-drafts.ts';
import { Panel, Void } from '../../ui/controls.tsx';
import { useGesture } from '../../ui/gesture.ts';
import { CallToBedLine } from '../../ui/inbound/parts.tsx';
import { inboundRows } from '../../ui/inbound/rows.ts';
import { useInbound } from '../../ui/inbound/use-inbound.tsx';
import { useRoadEtas } from '../../ui/inbound/use-road-etas.ts';
import { useKeys } from '../../ui/keys.tsx';
import { ageAndSex, shortName } from '../../ui/person.ts';
import { clockText } from '../../ui/time.ts';
import { ShiftHandover } from '../beds/handover/handover.tsx';
import { emptyForm, isWorthKeeping, type ReadForm, readForm, type TriageForm, whoIs } from './form.ts';
import { acuities, FormPanel, obstacleTo } from './form-panel.tsx';
import { InboundPanel } from './inbound-panel.tsx';
import { facilityOf, waitingRows } from './queue.ts';
import { QueuePanel } from './queue-panel.tsx';
import { w } from './strings.ts';
import './triage.css';

/** What the triage board draws of the records. */
const triageKinds: readonly RecordKind[] = [
  'facility',
  'hospital',
  'encounter',
  'patient',
  'triageAssessment',
  'assignment',
  'unit',
  'incident',
  'area',
  'bed',
];

/** A form on the desk and the id under which its draft is kept: the visit's, or a new one for somebody new. */
type OpenForm = { readonly draftId: Id; readonly form: TriageForm };

/** The triage queue left, the form right. */
export const TriageBoard = () => {
  const client = useClient();
  const store = useWindowStore();
  const gesture = useGesture();
  const zone = useFramePart('timeZone');
  const tables = useTables(triageKinds);
  const now = useServerTime();
  const drafts = useSealedDrafts('vigil-drafts', emptyForm);
  const [selected, setSelected] = useState<Id | null>(null);
  const [open, setOpen] = useState<OpenForm | null>(null);
  const saving = useRef(false);

  const waiting = tables && now !== null ? waitingRows(tables, now) : null;
  const estimates = useRoadEtas(tables, now);
  const inbound = tables && now !== null ? inboundRows(tables, store.getState().positions, now, estimates) : null;
  const facility = tables && facilityOf(tables);
  const link = linkOf(store.getState(), performance.now());
  const receivedAt = link.state === 'stale' || link.state === 'offline' ? link.lastHeardAt : null;
  const chosen = waiting?.find(({ encounter }) => encounter.id === selected) ?? null;
  const read = open && readForm(open.form);
  const encounter = open?.form.encounterId ? (tables?.encounter.get(open.form.encounterId)?.record ?? null) : null;
  const patient = encounter ? tables?.patient.get(encounter.patientId)?.record : undefined;

  useEffect(() => {
    document.querySelector(`[data-encounter="${selected}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  const journey =
    encounter?.incidentId && tables
      ? callToBed(encounter, tables.incident.get(encounter.incidentId)?.record, recordsOf(tables, 'assignment'))
      : null;
  const crews =
    tables && open?.form.encounterId === null && open.form.arrivalMode === 'ambulance'
      ? crewsAtDoor(viewOf(tables)).map(({ assignment, unit }) => ({
          incidentId: assignment.incidentId,
          callsign: unit.callsign,
        }))
      : [];
  const show = (draftId: Id, form: TriageForm): void =>
    setOpen({ draftId, form: drafts.list.find(({ id }) => id === draftId)?.form ?? form });
  const openPatient = (encounterId: Id): void => {
    setSelected(encounterId);
    const visit = tables?.encounter.get(encounterId)?.record;
    const person = visit ? tables?.patient.get(visit.patientId)?.record : undefined;
    show(encounterId, {
      ...emptyForm,
      encounterId,
      complaint: visit?.complaint ?? '',
      age: person?.ageYears === null || person === undefined ? '' : String(person.ageYears),
      allergies: person?.allergies?.join(', ') ?? '',
    });
  };
  const change = (part: Partial<TriageForm>): void => {
    if (!open) return;
    const form = { ...open.form, ...part };
    setOpen({ ...open, form });
    if (isWorthKeeping(form)) drafts.keepSoon(open.draftId, form);
  };
  const leave = (): void => setOpen(null);
  const discard = (): void => {
    if (open) drafts.discard(open.draftId);
    leave();
  };

  const register = async (form: TriageForm): Promise<Id | null> => {
    const { age, allergies } = readForm(form);
    const family = form.family.trim();
    const name = family === '' ? null : { family, given: form.given.trim() };
    const answer = await gesture(
      'registerPatient',
      {
        name,
        mrn: null,
        birthDate: null,
        ageYears: age,
        ageEstimated: form.ageEstimated,
        sex: form.sex,
        allergies: allergies === null ? null : [...allergies],
        arrivalMode: form.arrivalMode,
        complaint: form.complaint.trim(),
        place: form.place.trim() || null,
        incidentId: form.arrivalMode === 'ambulance' ? form.incidentId : null,
      },
      { text: w('registered', { name: family || w('unnamed') }) },
    );
    return answer.status === 'saved' ? derivedId(answer.commandId, 1) : null;
  };

  const save = async (): Promise<void> => {
    if (!open || !read || saving.current || obstacleTo(open.form, read) !== null) return;
    // A second press of save must not register the same person again.
    saving.current = true;
    try {
      await saveForm(open, read);
    } finally {
      saving.current = false;
    }
  };
  const saveForm = async (opened: OpenForm, { vitals, allergies }: ReadForm): Promise<void> => {
    const { form } = opened;
    const name = form.encounterId === null ? form.family.trim() || w('unnamed') : shortName(patient);
    const encounterId = form.encounterId ?? (await register(form));
    if (encounterId === null) return;
    setSelected(encounterId);
    if (form.acuity === null) return discard();
    setOpen({ ...opened, form: { ...form, encounterId } });
    const answer = await gesture(
      'recordTriage',
      {
        encounterId,
        complaint: form.complaint.trim(),
        vitals,
        spo2Scale: form.spo2Scale,
        acuity: form.acuity,
        note: form.note.trim() || null,
        allergies: allergies === null ? null : [...allergies],
      },
      { text: w('saved', { name, level: form.acuity }) },
    );
    if (answer.status === 'saved') discard();
  };

  const move = (step: number): void => {
    if (!waiting || waiting.length === 0) return;
    const at = waiting.findIndex(({ encounter: { id } }) => id === selected);
    setSelected(waiting[Math.min(waiting.length - 1, Math.max(0, at + step))]?.encounter.id ?? null);
  };
  const arrivals = useInbound({
    rows: inbound ?? [],
    now: now ?? 0,
    timeZone: zone,
    onRegister: ({ inbound: { incident, assignment } }) =>
      show(client.newId(), {
        ...emptyForm,
        ...whoIs(assignment.prealert?.age ?? incident?.patientSummary ?? ''),
        arrivalMode: 'ambulance',
        incidentId: assignment.incidentId,
        complaint: assignment.prealert?.mechanism ?? incident?.category ?? '',
      }),
  });
  useKeys([
    ...arrivals.keys,
    { key: ['ArrowUp', 'ArrowDown'], label: w('keyQueue'), run: (key) => move(key === 'ArrowDown' ? 1 : -1) },
    { key: 'Enter', label: w('keyOpen'), when: chosen !== null, run: () => chosen && openPatient(chosen.encounter.id) },
    { key: 'n', label: w('keyNew'), run: () => show(client.newId(), emptyForm) },
    {
      key: acuities.map(String),
      label: w('keyLevel'),
      when: open !== null,
      run: (key) => change({ acuity: acuities.find((acuity) => String(acuity) === key) ?? null }),
    },
    {
      key: acuities.map((acuity) => `Alt+${acuity}`),
      label: w('keyLevel'),
      when: open !== null,
      quiet: true,
      whileTyping: true,
      run: (key) => change({ acuity: acuities.find((acuity) => String(acuity) === key) ?? null }),
    },
    { key: 'Ctrl+Enter', label: w('keySave'), when: open !== null, run: () => void save() },
    { key: 'Escape', label: w('keyBack'), when: open !== null, run: leave },
  ]);

  const keptText =
    drafts.failure !== null
      ? w('draftFailed', { message: drafts.failure })
      : drafts.keptAt === null
        ? null
        : w('draftKept', { time: clockText(drafts.keptAt, zone) });
  return (
    <div className="triage" data-rows={waiting?.length ?? ''}>
      <QueuePanel
        waiting={waiting}
        inbound={
          <InboundPanel
            rows={inbound}
            note={receivedAt === null ? null : w('asReceived', { time: clockText(receivedAt, zone) })}
            timeZone={zone}
            selected={arrivals.selected}
            onSelect={arrivals.select}
          >
            {arrivals.drawer}
          </InboundPanel>
        }
        facility={facility}
        selected={selected}
        drafts={new Set(drafts.list.map(({ id }) => id))}
        onSelect={setSelected}
        onOpen={openPatient}
      />
      <div className="triage__form">
        {open && read ? (
          <FormPanel
            key={open.draftId}
            form={open.form}
            read={read}
            title={
              encounter
                ? `${shortName(patient)} · ${ageAndSex(patient)} · ${w('arrivedAt', { time: clockText(encounter.arrivedAt, zone) })}`
                : w('newPatient')
            }
            kept={keptText}
            facility={facility}
            encounter={encounter}
            crews={crews}
            journey={
              journey === null ? null : (
                <CallToBedLine
                  steps={journey}
                  callsign={(unitId) => tables?.unit.get(unitId)?.record.callsign ?? '–'}
                  timeZone={zone}
                />
              )
            }
            onChange={change}
            onSave={() => void save()}
            onKeep={leave}
            onDiscard={discard}
          />
        ) : (
          <Panel
            title={w('drafts')}
            meta={drafts.failure === null ? drafts.list.length : w('draftFailed', { message: drafts.failure })}
          >
            {drafts.list.map(({ id, form, savedAt }) => {
              const of = form.encounterId === null ? undefined : tables?.encounter.get(form.encounterId)?.record;
              const name = of ? shortName(tables?.patient.get(of.patientId)?.record) : form.family || w('draftNew');
              return (
                <button key={id} type="button" className="triage__draft" onClick={() => show(id, form)}>
                  {w('draftOf', { name, time: clockText(savedAt, zone) })}
                </button>
              );
            })}
            <Void kind="none" title={w('formEmpty')}>
              {w('formEmptyWhy')}
            </Void>
          </Panel>
        )}
      </div>
      {arrivals.dialog}
      <ShiftHandover />
    </div>
  );
};
