/**
 * Areas and beds as Locations. Table 0116 has no word for a reserved bed: nobody lies in it, so it is unoccupied, and for whom it is
 * held stands in the Encounter.
 */
import type { Area } from '#domain/model/area.ts';
import type { Bed, BedStatus } from '#domain/model/bed.ts';
import { type Coding, codeSystems, concept, type Department, filled, type Resource, resource } from './resource.ts';

const words = {
  C: 'Closed',
  H: 'Housekeeping',
  K: 'Contaminated',
  O: 'Occupied',
  U: 'Unoccupied',
} as const;

const bedStatusCodes: Readonly<Record<BedStatus, keyof typeof words>> = {
  available: 'U',
  reserved: 'U',
  occupied: 'O',
  contaminated: 'K',
  cleaning: 'H',
  blocked: 'C',
  closed: 'C',
};

/** The status of a bed in table 0116; undefined for one that is no longer part of the department. */
export const operationalStatus = ({ status, retired }: Pick<Bed, 'status' | 'retired'>): Coding | undefined => {
  const code = bedStatusCodes[status];
  return retired ? undefined : { system: codeSystems.bedStatus, code, display: words[code] };
};

/** `suspended`: nobody can be put there for now. `inactive`: no longer part of the department. */
export const locationStatus = (place: Area | Bed): 'active' | 'suspended' | 'inactive' => {
  if (place.kind === 'area') return 'active';
  if (place.retired) return 'inactive';
  return place.status === 'blocked' || place.status === 'closed' ? 'suspended' : 'active';
};

const physicalType = (code: 'wa' | 'bd', display: string) => concept([{ system: codeSystems.physicalType, code, display }]);

const areaResource = ({ view, versionOf }: Department, area: Area): Resource => {
  const facility = view.get('facility', area.facilityId);
  return resource('Location', area.id, versionOf([area, ...(facility ? [facility] : [])]), {
    status: locationStatus(area),
    name: area.name,
    alias: [area.code],
    mode: 'instance',
    physicalType: physicalType('wa', 'Ward'),
    managingOrganization: facility && { display: facility.name },
  });
};

const bedResource = ({ view, versionOf }: Department, bed: Bed): Resource => {
  const area = view.get('area', bed.areaId);
  return resource('Location', bed.id, versionOf([bed, ...(area ? [area] : [])]), {
    status: locationStatus(bed),
    operationalStatus: operationalStatus(bed),
    name: bed.label,
    description: bed.note,
    mode: 'instance',
    physicalType: physicalType('bd', 'Bed'),
    partOf: filled({ reference: `Location/${bed.areaId}`, display: area?.name }),
  });
};

/** An area or a bed. Why a bed is blocked stands in `description`. */
export const locationResource = (department: Department, place: Area | Bed): Resource =>
  place.kind === 'area' ? areaResource(department, place) : bedResource(department, place);
