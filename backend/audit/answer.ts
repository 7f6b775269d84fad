import { type AuditAnswer, auditAnchorText } from '#contracts/wire/audit.ts';
import type { Id } from '#domain/model/values.ts';
import type { HospitalTrail } from './trail.ts';

/** What a station is told of the trails, its own head signed (`sign`: Ed25519, base64url); undefined when there is nothing to tell. */
export const signedAnswer = (trail: HospitalTrail, stationId: Id, sign: (text: string) => string): AuditAnswer | undefined => {
  const answer = trail.answer(stationId);
  if (!answer) return undefined;
  const { hospital, station } = answer;
  return { hospital, station: { ...station, signature: sign(auditAnchorText(stationId, station)) } };
};
