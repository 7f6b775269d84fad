import type { z } from 'zod';
import { acknowledgeAlarm } from './acknowledge-alarm.ts';
import { acknowledgeMessage } from './acknowledge-message.ts';
import { addIncidentNote } from './add-incident-note.ts';
import { answerCall } from './answer-call.ts';
import { answerRollCall } from './answer-roll-call.ts';
import { assignBed } from './assign-bed.ts';
import { blockBed } from './block-bed.ts';
import { cancelDispatch } from './cancel-dispatch.ts';
import { cancelIncident } from './cancel-incident.ts';
import { cleanBed } from './clean-bed.ts';
import { correctIncident } from './correct-incident.ts';
import { createIncident } from './create-incident.ts';
import { dispatchByVoice } from './dispatch-by-voice.ts';
import { dispatchUnit } from './dispatch-unit.ts';
import { divertUnit } from './divert-unit.ts';
import { endCall } from './end-call.ts';
import { endReservation } from './end-reservation.ts';
import { mergeIncidents } from './merge-incidents.ts';
import { mergePatients } from './merge-patients.ts';
import { recordMoment } from './record-moment.ts';
import { recordPrealert } from './record-prealert.ts';
import { recordTriage } from './record-triage.ts';
import { refuseDispatch } from './refuse-dispatch.ts';
import { registerPatient } from './register-patient.ts';
import { releaseBed } from './release-bed.ts';
import { reopenIncident } from './reopen-incident.ts';
import { reserveBed } from './reserve-bed.ts';
import { restoreToBed } from './restore-to-bed.ts';
import { sendMessage } from './send-message.ts';
import { setDestination } from './set-destination.ts';
import { setEmergency } from './set-emergency.ts';
import { setHospitalCapacity } from './set-hospital-capacity.ts';
import { setHospitalStatus } from './set-hospital-status.ts';
import { setUnitStatus } from './set-unit-status.ts';
import { splitIncident } from './split-incident.ts';
import { unassignBed } from './unassign-bed.ts';
import { unblockBed } from './unblock-bed.ts';

/** Every command a person can give, by name. */
export const commands = {
  acknowledgeAlarm,
  acknowledgeMessage,
  addIncidentNote,
  answerCall,
  answerRollCall,
  assignBed,
  blockBed,
  cancelDispatch,
  cancelIncident,
  cleanBed,
  correctIncident,
  createIncident,
  dispatchByVoice,
  dispatchUnit,
  divertUnit,
  endCall,
  endReservation,
  mergeIncidents,
  mergePatients,
  recordMoment,
  recordPrealert,
  recordTriage,
  refuseDispatch,
  registerPatient,
  releaseBed,
  reopenIncident,
  reserveBed,
  restoreToBed,
  sendMessage,
  setDestination,
  setEmergency,
  setHospitalCapacity,
  setHospitalStatus,
  setUnitStatus,
  splitIncident,
  unassignBed,
  unblockBed,
} as const;

export type CommandName = keyof typeof commands;
/** What a window gives; what it leaves out has its default. */
export type CommandInput<N extends CommandName> = z.input<(typeof commands)[N]['input']>;
export type ParsedInput<N extends CommandName> = z.output<(typeof commands)[N]['input']>;
