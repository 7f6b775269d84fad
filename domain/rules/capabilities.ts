import type { Capability, Unit, UnitType } from '../model/unit.ts';

/** What a unit can do by its type alone. */
const byType: Readonly<Record<UnitType, readonly Capability[]>> = {
  als: ['transport', 'bls', 'als'],
  bls: ['transport', 'bls'],
  car: ['bls', 'als'],
  physician: ['bls', 'als', 'physician'],
  helicopter: ['transport', 'bls', 'als', 'physician', 'air'],
  supervisor: ['bls', 'command'],
};

/** Everything a unit can do: by its type, and what stands in its record. */
export const capabilitiesOf = (unit: Pick<Unit, 'type' | 'capabilities'>): ReadonlySet<Capability> =>
  new Set([...byType[unit.type], ...unit.capabilities]);
