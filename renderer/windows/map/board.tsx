import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Unit, UnitStatus } from '#domain/model/unit.ts';
import type { Id, Position } from '#domain/model/values.ts';
import {
  useChosenElsewhere,
  useClient,
  useFramePart,
  useRecords,
  useRecordsKnown,
  useServerTime,
  useTables,
  useWindowStore,
} from '../../state/hooks.ts';
import { emptyTables } from '../../state/store.ts';
import { Void } from '../../ui/controls.tsx';
import { useGesture } from '../../ui/gesture.ts';
import { useKeys } from '../../ui/keys.tsx';
import { clockText } from '../../ui/time.ts';
import { useToast } from '../../ui/toast.tsx';
import { CommandBar } from './command-bar.tsx';
import { FleetTable } from './fleet-table.tsx';
import { HospitalsPanel } from './hospitals/hospitals-panel.tsx';
import { IncidentDetail, IncidentNotes } from './incident-detail.tsx';
import { IncidentList } from './incident-list.tsx';
import { MapView, type MapViewHandle } from './map-view.tsx';
import { nearestUnits } from './nearest-units.ts';
import { NewIncident } from './new-incident.tsx';
import type { Selection } from './picture.ts';
import { candidatesListed, SendPanel, VoicePanel } from './send-panel.tsx';
import { inboundByHospital, incidentRows, mapKinds } from './situation.ts';
import { parseCommand, statusAliases } from './status-command.ts';
import { m } from './strings.ts';
import { StatusMenu, UnitDetail } from './unit-detail.tsx';
import { unitsAround } from './units-around.ts';
import { hospitalLine, statusName } from './words.ts';
import './map.css';

type Mode = 'look' | 'send' | 'status' | 'new';
const nobody: readonly Id[] = [];
/** A dispatch that nobody confirmed for this long has not told the crew, as far as this desk knows; milliseconds. */
const unansweredAfter = 10_000;

/** The dispatch board: incidents, the live map, and what is selected. */
export const MapBoard = () => {
  const client = useClient();
  const store = useWindowStore();
  const submit = useGesture();
  const toast = useToast();
  const known = useRecordsKnown();
  const records = useTables(mapKinds);
  const zone = useFramePart('timeZone');
  const now = useServerTime() ?? 0;
  const units = useRecords('unit');
  const assignments = useRecords('assignment');
  const rows = useMemo(() => incidentRows(records ?? emptyTables()), [records]);
  const fleet = useMemo(() => [...units.values()].map(({ record }) => record), [units]);

  const [selection, setSelection] = useState<Selection | null>(null);
  const [mode, setMode] = useState<Mode>('look');
  const [chosen, setChosen] = useState<readonly Id[]>(nobody);
  /** The units offered when the list was opened: their numbers stay theirs, however the fleet moves under the finger. */
  const [offered, setOffered] = useState<readonly Id[]>(nobody);
  /** Units of an incident that a refused dispatch left untold. */
  const [untold, setUntold] = useState<{ readonly incidentId: Id; readonly unitIds: readonly Id[] } | null>(null);
  const [draft, setDraft] = useState<Position | null>(null);
  const [commandOpen, setCommandOpen] = useState(false);
  const [lastCommand, setLastCommand] = useState<string | null>(null);
  const [legendOpen, setLegendOpen] = useState(false);
  /** The units that a key walks through, nearest to where it began. */
  const walk = useRef<{ readonly ids: readonly Id[]; readonly at: number }>({ ids: nobody, at: -1 });
  const map = useRef<MapViewHandle>(null);

  const selectHere = useCallback((next: Selection | null) => {
    setSelection(next);
    setMode('look');
    setChosen(nobody);
  }, []);
  /** A person's choice: the desk's other windows hear it. */
  const select = useCallback(
    (next: Selection | null) => {
      selectHere(next);
      client.select(next);
    },
    [selectHere, client],
  );
  // A hand in the middle of something is not led elsewhere.
  useChosenElsewhere((next) => mode === 'look' && next !== null && selectHere(next));
  const row = selection?.kind === 'incident' ? rows.find(({ incident }) => incident.id === selection.id) : undefined;
  const unit = selection?.kind === 'unit' ? units.get(selection.id) : undefined;
  const hospital = selection?.kind === 'hospital' ? records?.hospital.get(selection.id)?.record : undefined;

  // A board in use always has something selected: the most urgent, until a person chooses.
  const firstId = rows[0]?.incident.id;
  useEffect(() => {
    if (firstId !== undefined && (selection === null || (selection.kind === 'incident' && !row)))
      selectHere({ kind: 'incident', id: firstId });
  }, [firstId, selection, row, selectHere]);

  const nearest = mode === 'send' && row ? nearestUnits(row.incident, fleet, store.getState().positions, now) : null;
  const mission = unit && unit.record.assignmentId !== null ? assignments.get(unit.record.assignmentId)?.record : undefined;
  const unanswered = row?.missions.filter(
    ({ pending, assignment }) =>
      pending &&
      assignment.how === 'console' &&
      assignment.times.unitNotified !== null &&
      now - assignment.times.unitNotified > unansweredAfter,
  );
  const toTell: readonly Unit[] = !row
    ? []
    : untold?.incidentId === row.incident.id
      ? untold.unitIds.flatMap((id) => units.get(id)?.record ?? [])
      : (unanswered ?? []).map((one) => one.unit);

  const step = (by: number): void => {
    const at = row ? rows.indexOf(row) : -1;
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (!next) return;
    select({ kind: 'incident', id: next.incident.id });
    document.querySelector(`[data-incident="${next.incident.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const stepUnit = (): void => {
    let { ids, at } = walk.current;
    if (selection?.kind !== 'unit' || ids[at] !== selection.id) {
      const { positions } = store.getState();
      const place = row?.incident.position ?? hospital?.position ?? (unit && positions.get(unit.record.id)?.position);
      if (!place) return;
      ids = unitsAround(place, fleet, positions).filter((id) => id !== selection?.id);
      at = -1;
    }
    at = (at + 1) % ids.length;
    const next = ids[at];
    if (next === undefined) return;
    walk.current = { ids, at };
    select({ kind: 'unit', id: next });
  };
  const toggle = (unitId: Id): void =>
    setChosen((before) => (before.includes(unitId) ? before.filter((id) => id !== unitId) : [...before, unitId]));
  const openSend = (): void => {
    setUntold(null);
    setChosen(nobody);
    if (row) {
      const near = nearestUnits(row.incident, fleet, store.getState().positions, now);
      setOffered(near.candidates.slice(0, candidatesListed).map((candidate) => candidate.unit.id));
    }
    setMode('send');
  };

  const dispatch = async (): Promise<void> => {
    if (!row || chosen.length === 0) return;
    const incidentId = row.incident.id;
    const sending = chosen.filter((id) => nearest?.candidates.some((candidate) => candidate.unit.id === id));
    const refused: Id[] = [];
    // Before the first answer, so that a second Enter sends nothing twice.
    setChosen(nobody);
    setMode('look');
    // One command each: a unit that was taken meanwhile must not hold back the others.
    for (const unitId of sending) {
      const answer = await client.submit('dispatchUnit', { incidentId, unitId });
      const callsign = units.get(unitId)?.record.callsign ?? '–';
      if (answer.status === 'saved') toast.show({ text: m('dispatched', { callsign }) });
      else if (answer.status === 'refused' && answer.code === 'needsLink') refused.push(unitId);
      else
        toast.show({
          tone: 'refused',
          text: answer.status === 'notSaved' ? m('notSaved', { message: answer.message }) : `${callsign}: ${answer.message}`,
        });
    }
    setUntold(refused.length > 0 ? { incidentId, unitIds: refused } : null);
  };
  const recordVoice = async (voiceNote: string): Promise<void> => {
    if (!row) return;
    for (const { id, callsign } of toTell) {
      await submit(
        'dispatchByVoice',
        { incidentId: row.incident.id, unitId: id, voiceNote },
        { text: m('voiceRecorded', { callsign }) },
      );
    }
    setUntold(null);
  };
  const setStatus = (of: Unit, status: UnitStatus, reason: string | null): void => {
    void submit(
      'setUnitStatus',
      { unitId: of.id, status, reason },
      { text: m('statusDone', { callsign: of.callsign, status: statusName(status) }) },
    );
    setMode('look');
  };
  const find = (text: string): boolean => {
    const wanted = text.toLowerCase();
    const foundUnit = fleet.find(({ callsign }) => callsign.toLowerCase() === wanted);
    const foundRow = rows.find(
      ({ incident }) =>
        incident.number?.endsWith(wanted) || `${incident.category} ${incident.address}`.toLowerCase().includes(wanted),
    );
    const position = foundUnit ? store.getState().positions.get(foundUnit.id)?.position : foundRow?.incident.position;
    if (foundUnit) select({ kind: 'unit', id: foundUnit.id });
    else if (foundRow) select({ kind: 'incident', id: foundRow.incident.id });
    if (position) map.current?.moveTo(position);
    return foundUnit !== undefined || foundRow !== undefined;
  };
  const run = (line: string): string | null => {
    const command = parseCommand(line, fleet);
    if (command.kind === 'unknown') {
      if (command.problem === 'empty') return null;
      if (command.problem === 'status')
        return m('problemStatus', { word: command.word, aliases: Object.keys(statusAliases).join(' ') });
      return m(command.problem === 'verb' ? 'problemVerb' : command.problem === 'unit' ? 'problemUnit' : 'problemReason', {
        word: command.word,
      });
    }
    if (command.kind === 'find') return find(command.text) ? null : m('problemNothing', { word: command.text });
    setStatus(command.unit, command.status, command.reason);
    setLastCommand(m('lastCommand', { line: line.trim().replace(/^\//, ''), at: clockText(now, zone, true) }));
    return null;
  };

  useKeys([
    { key: ['ArrowUp', 'ArrowDown'], label: m('keyIncident'), run: (pressed) => step(pressed === 'ArrowDown' ? 1 : -1) },
    { key: 'u', label: m('keyUnitAround'), run: stepUnit, quiet: true },
    { key: 'n', label: m('keyNew'), run: () => setMode('new') },
    { key: 'd', label: m('keyDispatch'), when: row !== undefined, run: openSend },
    {
      key: Array.from({ length: candidatesListed }, (_none, index) => String(index + 1)),
      label: m('keyChoose'),
      when: nearest !== null,
      run: (pressed) => {
        const unitId = offered[Number(pressed) - 1];
        if (nearest?.candidates.some((candidate) => candidate.unit.id === unitId) && unitId) toggle(unitId);
      },
    },
    { key: 'Enter', label: m('keySend'), when: mode === 'send' && chosen.length > 0, run: () => void dispatch() },
    { key: 's', label: m('keyStatus'), when: unit !== undefined, run: () => setMode('status') },
    { key: '*', label: m('keyFit'), run: () => map.current?.release() },
    { key: ['+', '-'], label: m('keyZoom'), run: (pressed) => map.current?.zoomBy(pressed === '+' ? 1 : -1), quiet: true },
    { key: 'l', label: m('keyLegend'), run: () => setLegendOpen((open) => !open), quiet: true },
    { key: '/', label: m('keyCommand'), run: () => setCommandOpen(true) },
    {
      key: 'Escape',
      label: m('keyBack'),
      when: mode === 'send' || untold !== null,
      run: () => {
        setMode('look');
        setChosen(nobody);
        setUntold(null);
      },
      quiet: true,
    },
  ]);

  const closeNew = (): void => {
    setMode('look');
    setDraft(null);
  };
  return (
    <div className="map-board">
      <div className="map-side map-side--left">
        <IncidentList
          rows={rows}
          known={known}
          now={now}
          selectedId={row?.incident.id ?? null}
          onSelect={(id) => select({ kind: 'incident', id })}
        />
        <FleetTable
          units={fleet}
          isKnown={records !== null}
          hasPosition={(id) => store.getState().positions.has(id)}
          onSelect={(id) => select({ kind: 'unit', id })}
        />
      </div>
      <MapView
        ref={map}
        selection={selection}
        proposed={chosen}
        draft={mode === 'new' ? draft : null}
        placing={mode === 'new'}
        legendOpen={legendOpen}
        onLegend={() => setLegendOpen((open) => !open)}
        onPlace={setDraft}
        onSelect={select}
      >
        <CommandBar
          open={commandOpen}
          last={lastCommand}
          onRun={run}
          onOpen={() => setCommandOpen(true)}
          onClose={() => setCommandOpen(false)}
        />
      </MapView>
      <HospitalsPanel onShow={(id) => select({ kind: 'hospital', id })} />
      <aside className="panel map-side map-side--right">
        <div className="panel__body">
          {mode === 'new' ? (
            <NewIncident
              clicked={draft}
              centre={() => map.current?.centre() ?? null}
              onCreate={(input) => {
                void submit('createIncident', input, { text: m('created', { category: input.category }) });
                closeNew();
              }}
              onClose={closeNew}
            />
          ) : row ? (
            <>
              <IncidentDetail
                row={row}
                assignments={[...assignments.values()]
                  .map(({ record }) => record)
                  .filter(({ incidentId }) => incidentId === row.incident.id)}
                now={now}
                zone={zone}
                onSelectUnit={(id) => select({ kind: 'unit', id })}
              />
              {toTell.length > 0 ? <VoicePanel units={toTell} onRecord={(note) => void recordVoice(note)} /> : null}
              {nearest ? (
                <SendPanel
                  nearest={nearest}
                  offered={offered.flatMap((id) => units.get(id)?.record ?? [])}
                  chosen={chosen}
                  onToggle={toggle}
                  onDispatch={() => void dispatch()}
                />
              ) : null}
              <IncidentNotes row={row} zone={zone} />
            </>
          ) : unit ? (
            <>
              <UnitDetail
                unit={unit.record}
                pending={unit.pending}
                fix={store.getState().positions.get(unit.record.id)}
                incident={mission && records?.incident.get(mission.incidentId)?.record}
                now={now}
                onSelectIncident={(id) => select({ kind: 'incident', id })}
              />
              {mode === 'status' ? (
                <StatusMenu
                  unit={unit.record}
                  onSet={(status, reason) => setStatus(unit.record, status, reason)}
                  onClose={() => setMode('look')}
                />
              ) : null}
            </>
          ) : hospital && records ? (
            <>
              <div className="panel__head map-head">
                <h2 className="num">{hospital.name}</h2>
              </div>
              <div className="section">{hospitalLine(hospital, inboundByHospital(records).get(hospital.id) ?? 0)}</div>
            </>
          ) : (
            <Void kind={known ? 'none' : 'unknown'} title={known ? m('nothingSelected') : '–'} />
          )}
        </div>
      </aside>
    </div>
  );
};
