/** The words of a printed handover. Both languages have every word. */
import type { HandoverChange, HandoverPoint, HandoverReason } from '#domain/model/handover.ts';
import { unknown } from './texts.ts';
import type { PackLanguage } from './words.ts';

const english = {
  title: 'Shift handover',
  stateDraft: 'draft, not saved',
  stateWritten: 'written, not signed',
  stateOne: 'signed by one, not by both',
  statePending: 'signed at a desk, not confirmed by the hospital yet',
  stateSigned: 'signed by both',
  stateReplaced: 'not signed by both, replaced by a later handover',
  markDraft: 'DRAFT · NOT SIGNED',
  markOne: 'DRAFT · NOT SIGNED BY BOTH',
  markPending: 'NOT CONFIRMED · DRAFT',
  markReplaced: 'REPLACED · NOT SIGNED BY BOTH',
  written: 'Written',
  by: 'by',
  given: 'Hands over',
  taken: 'Takes over',
  notSigned: 'not signed',
  unconfirmed: 'not confirmed by the hospital yet',
  printed: 'Printed',
  live: 'Data of this desk: live',
  offline: 'OFFLINE: the hospital is not heard. Data of this desk as of',
  loading: 'The data of this desk is not whole: it is loading',
  overview: 'Handover and what changed',
  signatures: 'Signatures',
  department: 'The department in words',
  nothingWritten: 'nothing written',
  changedSince: 'What changed since the handover of',
  first: 'No handover before this one was signed by both: everything is new',
  nothingChanged: 'Nothing.',
  roster: 'Patients by nurse',
  rosterNow: 'as they stood when it was written',
  noNurse: 'No nurse named',
  patients: 'patients',
  patient: 'patient',
  others: 'Incidents, alarms, tasks, department',
  bed: 'Bed',
  level: 'Lvl',
  facts: 'Facts',
  patientFacts: 'Patient and facts',
  tasks: 'Open tasks',
  added: 'Added by who hands over',
  spoken: 'Spoken',
  change: 'Change',
  about: 'About',
  yes: 'yes',
  no: 'NO',
  due: 'due',
};

type Stood = NonNullable<HandoverPoint['stood']>;

export type HandoverWords = Readonly<Record<keyof typeof english, string>> & {
  readonly changes: Readonly<Record<HandoverChange, string>>;
  /** The same after a number. */
  readonly counted: Readonly<Record<HandoverChange, string>>;
  readonly reasons: Readonly<Record<HandoverReason, string>>;
  readonly abouts: Readonly<Record<HandoverPoint['about'], string>>;
  /** A segment of the facts that stands in a column of its own. */
  readonly said: (stood: Stood) => readonly string[];
};

/** `7`, `≥7` where something was not measured, `–` when nothing can be said. */
export const news2Text = ({ news2, news2AtLeast }: Pick<Stood, 'news2' | 'news2AtLeast'>): string =>
  news2 === null ? unknown : `${news2AtLeast ? '≥' : ''}${news2}`;

const saidIn =
  (level: string, nurse: string): HandoverWords['said'] =>
  (stood) => [
    ...(stood.bed === null ? [] : [stood.bed]),
    `${level} ${stood.acuity ?? '–'}`,
    ...(stood.news2 === null ? [] : [`NEWS2 ${news2Text(stood)}`]),
    ...(stood.nurse === null ? [] : [`${nurse} ${stood.nurse}`]),
  ];

/** Every word in every language. */
export const handoverWords: Readonly<Record<PackLanguage, HandoverWords>> = {
  en: {
    ...english,
    changes: { new: 'new', changed: 'changed', left: 'left', same: 'as before' },
    counted: { new: 'new', changed: 'changed', left: 'left', same: 'as before' },
    reasons: {
      level: 'more urgent level',
      news2: 'NEWS2 higher',
      alarm: 'alarm',
      isolation: 'isolation',
      flag: 'new flag',
      admitted: 'to be admitted',
      moved: 'moved',
      away: 'out',
      task: 'task',
      note: 'note',
      arrived: 'arrived',
      left: 'left',
      opened: 'opened',
      corrected: 'corrected',
      overdue: 'overdue',
    },
    abouts: { patient: 'Patients', incident: 'Incidents', alarm: 'Alarms', task: 'Open tasks', department: 'Department' },
    said: saidIn('level', 'nurse'),
  },
  es: {
    title: 'Pase de guardia',
    stateDraft: 'borrador, sin guardar',
    stateWritten: 'escrito, sin firmas',
    stateOne: 'con una firma, falta la otra',
    statePending: 'firmado en un puesto, sin confirmar por el hospital',
    stateSigned: 'con las dos firmas',
    stateReplaced: 'sin las dos firmas, reemplazado por otro posterior',
    markDraft: 'BORRADOR · SIN FIRMAR',
    markOne: 'BORRADOR · FALTA UNA FIRMA',
    markPending: 'SIN CONFIRMAR · BORRADOR',
    markReplaced: 'REEMPLAZADO · SIN LAS DOS FIRMAS',
    written: 'Escrito',
    by: 'por',
    given: 'Entrega',
    taken: 'Recibe',
    notSigned: 'sin firma',
    unconfirmed: 'sin confirmar por el hospital',
    printed: 'Impreso',
    live: 'Datos de este puesto: en vivo',
    offline: 'SIN CONEXIÓN: no se oye al hospital. Datos de este puesto de',
    loading: 'Los datos de este puesto no están completos: se están cargando',
    overview: 'El pase y lo que cambió',
    signatures: 'Firmas',
    department: 'El servicio en palabras',
    nothingWritten: 'nada escrito',
    changedSince: 'Lo que cambió desde el pase de',
    first: 'Ningún pase anterior tiene las dos firmas: todo es nuevo',
    nothingChanged: 'Nada.',
    roster: 'Pacientes por enfermería',
    rosterNow: 'como estaban al escribirlo',
    noNurse: 'Sin enfermería indicada',
    patients: 'pacientes',
    patient: 'paciente',
    others: 'Incidentes, alarmas, tareas, servicio',
    bed: 'Cama',
    level: 'Niv',
    facts: 'Datos',
    patientFacts: 'Paciente y datos',
    tasks: 'Tareas abiertas',
    added: 'Agregado por quien entrega',
    spoken: 'Dicho',
    change: 'Cambio',
    about: 'Sobre',
    yes: 'sí',
    no: 'NO',
    due: 'para las',
    changes: { new: 'nuevo', changed: 'con cambios', left: 'se fue', same: 'como antes' },
    counted: { new: 'nuevos', changed: 'con cambios', left: 'se fueron', same: 'como antes' },
    reasons: {
      level: 'nivel más urgente',
      news2: 'NEWS2 más alto',
      alarm: 'alarma',
      isolation: 'aislamiento',
      flag: 'aviso nuevo',
      admitted: 'a internar',
      moved: 'cambió de lugar',
      away: 'fuera',
      task: 'tarea',
      note: 'nota',
      arrived: 'llegó',
      left: 'se fue',
      opened: 'abierto',
      corrected: 'corregido',
      overdue: 'atrasada',
    },
    abouts: {
      patient: 'Pacientes',
      incident: 'Incidentes',
      alarm: 'Alarmas',
      task: 'Tareas abiertas',
      department: 'Servicio',
    },
    said: saidIn('nivel', 'enfermería'),
  },
};
