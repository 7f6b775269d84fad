import type { ReactNode } from 'react';
import type { Facility } from '#domain/model/facility.ts';
import type { Id } from '#domain/model/values.ts';
import type { Wait } from '#domain/rules/waiting.ts';
import { AcuityBadge, Chip, NewsBadge, PendingMark } from '../../ui/badge.tsx';
import { Clock, Duration, StayBar } from '../../ui/clock.tsx';
import { Void } from '../../ui/controls.tsx';
import { ageAndSex, shortName } from '../../ui/person.ts';
import { writtenText } from '../../ui/written-text.ts';
import type { WaitingRow } from './queue.ts';
import { w } from './strings.ts';

const WaitCell = ({ wait }: { readonly wait: Wait }) => (
  <span className="triage__wait">
    <Clock elapsed={wait.waitedMs} target={wait.targetMs} />
    {wait.targetMs === null ? (
      <span className="meta">{w('noTarget')}</span>
    ) : (
      <StayBar elapsed={wait.waitedMs} target={wait.targetMs} />
    )}
  </span>
);

const RetriageCell = ({ row: { encounter, retriage } }: { readonly row: WaitingRow }) =>
  retriage === null ? (
    <span className="meta">{encounter.triagedAt === null ? w('afterTriage') : '–'}</span>
  ) : retriage.state === 'due' ? (
    <Clock elapsed={-retriage.dueInMs} target={0} />
  ) : (
    <span className={retriage.state === 'near' ? 'clock clock--near' : 'clock'}>
      <Duration milliseconds={retriage.dueInMs} />
    </span>
  );

/** Inbound ambulances on top, then everyone who waits: untriaged, then by level, then by arrival. */
export const QueuePanel = ({
  waiting,
  inbound,
  facility,
  selected,
  drafts,
  onSelect,
  onOpen,
}: {
  /** Null while nothing is known. */
  readonly waiting: readonly WaitingRow[] | null;
  /** The ambulances on the way, above everything. */
  readonly inbound: ReactNode;
  readonly facility: Facility | null;
  readonly selected: Id | null;
  readonly drafts: ReadonlySet<Id>;
  readonly onSelect: (encounterId: Id) => void;
  readonly onOpen: (encounterId: Id) => void;
}) => {
  if (waiting === null) {
    return (
      <div className="triage__queue">
        <Void kind="unknown" title={w('unknown')}>
          {w('unknownWhy')}
        </Void>
      </div>
    );
  }
  const untriaged = waiting.filter(({ encounter }) => encounter.acuity === null).length;
  const over = waiting.filter(({ wait }) => wait.state === 'over').length;
  return (
    <div className="triage__queue">
      {inbound}
      <section className="panel">
        <div className="panel__head">
          <h2>{w('waiting')}</h2>
          <span className="t2">{w('waitingCount', { count: waiting.length, untriaged, over })}</span>
          {facility ? <span className="meta">{w('targets', { targets: facility.triageTargetMinutes.join(' / ') })}</span> : null}
        </div>
        <div className="panel__body">
          {waiting.length === 0 ? (
            <Void kind="none" title={w('waitingNone')} />
          ) : (
            <table className="table triage__table">
              <thead>
                <tr>
                  <th>{w('level')}</th>
                  <th>{w('patient')}</th>
                  <th>{w('age')}</th>
                  <th>{w('complaint')}</th>
                  <th>{w('wait')}</th>
                  <th className="r">{w('retriage')}</th>
                  <th>NEWS2</th>
                  <th>{w('flags')}</th>
                  <th>{w('place')}</th>
                </tr>
              </thead>
              <tbody>
                {waiting.map((row) => (
                  <tr
                    key={row.encounter.id}
                    data-encounter={row.encounter.id}
                    className={row.encounter.id === selected ? 'is-selected' : ''}
                    aria-selected={row.encounter.id === selected}
                    onClick={() => onSelect(row.encounter.id)}
                    onDoubleClick={() => onOpen(row.encounter.id)}
                  >
                    <td>
                      <AcuityBadge acuity={row.encounter.acuity} />
                    </td>
                    <td className="b">
                      <span className="row">
                        <span className="triage__name">{shortName(row.patient)}</span>
                        {row.pending ? <PendingMark /> : null}
                        {drafts.has(row.encounter.id) ? <Chip text={w('draft')} tone="notice" /> : null}
                      </span>
                    </td>
                    <td className="t2">{ageAndSex(row.patient) || '–'}</td>
                    <td className="triage__line">{row.encounter.complaint ?? '–'}</td>
                    <td>
                      <WaitCell wait={row.wait} />
                    </td>
                    <td className="r">
                      <RetriageCell row={row} />
                    </td>
                    <td>
                      <NewsBadge total={row.news.total} complete={row.news.complete} trend={row.news.trend} small />
                    </td>
                    <td>
                      <span className="row triage__flags">
                        {row.encounter.flags.map((flag) => (
                          <Chip key={flag} text={flag} tone={flag === 'ISO' ? 'strong' : 'plain'} />
                        ))}
                      </span>
                    </td>
                    <td className="t2">{writtenText(row.encounter.place ?? '–')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      </section>
    </div>
  );
};
