import { memo, type ReactNode, useState } from 'react';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { departureHorizon } from '#domain/rules/bed-board.ts';
import { isPresent } from '#domain/rules/encounter-status.ts';
import { recordsOf } from '../../state/store.ts';
import { Clock } from '../../ui/clock.tsx';
import { useKeys } from '../../ui/keys.tsx';
import { shortName } from '../../ui/person.ts';
import { useSteadyOrder } from '../../ui/steady-order.ts';
import { clockText } from '../../ui/time.ts';
import { t } from '../../ui/translate.ts';
import type { Department } from './department.ts';
import { b } from './strings.ts';

export const sideLists = ['leaving', 'boarders', 'out', 'left'] as const;
export type SideList = (typeof sideLists)[number];

/** The most rows of a list; the rest is counted. */
const mostRows = 40;

/** The visits of each list, those first that need somebody first. */
export const sideListsOf = (
  { tables, settings }: Pick<Department, 'tables' | 'settings'>,
  now: Instant,
): Readonly<Record<SideList, readonly Encounter[]>> => {
  const leftAfter = now - settings.leftListedMinutes * 60_000;
  const visits = recordsOf(tables, 'encounter');
  const here = visits.filter(isPresent);
  const by = (list: readonly Encounter[], at: (encounter: Encounter) => number): readonly Encounter[] =>
    list.toSorted((one, other) => at(one) - at(other) || (one.id < other.id ? -1 : 1));
  return {
    leaving: by(
      here.filter(
        ({ bedId, expectedDepartureAt }) =>
          bedId !== null && expectedDepartureAt !== null && expectedDepartureAt <= now + departureHorizon,
      ),
      ({ expectedDepartureAt }) => expectedDepartureAt ?? 0,
    ),
    boarders: by(
      here.filter(({ admitDecidedAt }) => admitDecidedAt !== null),
      ({ admitDecidedAt }) => admitDecidedAt ?? 0,
    ),
    out: by(
      here.filter(({ away }) => away !== null),
      ({ away }) => away?.since ?? 0,
    ),
    left: by(
      visits.filter(
        ({ status, departedAt }) => status === 'leftWithoutBeingSeen' && departedAt !== null && departedAt > leftAfter,
      ),
      ({ departedAt }) => -(departedAt ?? 0),
    ),
  };
};

type RowWords = { readonly detail: string; readonly when: ReactNode };
const rowWords = (
  list: SideList,
  encounter: Encounter,
  department: Department,
  now: Instant,
  timeZone: string | null,
): RowWords => {
  switch (list) {
    case 'leaving': {
      const at = encounter.expectedDepartureAt ?? now;
      return { detail: at <= now ? t('beds.dueNow') : (encounter.nextStep ?? ''), when: clockText(at, timeZone) };
    }
    case 'boarders':
      return {
        detail: encounter.admitTo ?? b('wardUnknown'),
        when: <Clock elapsed={now - (encounter.admitDecidedAt ?? now)} target={department.settings.boardingMinutes * 60_000} />,
      };
    case 'out': {
      const { away } = encounter;
      const back = away?.expectedBackAt == null ? '' : b('awayBack', { time: clockText(away.expectedBackAt, timeZone) });
      return {
        detail: [away?.to || '–', back].filter((part) => part !== '').join(' · '),
        when: (
          <Clock
            elapsed={now - (away?.since ?? now)}
            target={away?.expectedBackAt == null ? null : away.expectedBackAt - away.since}
          />
        ),
      };
    }
    case 'left':
      return { detail: encounter.complaint ?? '–', when: clockText(encounter.departedAt ?? now, timeZone) };
  }
};

const Lists = ({
  department,
  known,
  now,
  timeZone,
  gestures,
}: {
  readonly department: Department;
  /** False while the copy of this desk is not whole. */
  readonly known: boolean;
  readonly now: Instant;
  readonly timeZone: string | null;
  readonly gestures: {
    readonly show: (bedId: Id) => void;
    /** Who was out is back. */
    readonly back: (encounter: Encounter) => void;
    /** Who left without being seen is there after all. */
    readonly unleave: (encounter: Encounter) => void;
  };
}) => {
  const [shown, setShown] = useState<SideList>('leaving');
  /** Where there is room for little beside a chosen bed, the rows stand only once somebody asked for them. */
  const [isAsked, setAsked] = useState(false);
  const lists = sideListsOf(department, now);
  useKeys([
    {
      key: 'l',
      label: b('lists.key'),
      quiet: true,
      run: () => {
        setAsked(true);
        setShown((list) => sideLists[(sideLists.indexOf(list) + 1) % sideLists.length] ?? list);
      },
    },
  ]);
  const { order, hold } = useSteadyOrder(lists[shown].map(({ id }) => id));
  const byId = new Map(lists[shown].map((encounter) => [encounter.id, encounter]));
  return (
    <section className={isAsked ? 'panel panel--fixed side-lists' : 'panel panel--fixed side-lists side-lists--brief'}>
      <div className="side-lists__tabs" role="tablist" aria-label={b('lists.key')}>
        {sideLists.map((list) => (
          <button
            key={list}
            type="button"
            role="tab"
            aria-selected={list === shown}
            className={list === shown ? 'is-selected' : ''}
            onClick={() => {
              setAsked(list !== shown || !isAsked);
              setShown(list);
            }}
          >
            {b(`list.${list}`)} <b>{known ? lists[list].length : '–'}</b>
          </button>
        ))}
      </div>
      {known ? null : <p className="need need--said">{b('lists.unknown')}</p>}
      {known && order.length === 0 ? <p className="need need--said">{b(`none.${shown}`)}</p> : null}
      <ul className="leaving" {...hold}>
        {order.slice(0, mostRows).map((id) => {
          const encounter = byId.get(id);
          if (!encounter) return null;
          const { detail, when } = rowWords(shown, encounter, department, now, timeZone);
          const { bedId } = encounter;
          return (
            <li key={id} className="side-lists__row">
              <button type="button" className="leave" onClick={() => bedId !== null && gestures.show(bedId)}>
                <b>{bedId === null ? '–' : (department.tables.bed.get(bedId)?.record.label ?? '–')}</b>
                <span>
                  {shortName(department.tables.patient.get(encounter.patientId)?.record)} <span className="t2">{detail}</span>
                </span>
                <span>{when}</span>
              </button>
              {shown === 'out' ? (
                <button type="button" className="btn btn--touch" onClick={() => gestures.back(encounter)}>
                  {b('list.back')}
                </button>
              ) : null}
              {shown === 'left' ? (
                <button type="button" className="btn btn--touch" onClick={() => gestures.unleave(encounter)}>
                  {b('list.return')}
                </button>
              ) : null}
            </li>
          );
        })}
        {order.length > mostRows ? (
          <li className="need need--said">{b('lists.more', { count: order.length - mostRows })}</li>
        ) : null}
      </ul>
    </section>
  );
};

/** Those who should leave, board, are out or have left: one list at a time, each with its count. */
export const SideLists = memo(Lists);
