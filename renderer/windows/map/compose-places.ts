/** Incidents and hospitals as they stand on the map. Pure. */
import type { Id } from '#domain/model/values.ts';
import { spanText } from '../../ui/time.ts';
import { isWithin } from './auto-fit.ts';
import { pinSize } from './crowd.ts';
import { symbolGaps } from './label-gaps.ts';
import type { NamedMark, Scene } from './picture.ts';
import { type IncidentRow, inboundByHospital, incidentClock, shortNumber } from './situation.ts';
import { m } from './strings.ts';
import { hospitalNote, statusName } from './words.ts';

/** Open incidents of these priorities stand on the map whatever is switched off. */
const neverHidden = 2;

/** The incidents to be drawn: with their layer off those of the first two priorities and the chosen one are left. */
export const placeIncidents = (
  rows: readonly IncidentRow[],
  { now, selection, layers, view }: Pick<Scene, 'now' | 'selection' | 'layers' | 'view'>,
): readonly NamedMark[] => {
  const isShown = ({ incident }: IncidentRow): boolean =>
    layers.incidents || incident.priority <= neverHidden || selection?.id === incident.id;
  const shown = rows.filter(isShown);
  const inView = shown.filter(({ incident }) => isWithin(incident.position, view)).length;
  return shown.map((row): NamedMark => {
    const { incident, missions } = row;
    const selected = selection?.id === incident.id;
    const { since, limits, lead } = incidentClock(row);
    const span = spanText(now - since);
    const sub = lead ? `${statusName(lead.unit.status).toLowerCase()} ${span}` : m('noUnitSince', { span });
    const late = !lead || (limits !== null && now - since > limits.alert);
    const alone = missions.length === 0;
    const size = selected ? 1 : pinSize(inView, alone);
    return {
      id: incident.id,
      position: incident.position,
      look: { kind: 'pin', priority: incident.priority, alone, selected, size },
      // Who has nobody lies on top, then the most urgent.
      order: selected ? 1 : (alone ? 0 : -10) - incident.priority,
      name: shortNumber(incident),
      sub,
      tone: late ? 'late' : 'plain',
      gap: selected ? symbolGaps.selectedPin : symbolGaps.pin * size,
      rank: selected ? 0 : incident.priority + (alone ? 0 : 0.5),
    };
  });
};

/** Hospitals with what is out of the ordinary at them; with their layer off the chosen one alone. */
export const placeHospitals = ({
  records,
  selection,
  layers,
}: Pick<Scene, 'records' | 'selection' | 'layers'>): readonly NamedMark[] => {
  const inbound: ReadonlyMap<Id, number> = inboundByHospital(records);
  return [...records.hospital.values()].flatMap(({ record: hospital }): NamedMark[] => {
    const selected = selection?.id === hospital.id;
    if (!layers.hospitals && !selected) return [];
    return [
      {
        id: hospital.id,
        position: hospital.position,
        look: { kind: 'hospital', status: hospital.emsTrafficStatus, selected },
        order: selected ? 1 : 0,
        name: hospital.name,
        sub: hospitalNote(hospital, inbound.get(hospital.id) ?? 0),
        tone: 'plain',
        gap: selected ? symbolGaps.selected : symbolGaps.hospital,
        rank: selected ? 0 : 5,
      },
    ];
  });
};
