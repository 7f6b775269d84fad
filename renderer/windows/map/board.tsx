import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Id, Position } from '#domain/model/values.ts';
import { isBeforeScene } from '#domain/rules/unit-status.ts';
import { serverTimeOf, useFramePart, useRecords, useRecordsKnown, useTables, useWindowStore } from '../../state/hooks.ts';
import { emptyTables } from '../../state/store.ts';
import { Void } from '../../ui/controls.tsx';
import { clockText } from '../../ui/time.ts';
import { CommandBar } from './command-bar.tsx';
import { Arrivals, Calls, Emergencies, RollCallPanel } from './desk/attention.tsx';
import { useBoardKeys } from './desk/board-keys.ts';
import { ringingCalls } from './desk/call-form.ts';
import { CallPanel } from './desk/call-panel.tsx';
import { IncidentSide } from './desk/incident-side.tsx';
import { NowProvider } from './desk/now.tsx';
import { filtered, type QueueFilter, queueFilters } from './desk/queue.ts';
import { LinePanel } from './desk/reason-panel.tsx';
import { d } from './desk/strings.ts';
import { UnitSide } from './desk/unit-side.tsx';
import { useArrivals } from './desk/use-arrivals.ts';
import { useCall } from './desk/use-call.ts';
import { useCommandLine } from './desk/use-command-line.ts';
import { useDispatching } from './desk/use-dispatching.ts';
import { useIncidentActions } from './desk/use-incident-actions.ts';
import { useSelection } from './desk/use-selection.ts';
import { FleetTable } from './fleet-table.tsx';
import { HospitalsPanel } from './hospitals/hospitals-panel.tsx';
import { IncidentList } from './incident-list.tsx';
import { MapView, type MapViewHandle } from './map-view.tsx';
import { LiveMark, LiveNews } from './replay/live-marks.tsx';
import { useReplay } from './replay/use-replay.ts';
import { endedRows, inboundByHospital, incidentRows, mapKinds, settingsOf, shortNumber } from './situation.ts';
import { m } from './strings.ts';
import { hospitalLine } from './words.ts';
import './map.css';
import './side.css';
import './over.css';
import './desk/desk.css';
import './replay/replay.css';

const nobody: readonly Id[] = [];
/** An incident that ended this long ago is not listed with the ended ones, milliseconds. */
const endedWithin = 24 * 3_600_000;

const Board = () => {
  const store = useWindowStore();
  const known = useRecordsKnown();
  const records = useTables(mapKinds);
  const zone = useFramePart('timeZone');
  const units = useRecords('unit');
  const incidents = useRecords('incident');
  const assignments = useRecords('assignment');
  const hospitals = useRecords('hospital');
  const calls = useRecords('call');
  const now = useCallback((): number => serverTimeOf(store.getState()) ?? 0, [store]);
  const rows = useMemo(() => incidentRows(records ?? emptyTables()), [records]);
  const settings = useMemo(() => settingsOf(records), [records]);
  const fleet = useMemo(() => [...units.values()].map(({ record }) => record), [units]);
  const emergencies = useMemo(
    () => fleet.filter(({ emergency }) => emergency).toSorted((a, b) => a.callsign.localeCompare(b.callsign)),
    [fleet],
  );
  const ringing = useMemo(() => ringingCalls([...calls.values()].map(({ record }) => record)), [calls]);

  const { selection, mode, setMode, select, selectHere, selectIncident, selectUnit } = useSelection();
  const [filter, setFilter] = useState<QueueFilter>('all');
  const [showsEnded, setShowsEnded] = useState(false);
  const [proposed, setProposed] = useState<readonly Id[]>(nobody);
  const [clicked, setClicked] = useState<Position | null>(null);
  const [commandOpen, setCommandOpen] = useState(false);
  const [legendOpen, setLegendOpen] = useState(false);
  /** An incident of this board's own making that its rows do not show yet. */
  const awaited = useRef<Id | null>(null);
  const map = useRef<MapViewHandle>(null);
  const replay = useReplay();

  const actions = useIncidentActions();
  const dispatching = useDispatching();
  const call = useCall(calls, settings);
  const arrivals = useArrivals(settings.geofence);
  const unitOf = useCallback((id: Id) => units.get(id)?.record, [units]);
  const numberOf = (id: Id): string => {
    const found = incidents.get(id)?.record;
    return found ? shortNumber(found) : '–';
  };

  const queue = filtered(rows, filter, now());
  const ended = useMemo(
    () => (showsEnded ? endedRows(records ?? emptyTables(), now() - endedWithin) : null),
    [showsEnded, records, now],
  );
  const chosen = selection?.kind === 'incident' ? incidents.get(selection.id) : undefined;
  const row =
    rows.find(({ incident }) => incident.id === chosen?.record.id) ??
    (chosen && { incident: chosen.record, pending: chosen.pending, missions: [], settings });
  const unit = selection?.kind === 'unit' ? units.get(selection.id) : undefined;
  const hospital = selection?.kind === 'hospital' ? hospitals.get(selection.id)?.record : undefined;
  const mission = unit && unit.record.assignmentId !== null ? assignments.get(unit.record.assignmentId)?.record : undefined;
  const missions = useMemo(
    () =>
      [...assignments.values()]
        .map(({ record }) => record)
        .filter(({ incidentId }) => incidentId === chosen?.record.id)
        .toSorted((a, b) => (a.times.unitNotified ?? 0) - (b.times.unitNotified ?? 0)),
    [assignments, chosen],
  );

  // A board in use always has something selected: the most urgent, until a person chooses. What was merged leads to what stands for it.
  const firstId = rows[0]?.incident.id;
  const mergedInto = chosen?.record.mergedInto ?? null;
  const isGone = selection === null || (selection.kind === 'incident' && !chosen && selection.id !== awaited.current);
  useEffect(() => {
    if (mergedInto !== null && !showsEnded) selectHere({ kind: 'incident', id: mergedInto });
    else if (isGone && firstId !== undefined) selectHere({ kind: 'incident', id: firstId });
  }, [firstId, isGone, mergedInto, showsEnded, selectHere]);

  const hasPosition = (id: Id): boolean => store.getState().positions.has(id);
  const showUnit = (id: Id): void => {
    selectUnit(id);
    const position = store.getState().positions.get(id)?.position;
    if (position) map.current?.moveTo(position);
  };
  const acceptArrival = useCallback(
    ({ unitId, status }: (typeof arrivals)[number]): void => {
      const arrived = unitOf(unitId);
      if (arrived) actions.setStatus(arrived, status, null);
    },
    [unitOf, actions],
  );

  const commandLine = useCommandLine({
    chosen: row?.incident ?? null,
    zone,
    actions,
    dispatching,
    onFound: (found) => {
      select(found);
      const position =
        found.kind === 'unit' ? store.getState().positions.get(found.id)?.position : incidents.get(found.id)?.record.position;
      if (position) map.current?.moveTo(position);
    },
    onUntold: ({ id }) => {
      selectIncident(id);
      setMode('voice');
    },
    onUncalled: ({ id }) => {
      selectUnit(id);
      setMode('voice');
    },
  });

  const openCall = (open: () => void): void => {
    setClicked(null);
    open();
    setMode('call');
  };
  const sendCall = async (form: Parameters<typeof call.send>[0], thenDispatch: boolean): Promise<void> => {
    // The form is left at once: what a quick hand types next is not for it, and not for the incident that was looked at before.
    const kept = await call.send(form, (id) => {
      awaited.current = id;
      selectIncident(id);
      setMode(thenDispatch ? 'send' : 'look');
    });
    if (kept) return;
    awaited.current = null;
    setMode('call');
  };
  const place = (position: Position): void => {
    setClicked(position);
    if (mode === 'call') call.change({ place: { position, from: 'map' } });
  };
  const openMode = (next: typeof mode): void => {
    setClicked(null);
    setMode(next);
  };
  useBoardKeys({
    store,
    map,
    rows: queue,
    row,
    unit: unit?.record,
    hospital,
    mission,
    fleet,
    emergencies,
    ringing,
    drafts: call.drafts.list,
    arrivals,
    settings,
    mode,
    untold: dispatching.untold,
    uncalled: dispatching.uncalled,
    select,
    openMode,
    newCall: () => openCall(call.begin),
    answer: (one) => openCall(() => call.answer(one)),
    resume: (id) => openCall(() => call.resume(id)),
    showUnit,
    acceptArrival,
    answerRollCall: actions.answerRollCall,
    nextFilter: () => setFilter((before) => queueFilters[(queueFilters.indexOf(before) + 1) % queueFilters.length] ?? 'all'),
    toggleEnded: () => setShowsEnded((before) => !before),
    toggleLegend: () => setLegendOpen((open) => !open),
    openCommand: () => setCommandOpen(true),
    toggleReplay: replay.player ? replay.close : replay.open,
    mayRecall: unit !== undefined && isBeforeScene(unit.record.status),
  });

  const draftLine =
    call.drafts.failure !== null
      ? d('draftFailed', { message: call.drafts.failure })
      : call.drafts.keptAt === null
        ? ''
        : d('draftKept', { time: clockText(call.drafts.keptAt, zone) });
  const isPlacing = mode === 'call' || mode === 'correct' || mode === 'split';
  return (
    <div className="map-board">
      <Emergencies units={emergencies} hasPosition={hasPosition} onShow={showUnit} />
      <div className="map-side map-side--left">
        {replay.isPast ? <LiveMark /> : null}
        <Calls
          calls={ringing}
          drafts={mode === 'call' ? [] : call.drafts.list}
          zone={zone}
          onAnswer={(one) => openCall(() => call.answer(one))}
          onResume={(id) => openCall(() => call.resume(id))}
        />
        <Arrivals arrivals={arrivals} unitOf={unitOf} onAccept={acceptArrival} />
        <IncidentList
          rows={queue}
          open={rows}
          ended={ended}
          filter={filter}
          known={known}
          selectedId={row?.incident.id ?? null}
          onSelect={selectIncident}
        />
        <RollCallPanel units={fleet} settings={settings.rollCall} onAnswer={actions.answerRollCall} />
        <FleetTable units={fleet} isKnown={records !== null} hasPosition={hasPosition} onSelect={selectUnit} />
      </div>
      <MapView
        ref={map}
        selection={selection}
        proposed={proposed}
        draft={isPlacing ? (mode === 'call' ? (call.open?.form.place?.position ?? null) : clicked) : null}
        placing={isPlacing}
        legendOpen={legendOpen}
        onLegend={() => setLegendOpen((open) => !open)}
        onPlace={place}
        onSelect={select}
        replay={replay}
        news={<LiveNews ringing={ringing.length} onLive={replay.close} />}
      >
        <CommandBar
          open={commandOpen}
          last={commandLine.last}
          onRun={commandLine.run}
          onOpen={() => setCommandOpen(true)}
          onClose={() => setCommandOpen(false)}
        />
      </MapView>
      <HospitalsPanel onShow={(id) => select({ kind: 'hospital', id })} />
      <aside className="panel map-side map-side--right">
        {replay.isPast ? <LiveMark /> : null}
        <div className="panel__body">
          {mode === 'endCall' && call.open ? (
            <LinePanel
              title={d('endCallTitle')}
              label={d('endCallWhy')}
              action={d('endCall')}
              onDone={(reason) => void call.end(reason).then(() => setMode('look'))}
              onClose={() => setMode('call')}
            />
          ) : mode === 'call' && call.open ? (
            <CallPanel
              key={call.open.draftId}
              form={call.open.form}
              call={call.open.form.callId === null ? undefined : calls.get(call.open.form.callId)?.record}
              settings={settings}
              open={rows.map(({ incident }) => incident)}
              zone={zone}
              draftLine={draftLine}
              centre={() => map.current?.centre() ?? null}
              onChange={call.change}
              onSend={(form, thenDispatch) => void sendCall(form, thenDispatch)}
              onSame={(incidentId) =>
                void call.join(incidentId).then((joined) => {
                  if (!joined) return;
                  setMode('look');
                  selectIncident(incidentId);
                })
              }
              onEnd={() =>
                call.open?.form.callId === null ? void call.end(null).then(() => setMode('look')) : setMode('endCall')
              }
              onClose={() => {
                call.leave();
                setMode('look');
              }}
            />
          ) : row ? (
            <IncidentSide
              key={row.incident.id}
              row={row}
              rows={rows}
              missions={missions}
              mode={mode}
              setMode={openMode}
              zone={zone}
              clicked={clicked}
              actions={actions}
              dispatching={dispatching}
              unitOf={unitOf}
              numberOf={numberOf}
              onChosen={setProposed}
              onSelectUnit={selectUnit}
              onSelectIncident={selectIncident}
            />
          ) : unit ? (
            <UnitSide
              key={unit.record.id}
              unit={unit.record}
              pending={unit.pending}
              fixOf={() => store.getState().positions.get(unit.record.id)}
              incident={mission && incidents.get(mission.incidentId)?.record}
              assignment={mission}
              hospitals={hospitals}
              settings={settings}
              zone={zone}
              mode={mode}
              setMode={openMode}
              actions={actions}
              dispatching={dispatching}
              onSelectIncident={selectIncident}
            />
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

/** The dispatch board: calls and incidents, the live map, and what is selected. */
export const MapBoard = () => (
  <NowProvider>
    <Board />
  </NowProvider>
);
