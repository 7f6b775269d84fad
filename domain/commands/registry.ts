import type { z } from 'zod';
import { acknowledgeAlarm } from './acknowledge-alarm.ts';
import { assignBed } from './assign-bed.ts';
import { blockBed } from './block-bed.ts';
import { cleanBed } from './clean-bed.ts';
import { createIncident } from './create-incident.ts';
import { dispatchByVoice } from './dispatch-by-voice.ts';
import { dispatchUnit } from './dispatch-unit.ts';
import { mergePatients } from './merge-patients.ts';
import { recordTriage } from './record-triage.ts';
import { registerPatient } from './register-patient.ts';
import { releaseBed } from './release-bed.ts';
import { restoreToBed } from './restore-to-bed.ts';
import { setUnitStatus } from './set-unit-status.ts';
import { unassignBed } from './unassign-bed.ts';
import { unblockBed } from './unblock-bed.ts';

/** Every command a person can give, by name. */
export const commands = {
  acknowledgeAlarm,
  assignBed,
  blockBed,
  cleanBed,
  createIncident,
  dispatchByVoice,
  dispatchUnit,
  mergePatients,
  recordTriage,
  registerPatient,
  releaseBed,
  restoreToBed,
  setUnitStatus,
  unassignBed,
  unblockBed,
} as const;

export type CommandName = keyof typeof commands;
export type CommandInput<N extends CommandName> = z.infer<(typeof commands)[N]['input']>;
