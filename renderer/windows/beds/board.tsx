import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { SubmitAnswer } from '#contracts/ipc/station-window.ts';
import type { Bed } from '#domain/model/bed.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Id } from '#domain/model/values.ts';
import { shippedBoardSettings } from '#domain/rules/board-defaults.ts';
import { callToBed } from '#domain/rules/call-to-bed.ts';
import { triageQueue, waitOf } from '#domain/rules/waiting.ts';
import { useCopyState, useFramePart, useWindow, useWindowStore } from '../../state/hooks.ts';
import { linkOf } from '../../state/link.ts';
import { recordsOf, viewOf } from '../../state/store.ts';
import { Button } from '../../ui/controls.tsx';
import { CallToBedLine } from '../../ui/inbound/parts.tsx';
import { inboundRows } from '../../ui/inbound/rows.ts';
import { useInbound } from '../../ui/inbound/use-inbound.tsx';
import { useRoadEtas } from '../../ui/inbound/use-road-etas.ts';
import { useKeys } from '../../ui/keys.tsx';
import { shortName } from '../../ui/person.ts';
import { refusalText } from '../../ui/refusal-text.ts';
import { useSteadyOrder } from '../../ui/steady-order.ts';
import { t } from '../../ui/translate.ts';
import { usePaced } from '../../ui/use-paced.ts';
import { useBedActions } from './actions.ts';
import { AreaGrid, layoutOf, useRoom } from './area-grid.tsx';
import { useArranging } from './arrange/use-arranging.tsx';
import { AssignDialog, type Pair } from './assign-dialog.tsx';
import { BedPanel } from './bed-panel.tsx';
import { Capacity } from './capacity/capacity.tsx';
import { candidatesOf, lineContextOf } from './choices.ts';
import { bedFacts, bedsInConflict, createDepartmentOf, readingAt, stayTargetOf } from './department.ts';
import { ShiftHandover } from './handover/handover.tsx';
import { Interfaces } from './interfaces/interfaces.tsx';
import { type Direction, neighbour } from './layout.ts';
import { NeedsBed } from './lists.tsx';
import { lostBeds } from './lost-beds.ts';
import { LostList } from './lost-list.tsx';
import { MoveBar } from './move-bar.tsx';
import { bedsOpenTo, type Moved } from './moves.ts';
import { NoTiles } from './no-tiles.tsx';
import { PatientRecord } from './patient/patient-record.tsx';
import { p } from './patient/strings.ts';
import { SideLists } from './side-lists.tsx';
import { b } from './strings.ts';
import { useBedActs } from './use-bed-acts.tsx';
import { useDrag } from './use-drag.tsx';
import { useFilter } from './use-filter.tsx';
import { useMoves } from './use-moves.tsx';
import { useStable } from './use-stable.ts';
import { useTickedTime } from './use-ticked-time.ts';
import { useTiles } from './use-tiles.ts';
import './beds.css';
import './lists.css';
import './tile.css';

/** How far the strip and the lists beside the tiles may be behind them, milliseconds. A tile, an alarm and a lost bed never wait. */
const listsEvery = 300;

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

const noBed: ReadonlySet<Id> = new Set();

type Open = 'assign' | 'line' | null;
type Refused = { readonly bedId: Id; readonly message: string };

/** The bed board: how full, who lies where, what each bed needs next. */
export const BedsBoard = () => {
  const store = useWindowStore();
  const tables = useWindow((state) => state.records);
  const alarmCounts = useFramePart('alarms');
  const zone = useFramePart('timeZone');
  const copyState = useCopyState();
  const now = useTickedTime() ?? Date.now();
  const [selected, setSelected] = useState<Id | null>(null);
  const [armed, setArmed] = useState<Id | null>(null);
  /** Of somebody who is armed the bed is only held. */
  const [heldFor, setHeldFor] = useState<Id | null>(null);
  const holds = armed !== null && heldFor === armed;
  const [open, setOpen] = useState<Open>(null);
  const [record, setRecord] = useState<Id | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [areasElement, width, windowHeight] = useRoom();
  const grid = useRef<HTMLDivElement>(null);

  const conflicts = useWindow((state) => state.conflicts);
  const [join] = useState(createDepartmentOf);
  const department = useMemo(() => (tables ? join(tables) : null), [tables, join]);
  const inConflict = useMemo(() => bedsInConflict(department, conflicts), [department, conflicts]);
  const areas = department?.areas ?? null;
  const layout = useMemo(() => (areas ? layoutOf(areas, width, windowHeight) : null), [areas, width, windowHeight]);
  const link = linkOf(store.getState(), performance.now());
  const offline = link.state === 'offline';
  const alarmsKnown = !offline && alarmCounts !== null;
  const { readings, positions } = store.getState();
  const timeZone = zone ?? department?.facility?.timeZone ?? null;
  const stayTargetMs = stayTargetOf(department);

  const estimates = useRoadEtas(tables, now);
  const settings = department?.settings ?? shippedBoardSettings;
  const scene = useMemo(() => ({ now, timeZone, stayTargetMs, settings }), [now, timeZone, stayTargetMs, settings]);
  const inbound = useMemo(
    () => (tables ? inboundRows(tables, positions, now, estimates) : []),
    [tables, positions, now, estimates],
  );
  // What the strip and the lists show.
  const listed = usePaced(department, listsEvery);
  const comingListed = useMemo(
    () => (listed ? inboundRows(listed.tables, positions, now, estimates) : []),
    [listed, positions, now, estimates],
  );
  const waiting = useMemo(() => (listed ? triageQueue(recordsOf(listed.tables, 'encounter')).map(({ id }) => id) : []), [listed]);
  const { order, hold } = useSteadyOrder(waiting, open === 'line');
  const factsOf = useCallback(
    (bedId: Id) =>
      department ? bedFacts(department, bedId, scene.now, readings, alarmsKnown, inConflict.has(bedId), inbound) : null,
    [department, scene, readings, alarmsKnown, inConflict, inbound],
  );
  const filter = useFilter(useFramePart('person')?.name ?? null);
  const { hidesBed, hidesWaiting } = filter;
  const { tiles, occupants, hidden } = useTiles(department, scene, factsOf, hidesBed);
  const facts = selected === null ? null : factsOf(selected);

  const visit = facts?.encounter;
  const journey =
    tables && visit?.incidentId
      ? callToBed(visit, tables.incident.get(visit.incidentId)?.record, recordsOf(tables, 'assignment'))
      : null;
  const callsignOf = (unitId: Id): string => tables?.unit.get(unitId)?.record.callsign ?? '–';

  const heed = useCallback((bedId: Id, answer: Promise<SubmitAnswer>): void => {
    void answer.then((said) => setRefused(said.status === 'saved' ? null : { bedId, message: refusalText(said) }));
  }, []);
  const moves = useMoves({
    department,
    now,
    inbound,
    onAnswer: (bedId, answer) => {
      setSelected(bedId);
      setArmed(null);
      heed(bedId, answer);
    },
    onRefused: (bedId, message) => {
      setSelected(bedId);
      setRefused({ bedId, message });
    },
  });
  const taking = holds ? 'held' : 'visit';
  const openBeds = useMemo(
    () => (department && armed !== null ? bedsOpenTo(viewOf(department.tables), { kind: taking, id: armed }, now) : noBed),
    [department, armed, taking, now],
  );
  const move = (moved: Moved, bedId: Id): void => {
    setOpen(null);
    setHeldFor(null);
    moves.attempt(moved, bedId);
  };
  const drag = useDrag(grid, { describe: moves.describe, onDrop: move });

  const lost = useMemo(() => lostBeds(department, conflicts), [department, conflicts]);
  const armedEncounter = armed === null ? undefined : department?.tables.encounter.get(armed)?.record;
  const actions = useBedActions();
  const notThere = (): void => {
    setArmed(null);
    if (armedEncounter) void actions.recordLeft(armedEncounter);
  };
  const bed = facts?.bed;
  const chosenBed = useBedActs({
    facts,
    settings,
    heed,
    onAssign: () => {
      if (bed && armed !== null) move({ kind: taking, id: armed }, bed.id);
      else setOpen('assign');
    },
    onMove: setArmed,
  });

  useEffect(() => {
    if (selected === null) return;
    const tile = areasElement.current?.querySelector<HTMLElement>(`[data-bed-id="${selected}"]`);
    tile?.focus({ preventScroll: true });
    tile?.scrollIntoView({ block: 'nearest' });
  }, [selected, areasElement]);

  const arrivals = useInbound({
    rows: offline ? [] : inbound,
    now,
    timeZone,
    chosenBed: bed?.status === 'available' ? bed : undefined,
  });
  const arranging = useArranging(width);
  const gestures = useStable({
    choose: (bedId: Id): void => (armed === null ? setSelected(bedId) : move({ kind: taking, id: armed }, bedId)),
    show: setSelected,
    arm: (id: Id): void => setArmed((before) => (before === id ? null : id)),
    look: arrivals.select,
    back: (encounter: Encounter): void => void actions.setBack(encounter),
    unleave: (encounter: Encounter): void => void actions.returnToWaiting(encounter),
  });
  useKeys([
    ...arrivals.keys,
    ...arranging.keys,
    {
      key: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
      label: t('beds.keys.bed'),
      run: (key) => layout && setSelected((from) => neighbour(layout, from, directions[key] ?? 'right')),
    },
    {
      key: 'Enter',
      label: t('beds.keys.open'),
      when: bed !== undefined,
      run: () =>
        armed !== null
          ? chosenBed.act.assign()
          : bed?.status === 'occupied'
            ? grid.current?.querySelector<HTMLElement>('.side__bed button')?.focus()
            : bed?.status === 'available' || bed?.status === 'reserved'
              ? chosenBed.act.assign()
              : undefined,
    },
    ...(department === null ? [] : chosenBed.keys),
    { key: 'p', label: p('open'), when: visit !== undefined, run: () => setRecord(visit?.id ?? null) },
    {
      key: 'n',
      label: b('keys.notThere'),
      when: armedEncounter !== undefined && armedEncounter.bedId === null,
      quiet: true,
      run: notThere,
    },
    {
      key: 'Alt+g',
      label: b(holds ? 'keys.give' : 'keys.hold'),
      when: armedEncounter !== undefined,
      quiet: true,
      run: () => setHeldFor(holds ? null : armed),
    },
    { key: ['f', 'Ctrl+f'], label: b('filter.key'), when: department !== null, run: filter.open },
    { key: '/', label: b('keys.line'), when: department !== null, run: () => setOpen('line') },
    {
      key: 'Escape',
      label: t('keys.back'),
      quiet: true,
      run: () => (armed !== null ? setArmed(null) : filter.isOpen ? filter.clear() : setSelected(null)),
    },
  ]);

  const targets = listed?.facility ?? null;
  const hiddenWaiting = useMemo(
    () =>
      new Set(
        order.filter((id) => {
          const encounter = listed?.tables.encounter.get(id)?.record;
          if (!listed || !encounter || lost.has(id)) return false;
          const patient = listed.tables.patient.get(encounter.patientId)?.record;
          return hidesWaiting({ encounter, patient, targetMs: waitOf(encounter, targets, now).targetMs }, now);
        }),
      ),
    [order, listed, lost, hidesWaiting, targets, now],
  );
  const assignable = (): readonly Bed[] =>
    bed && (bed.status === 'available' || bed.status === 'reserved')
      ? [bed]
      : department
        ? recordsOf(department.tables, 'bed').filter((one) => one.status === 'available' && !one.retired)
        : [];
  const complete = copyState === null || copyState === 'whole';
  const noBeds = department !== null && tiles.size === 0;

  return (
    <div className="beds" ref={grid}>
      <Capacity
        tables={listed?.tables ?? null}
        complete={complete}
        inbound={comingListed}
        now={now}
        timeZone={timeZone}
        offlineSince={offline ? (link.lastHeardAt ?? undefined) : null}
      />
      <section className="areas" ref={areasElement} aria-label={t('beds.board')}>
        {filter.bar({ beds: hidden.size, waiting: hiddenWaiting.size }, () => {
          const found = layout?.beds.map(({ bedId }) => bedId).filter((bedId) => !hidden.has(bedId)) ?? [];
          setSelected((before) => found[(found.indexOf(before ?? '') + 1) % Math.max(1, found.length)] ?? before);
        })}
        {department && layout && !noBeds ? (
          <AreaGrid
            areas={department.areas}
            layout={layout}
            width={width}
            named={department.tables.area}
            tiles={tiles}
            selected={selected}
            open={openBeds}
            occupants={occupants}
            over={drag.over}
            hidden={hidden}
            gestures={gestures}
          />
        ) : null}
        {department === null || noBeds ? <NoTiles known={department !== null && complete} /> : null}
      </section>
      <aside className={facts ? 'side side--chosen' : 'side'}>
        {department === null || listed === null ? null : (
          <>
            <LostList department={department} lost={lost} onArm={setArmed} onChoose={setSelected} />
            {arrivals.drawer}
            <section className="panel panel--fixed side__bed">
              {armedEncounter ? (
                <div className="section section--armed" role="status">
                  {t('beds.armed', { name: shortName(department.tables.patient.get(armedEncounter.patientId)?.record) })}
                  <Button touch keyName="Alt+g" main={holds} onPress={() => setHeldFor(holds ? null : armed)}>
                    {b('keys.hold')}
                  </Button>
                  {armedEncounter.bedId === null ? (
                    <Button touch keyName="n" onPress={notThere}>
                      {b('keys.notThere')}
                    </Button>
                  ) : null}
                </div>
              ) : null}
              {facts ? (
                <BedPanel
                  facts={facts}
                  reading={alarmsKnown || !offline ? readingAt(department, facts.bed.id, readings) : undefined}
                  scene={scene}
                  journey={journey === null ? null : <CallToBedLine steps={journey} callsign={callsignOf} timeZone={timeZone} />}
                  refusal={refused?.bedId === facts.bed.id ? refused.message : null}
                  gestures={chosenBed.act}
                />
              ) : (
                <div className="panel__head side__none">
                  <h2 className="t2">{t('beds.none')}</h2>
                  <span className="meta">{t('beds.noneWhy')}</span>
                </div>
              )}
            </section>
            <NeedsBed
              department={listed}
              order={order}
              hold={hold}
              lost={lost}
              hidden={hiddenWaiting}
              now={now}
              armed={armed}
              inbound={offline ? null : comingListed}
              timeZone={timeZone}
              looked={arrivals.selected}
              gestures={gestures}
            />
            <SideLists department={listed} known={complete} now={now} timeZone={timeZone} gestures={gestures} />
          </>
        )}
        <Interfaces />
      </aside>
      {arrivals.dialog}
      <ShiftHandover />
      {arranging.dialog}
      {record === null ? null : <PatientRecord encounterId={record} onClose={() => setRecord(null)} />}
      {department && open === 'assign' ? (
        <AssignDialog
          beds={assignable()}
          candidates={candidatesOf(department)}
          onAssign={(pair: Pair) => move({ kind: 'visit', id: pair.candidate.encounter.id }, pair.bed.id)}
          onHold={(pair: Pair) => move({ kind: 'held', id: pair.candidate.encounter.id }, pair.bed.id)}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {department && open === 'line' ? (
        <MoveBar
          context={lineContextOf(department, order)}
          describe={moves.describe}
          onMove={move}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {chosenBed.dialog}
      {moves.dialog}
      {drag.ghost}
    </div>
  );
};
