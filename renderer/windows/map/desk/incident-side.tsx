import type { ReactNode } from 'react';
import type { Assignment } from '#domain/model/assignment.ts';
import type { IncidentPriority } from '#domain/model/incident.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id, Position } from '#domain/model/values.ts';
import { prioritiesOf, priorityLabel } from '#domain/rules/dispatch-defaults.ts';
import { straightMetres } from '#domain/rules/drive.ts';
import { AcuityBadge } from '../../../ui/badge.tsx';
import { IncidentDetail } from '../incident-detail.tsx';
import { type IncidentRow, shortNumber } from '../situation.ts';
import { distanceText } from '../straight-line.ts';
import { CorrectPanel } from './correct-panel.tsx';
import { useNow } from './now.tsx';
import { PickPanel } from './pick-panel.tsx';
import { unansweredMissions } from './queue.ts';
import { LinePanel } from './reason-panel.tsx';
import { SendPanel } from './send-panel.tsx';
import { d } from './strings.ts';
import { TimelineList } from './timeline-list.tsx';
import { TimesPanel } from './times-panel.tsx';
import type { Dispatching } from './use-dispatching.ts';
import type { IncidentActions } from './use-incident-actions.ts';
import type { Mode } from './use-selection.ts';
import { UntoldBanner, VoicePanel } from './voice-panel.tsx';

/** Whom nobody has told of this incident: crews that a refused dispatch left, and those that do not answer. */
export const toTellOf = (
  row: IncidentRow,
  untold: Dispatching['untold'],
  unitOf: (id: Id) => Unit | undefined,
  now: number,
): readonly Unit[] =>
  untold?.incidentId === row.incident.id
    ? untold.unitIds.flatMap((id) => unitOf(id) ?? [])
    : unansweredMissions(row.missions, row.settings, now).map(({ unit }) => unit);

/** The selected incident with what is being done with it. */
export const IncidentSide = ({
  row,
  rows,
  missions,
  mode,
  setMode,
  zone,
  clicked,
  actions,
  dispatching,
  unitOf,
  numberOf,
  onChosen,
  onSelectUnit,
  onSelectIncident,
}: {
  readonly row: IncidentRow;
  /** The open ones, to be merged with. */
  readonly rows: readonly IncidentRow[];
  /** All missions there ever were on it, oldest first. */
  readonly missions: readonly Assignment[];
  readonly mode: Mode;
  readonly setMode: (mode: Mode) => void;
  readonly zone: string | null;
  readonly clicked: Position | null;
  readonly actions: IncidentActions;
  readonly dispatching: Dispatching;
  readonly unitOf: (id: Id) => Unit | undefined;
  readonly numberOf: (id: Id) => string;
  readonly onChosen: (ids: readonly Id[]) => void;
  readonly onSelectUnit: (id: Id) => void;
  readonly onSelectIncident: (id: Id) => void;
}) => {
  const now = useNow();
  const { incident, settings } = row;
  const look = (): void => setMode('look');
  const after = (act: () => void): void => {
    look();
    act();
  };
  const toTell = toTellOf(row, dispatching.untold, unitOf, now);
  const panels: Partial<Record<Mode, () => ReactNode>> = {
    send: () => (
      <SendPanel
        row={row}
        unitOf={unitOf}
        onChosen={onChosen}
        onClose={look}
        onSend={(sending) =>
          // Left before the first answer, so that a second Enter sends nothing twice.
          after(() => void dispatching.send(incident.id, sending).then((isUntold) => isUntold && setMode('voice')))
        }
      />
    ),
    voice: () =>
      toTell.length === 0 ? null : (
        <VoicePanel
          units={toTell}
          notTold={d('notTold')}
          zone={zone}
          onRecord={(note) => after(() => void dispatching.recordVoice(incident.id, toTell, note))}
          onClose={() =>
            after(() => {
              dispatching.forget();
            })
          }
        />
      ),
    note: () => (
      <LinePanel
        title={d('noteTitle')}
        label={d('note')}
        action={d('save')}
        onDone={(text) => after(() => actions.note(incident.id, text))}
        onClose={look}
      />
    ),
    cancel: () => (
      <LinePanel
        title={d('cancelTitle', { number: shortNumber(incident) })}
        label={d('cancelWhy')}
        action={d('cancelDo')}
        hint={
          row.missions.length > 0
            ? d('cancelCrews', { callsigns: row.missions.map(({ unit }) => unit.callsign).join(', ') })
            : d('needsLink')
        }
        onDone={(reason) => after(() => actions.cancel(incident, reason))}
        onClose={look}
      />
    ),
    reopen: () => (
      <LinePanel
        title={d('reopenTitle', { number: shortNumber(incident) })}
        label={d('reopenWhy')}
        action={d('reopenDo')}
        onDone={(reason) => after(() => actions.reopen(incident, reason))}
        onClose={look}
      />
    ),
    priority: () => (
      <PickPanel
        title={d('priorityTitle')}
        empty=""
        lines={prioritiesOf(settings.priorityScheme).map((value) => ({
          id: String(value),
          line: (
            <span className="row">
              <AcuityBadge acuity={value} /> {priorityLabel(settings.priorityScheme, value)}
              {value === incident.priority ? <span className="meta">{d('now')}</span> : null}
            </span>
          ),
        }))}
        onPick={(id) => after(() => actions.setPriority(incident, Number(id) as IncidentPriority))}
        onClose={look}
      />
    ),
    merge: () => {
      const others = rows
        .filter((other) => other.incident.id !== incident.id)
        .map((other) => ({ other: other.incident, metres: straightMetres(other.incident.position, incident.position) }))
        .toSorted((a, b) => a.metres - b.metres);
      return (
        <PickPanel
          title={d('mergeTitle', { number: shortNumber(incident) })}
          meta={d('mergeMeta')}
          empty={d('mergeNone')}
          lines={others.slice(0, 9).map(({ other, metres }) => ({
            id: other.id,
            line: (
              <>
                <b>{shortNumber(other)}</b> {other.category}, {other.address} <span className="meta">{distanceText(metres)}</span>
              </>
            ),
          }))}
          onPick={(id) => {
            const into = others.find(({ other }) => other.id === id)?.other;
            look();
            if (!into) return;
            actions.merge(into, incident);
            onSelectIncident(into.id);
          }}
          onClose={look}
        />
      );
    },
    times: () => (
      <TimesPanel
        missions={missions}
        unitOf={unitOf}
        zone={zone}
        onRecord={(assignmentId, moment, at) => after(() => actions.recordMoment({ assignmentId, moment, at }))}
        onClose={look}
      />
    ),
  };
  if (mode === 'correct' || mode === 'split') {
    const split = mode === 'split';
    return (
      <>
        <IncidentDetail row={row} assignments={missions} zone={zone} numberOf={numberOf} onSelectUnit={onSelectUnit} />
        <CorrectPanel
          key={`${mode} ${incident.id}`}
          row={row}
          clicked={clicked}
          split={split}
          onSave={(corrected, unitIds) =>
            after(() => (split ? actions.split(incident, corrected, unitIds) : actions.correct(incident, corrected)))
          }
          onClose={look}
        />
      </>
    );
  }
  return (
    <>
      <IncidentDetail row={row} assignments={missions} zone={zone} numberOf={numberOf} onSelectUnit={onSelectUnit} />
      {toTell.length > 0 && mode !== 'voice' ? (
        <UntoldBanner units={toTell} notTold={d('notTold')} onOpen={() => setMode('voice')} />
      ) : null}
      {panels[mode]?.()}
      <TimelineList incident={incident} missions={missions} unitOf={unitOf} zone={zone} />
    </>
  );
};
