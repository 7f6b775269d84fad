import type { BoardSettings } from '../model/board-settings.ts';
import type { RecordView } from '../model/record.ts';

/**
 * What is shipped; a site writes its own. The intervals of observations are those of NEWS2 (RCP 2017: 0 at least 12-hourly, 1 to 4
 * at least 4 to 6-hourly, a single 3 and from 5 on at least hourly, from 7 on continuous); a quarter of an hour stands for
 * "continuous" where no monitor is bound. For children and in pregnancy none is shipped: those charts are a site's own. NEDOCS counts
 * respirators (Weiss 2004); that non-invasive ventilation is none of them is our reading, and a site's choice. The NEDOCS cuts are those of its bands (Weiss 2004). All else is ours: turnaround,
 * boarding and the other surge values, how long a clean is offered to take, what is offered for a bed out of use and for a patient who
 * is out, how long a bed is held, both notices, and that whoever left unseen is listed for a shift of twelve hours.
 */
export const shippedBoardSettings: BoardSettings = {
  placementLeads: 'adt',
  turnaroundMinutes: 45,
  cleaningMinutes: { standard: 20, deep: 45 },
  offeredMinutes: { outOfUse: [60, 240, 480], away: [30, 60, 120] },
  holdGraceMinutes: 30,
  boardingMinutes: 240,
  levelObservationMinutes: null,
  nivIsVentilated: false,
  observationMinutes: { none: 720, low: 240, single: 60, medium: 60, high: 15 },
  observationNoticeMinutes: 15,
  retriageNoticeMinutes: 5,
  leftListedMinutes: 720,
  surge: [
    {
      code: 'OVERCROWDED',
      name: 'Overcrowded',
      measure: 'nedocs',
      from: 100,
      until: 90,
      actions: ['Bed meeting called', 'Discharge round asked for', 'Ambulance room told', 'Extra staff called'],
    },
    {
      code: 'SEVERE',
      name: 'Severely overcrowded',
      measure: 'nedocs',
      from: 140,
      until: 130,
      actions: ['Capacity spaces opened', 'Hospital command informed', 'Divert asked for', 'Wards asked to take boarders now'],
    },
    {
      code: 'BOARDING',
      name: 'Many patients wait for a ward',
      measure: 'boarders',
      from: 8,
      until: 6,
      actions: ['Bed management called', 'Boarders moved to the wards', 'Boarding area opened'],
    },
  ],
  wall: { displays: 'initials', desks: 'initials' },
};

/** The settings of the site whose records these are. */
export const boardSettingsOf = (view: Pick<RecordView, 'list'>): BoardSettings => {
  for (const { board } of view.list('facility')) if (board) return board;
  return shippedBoardSettings;
};
