import type { z } from 'zod';
import { acknowledgeAlarm } from './acknowledge-alarm.ts';
import { acknowledgeMessage } from './acknowledge-message.ts';
import { addArea } from './add-area.ts';
import { addCareNote } from './add-care-note.ts';
import { addIncidentNote } from './add-incident-note.ts';
import { addTask } from './add-task.ts';
import { answerCall } from './answer-call.ts';
import { answerRollCall } from './answer-roll-call.ts';
import { arrangeArea } from './arrange-area.ts';
import { assignBed } from './assign-bed.ts';
import { blockBed } from './block-bed.ts';
import { cancelDispatch } from './cancel-dispatch.ts';
import { cancelDispatchByVoice } from './cancel-dispatch-by-voice.ts';
import { cancelIncident } from './cancel-incident.ts';
import { cleanBed } from './clean-bed.ts';
import { correctIncident } from './correct-incident.ts';
import { createIncident } from './create-incident.ts';
import { decideAdmission } from './decide-admission.ts';
import { dispatchByVoice } from './dispatch-by-voice.ts';
import { dispatchUnit } from './dispatch-unit.ts';
import { divertUnit } from './divert-unit.ts';
import { endCall } from './end-call.ts';
import { endReservation } from './end-reservation.ts';
import { endSurge } from './end-surge.ts';
import { endTask } from './end-task.ts';
import { expectDeparture } from './expect-departure.ts';
import { markSpoken } from './mark-spoken.ts';
import { mergeIncidents } from './merge-incidents.ts';
import { mergePatients } from './merge-patients.ts';
import { openBed } from './open-bed.ts';
import { recordLeft } from './record-left.ts';
import { recordMoment } from './record-moment.ts';
import { recordPrealert } from './record-prealert.ts';
import { recordSurgeAction } from './record-surge-action.ts';
import { recordTriage } from './record-triage.ts';
import { refuseDispatch } from './refuse-dispatch.ts';
import { registerPatient } from './register-patient.ts';
import { releaseBed } from './release-bed.ts';
import { reopenIncident } from './reopen-incident.ts';
import { reopenSurge } from './reopen-surge.ts';
import { reserveBed } from './reserve-bed.ts';
import { resolveDisagreement } from './resolve-disagreement.ts';
import { restoreToBed } from './restore-to-bed.ts';
import { returnToWaiting } from './return-to-waiting.ts';
import { sendMessage } from './send-message.ts';
import { setAway } from './set-away.ts';
import { setDestination } from './set-destination.ts';
import { setEmergency } from './set-emergency.ts';
import { setHospitalCapacity } from './set-hospital-capacity.ts';
import { setHospitalStatus } from './set-hospital-status.ts';
import { setUnitStatus } from './set-unit-status.ts';
import { signHandover } from './sign-handover.ts';
import { splitIncident } from './split-incident.ts';
import { swapBeds } from './swap-beds.ts';
import { takeBackMerge } from './take-back-merge.ts';
import { takeBackSplit } from './take-back-split.ts';
import { takeBackSurgeAction } from './take-back-surge-action.ts';
import { unassignBed } from './unassign-bed.ts';
import { unblockBed } from './unblock-bed.ts';
import { updateCare } from './update-care.ts';
import { writeHandover } from './write-handover.ts';

/** Every command a person can give, by name. */
export const commands = {
  acknowledgeAlarm,
  acknowledgeMessage,
  addArea,
  addCareNote,
  addIncidentNote,
  addTask,
  answerCall,
  answerRollCall,
  arrangeArea,
  assignBed,
  blockBed,
  cancelDispatch,
  cancelDispatchByVoice,
  cancelIncident,
  cleanBed,
  correctIncident,
  createIncident,
  decideAdmission,
  dispatchByVoice,
  dispatchUnit,
  divertUnit,
  endCall,
  endReservation,
  endSurge,
  endTask,
  expectDeparture,
  markSpoken,
  mergeIncidents,
  mergePatients,
  openBed,
  recordLeft,
  recordMoment,
  recordPrealert,
  recordSurgeAction,
  recordTriage,
  refuseDispatch,
  registerPatient,
  releaseBed,
  reopenIncident,
  reopenSurge,
  reserveBed,
  resolveDisagreement,
  restoreToBed,
  returnToWaiting,
  sendMessage,
  setAway,
  setDestination,
  setEmergency,
  setHospitalCapacity,
  setHospitalStatus,
  setUnitStatus,
  signHandover,
  splitIncident,
  swapBeds,
  takeBackMerge,
  takeBackSplit,
  takeBackSurgeAction,
  unassignBed,
  unblockBed,
  updateCare,
  writeHandover,
} as const;

export type CommandName = keyof typeof commands;
/** What a window gives; what it leaves out has its default. */
export type CommandInput<N extends CommandName> = z.input<(typeof commands)[N]['input']>;
export type ParsedInput<N extends CommandName> = z.output<(typeof commands)[N]['input']>;
