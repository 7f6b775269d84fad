import type { BoardSettings } from '../model/board-settings.ts';
import type { VigilRecord } from '../model/record.ts';

/**
 * What a wall display may hold of a record, or undefined for one it may not hold at all. Names, record numbers, birth dates,
 * allergies, complaints and every text a person wrote about a patient are cut here, so that they are absent from the
 * display's memory and disk and not merely hidden; initials too where the site `shows` nobody on its displays. Every kind is named: a
 * new one does not compile until it is decided.
 */
export const projectForDisplay = (record: VigilRecord, shows: BoardSettings['wall']['displays']): VigilRecord | undefined => {
  switch (record.kind) {
    case 'patient':
      return {
        ...record,
        mrn: null,
        name: null,
        initials: shows === 'nobody' ? '' : record.initials,
        birthDate: null,
        allergies: null,
      };
    case 'encounter':
      return {
        ...record,
        complaint: null,
        nextStep: null,
        place: null,
        nurse: null,
        doctor: null,
        flagNotes: [],
        // When somebody got a bed, from which crowding is reckoned: not where they waited, nor who moved them.
        moves: record.moves.map(({ at, bedId, place }) => ({ at, bedId, place: place && '', by: '', note: null })),
        changes: [],
        visitNumber: null,
        admitTo: null,
        away: record.away && { ...record.away, to: '' },
      };
    case 'incident':
      // The street tells who lives there: the point stays for the map, to about a kilometre.
      return {
        ...record,
        address: '',
        position: [Math.round(record.position[0] * 100) / 100, Math.round(record.position[1] * 100) / 100],
        patientSummary: null,
        caller: null,
        endReason: null,
        notes: [],
        events: [],
      };
    case 'assignment':
      return {
        ...record,
        dispatchedBy: { ...record.dispatchedBy, name: '' },
        voiceNote: null,
        refusal: record.refusal && { ...record.refusal, reason: '' },
        endReason: null,
        // That a bay is wanted may be seen from afar, and nothing of the patient.
        prealert: record.prealert && {
          at: record.prealert.at,
          by: { ...record.prealert.by, name: '' },
          urgency: record.prealert.urgency,
          age: null,
          time: null,
          mechanism: null,
          injuries: null,
          signs: null,
          treatment: null,
        },
      };
    case 'bed':
      return { ...record, note: null, cleaner: null, reservation: record.reservation && { ...record.reservation, reason: '' } };
    case 'triageAssessment':
      // The numbers from which a wall reckons NEWS2, and nothing of who or why.
      return { ...record, by: { ...record.by, name: '' }, complaint: '', note: null };
    case 'call':
    case 'message':
    case 'careNote':
    case 'task':
    case 'handover':
    case 'disagreement':
    case 'interfaceLink':
      return undefined;
    case 'surge':
      // That something was done, and when: not what, nor who did it.
      return {
        ...record,
        actions: record.actions.map((action) => ({
          ...action,
          by: { ...action.by, name: '' },
          text: '',
          takenBack: action.takenBack && { ...action.takenBack, by: { ...action.takenBack.by, name: '' }, reason: '' },
        })),
        ended: record.ended && { ...record.ended, by: { ...record.ended.by, name: '' } },
      };
    case 'unit':
      return { ...record, outOfServiceReason: null, emergencyReason: null };
    case 'alarm':
      return { ...record, acknowledgedBy: record.acknowledgedBy && { ...record.acknowledgedBy, name: '' } };
    case 'facility':
    case 'area':
    case 'device':
    case 'capacitySample':
      return record;
    case 'hospital':
      return { ...record, divert: record.divert && { ...record.divert, reason: '', by: { ...record.divert.by, name: '' } } };
  }
};
