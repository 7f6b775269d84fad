import type { ReactNode } from 'react';
import type { Id } from '#domain/model/values.ts';
import { patientOf } from '#domain/rules/inbound.ts';
import { AcuityBadge, PendingMark } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EtaText, PrealertSign } from '../../ui/inbound/parts.tsx';
import type { InboundRow } from '../../ui/inbound/rows.ts';
import { i } from '../../ui/inbound/strings.ts';
import { w } from './strings.ts';

/** The crews on the way here, red pre-alerts on top. A touch on one, or its key, opens what it said. */
export const InboundPanel = ({
  rows,
  note,
  timeZone,
  selected,
  onSelect,
  children,
}: {
  /** Null while nothing is known. */
  readonly rows: readonly InboundRow[] | null;
  /** How old what is said of the ambulances is; null while it is live. */
  readonly note: string | null;
  readonly timeZone: string | null;
  readonly selected: Id | null;
  readonly onSelect: (assignmentId: Id) => void;
  /** What is known about the one selected. */
  readonly children: ReactNode;
}) => (
  <section className="panel panel--fixed triage__inbound">
    <div className="panel__head">
      <h2>{w('inbound')}</h2>
      <span className="t2">{rows === null ? '–' : w('inboundCount', { count: rows.length })}</span>
      {note === null ? null : <span className="meta">{note}</span>}
    </div>
    {rows === null ? (
      <p className="section t2">{w('unknown')}</p>
    ) : rows.length === 0 ? (
      <p className="section t2">{w('inboundNone')}</p>
    ) : (
      <div className="triage__inbound-list">
        <table className="table">
          <thead>
            <tr>
              <th>{w('unit')}</th>
              <th>{w('priority')}</th>
              <th>{w('patient')}</th>
              <th>{w('complaint')}</th>
              <th className="r">{w('eta')}</th>
              <th>{w('prealert')}</th>
              <th>{w('bed')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ inbound, eta, pending, held }) => {
              const { assignment, unit, incident } = inbound;
              const isSelected = assignment.id === selected;
              return (
                <tr
                  key={assignment.id}
                  data-inbound={assignment.id}
                  className={isSelected ? 'is-selected' : ''}
                  aria-selected={isSelected}
                  onClick={() => onSelect(assignment.id)}
                >
                  <td>
                    <button type="button" className="row b triage__inbound-unit" aria-pressed={isSelected} title={w('showOnMap')}>
                      <Icon name="ambulance" size={20} />
                      {unit.callsign}
                    </button>
                  </td>
                  <td>
                    <AcuityBadge acuity={incident?.priority ?? null} size={20} />
                  </td>
                  <td className="t2 triage__line">{patientOf(inbound) ?? i('patientUnknown')}</td>
                  <td className="m triage__line">{incident?.category ?? '–'}</td>
                  <td className="r">
                    <EtaText eta={eta} timeZone={timeZone} />
                  </td>
                  <td>
                    <PrealertSign prealert={assignment.prealert} />
                  </td>
                  <td className="t2">
                    {held ? i('held', { bed: held.label }) : i('none')} {pending ? <PendingMark label="" /> : null}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    )}
    {children}
  </section>
);
