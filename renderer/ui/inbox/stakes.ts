/** What of a conflict's stakes a person reads: fields that have a name here, safety first; the rest is bookkeeping of the record. */
import type { Conflict, Stake } from '#contracts/ipc/station-window.ts';
import { bedStatuses } from '#domain/model/bed.ts';
import { t } from '../translate.ts';
import { fieldNames, isField, valueName, words } from './strings.ts';

export type ReadStake = {
  readonly key: string;
  readonly label: string;
  readonly field: string;
  readonly lost: string;
  readonly won: string;
  readonly safety: boolean;
};

const valueText = ({ kind, field }: Stake, value: string | null): string => {
  if (value === null) return words('notSet');
  if (field !== 'status' && field !== 'state') return value;
  const status = kind === 'bed' ? bedStatuses.find((one) => one === value) : undefined;
  return status === undefined ? valueName(value) : t(`beds.status.${status}`);
};

/** The stakes of a conflict as rows to be read. */
export const readStakes = (conflict: Pick<Conflict, 'stakes'>): readonly ReadStake[] =>
  conflict.stakes
    .flatMap((stake): ReadStake[] =>
      isField(stake.field)
        ? [
            {
              key: `${stake.id} ${stake.field}`,
              label: stake.label,
              field: fieldNames(stake.field),
              lost: valueText(stake, stake.lost),
              won: valueText(stake, stake.won),
              safety: stake.safety,
            },
          ]
        : [],
    )
    .sort((one, other) => Number(other.safety) - Number(one.safety));
