import type { UnitStatus } from '#domain/model/unit.ts';

/** `S` and then one of these sets a status. Each has its own, so that a hand learns them once. */
export const statusLetters: Readonly<Record<UnitStatus, string>> = {
  availableAtStation: 'b',
  availableMobile: 'v',
  dispatched: 'd',
  acknowledged: 'k',
  enRoute: 'e',
  staging: 'g',
  onScene: 's',
  atPatient: 'p',
  transporting: 't',
  atDestination: 'h',
  offloading: 'o',
  clearing: 'c',
  outOfService: 'x',
};
