import type { Id } from '#domain/model/values.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Department } from './department.ts';
import type { LostBed } from './lost-beds.ts';
import { nameOfVisit } from './move-words.ts';
import { b } from './strings.ts';

/** The most that are said at once: of those without a bed more than of those who stay where they are. */
const most = { withoutBed: 3, all: 2 };

/** Who was given a bed and did not get it, above everything that scrolls, until somebody has decided. */
export const LostList = ({
  department,
  lost,
  onArm,
  onChoose,
}: {
  readonly department: Department;
  readonly lost: ReadonlyMap<Id, LostBed>;
  /** One without a bed is taken up, to be given another. */
  readonly onArm: (encounterId: Id) => void;
  readonly onChoose: (bedId: Id) => void;
}) => {
  if (lost.size === 0) return null;
  const rows = [...lost].toSorted(([, one], [, other]) => Number(one.bedId !== null) - Number(other.bedId !== null));
  const withoutBed = rows.filter(([, { bedId }]) => bedId === null).length;
  const count = Math.min(rows.length, Math.max(most.all, Math.min(most.withoutBed, withoutBed)));
  return (
    <section className="lost" role="alert">
      {rows.slice(0, count).map(([encounterId, { text, bedId, decide }]) => (
        <button
          key={encounterId}
          type="button"
          className={bedId === null ? 'lost__one' : 'lost__one lost__one--stays'}
          onClick={() => (bedId === null ? onArm(encounterId) : onChoose(bedId))}
        >
          <Icon name="conflict" size={20} />
          <span>
            <b>{nameOfVisit(department, encounterId)}</b> {text}
          </span>
          <kbd>{decide}</kbd>
        </button>
      ))}
      {rows.length > count ? (
        <p className="lost__more">
          {b('lostMore', {
            count: rows.length - count,
            keys: [...new Set(rows.slice(count).map(([, { decide }]) => decide))].join(', '),
          })}
        </p>
      ) : null}
    </section>
  );
};
