/** What is said of each thing in a list of things at one spot. Pure. */
import { freshness } from '#domain/rules/freshness.ts';
import { spanText } from '../../ui/time.ts';
import { ageText, type PickOption } from './map-overlays.tsx';
import type { Scene, Selection } from './picture.ts';
import { inboundByHospital, shortNumber } from './situation.ts';
import { m } from './strings.ts';
import { hospitalLine, statusName, typeShort } from './words.ts';

/** Callsign, status and the age of its position for a unit; what names the others. What is not known any more is left out. */
export const pickOptions = (
  { records, positions, now }: Pick<Scene, 'records' | 'positions' | 'now'>,
  found: readonly Selection[],
): readonly PickOption[] =>
  found.flatMap((selection): PickOption[] => {
    const unit = records.unit.get(selection.id)?.record;
    if (unit) {
      const fix = positions.get(unit.id);
      const fresh = fix && freshness('unitFix', fix, now);
      const signs = [
        unit.emergency ? m('emergency') : null,
        unit.delayed ? m('delayed') : null,
        fresh?.skewed ? m('clockDiffers') : null,
      ];
      const detail = [
        typeShort(unit.type),
        `${statusName(unit.status)} ${spanText(now - unit.statusSince)}`,
        ...signs.filter((sign) => sign !== null),
      ];
      return [
        {
          selection,
          label: unit.callsign,
          detail: detail.join(' · '),
          age: fresh ? m('fixLine', { age: ageText(fresh.ageMs) }) : m('withoutPlace'),
        },
      ];
    }
    const incident = records.incident.get(selection.id)?.record;
    if (incident)
      return [
        { selection, label: shortNumber(incident), detail: incident.category, age: spanText(now - incident.callReceivedAt) },
      ];
    const hospital = records.hospital.get(selection.id)?.record;
    return hospital
      ? [
          {
            selection,
            label: hospital.name,
            detail: hospitalLine(hospital, inboundByHospital(records).get(hospital.id) ?? 0),
            age: '',
          },
        ]
      : [];
  });
