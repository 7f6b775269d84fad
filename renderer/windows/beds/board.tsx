import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { SubmitAnswer } from '#contracts/ipc/station-window.ts';
import type { Id } from '#domain/model/values.ts';
import { shippedBoardSettings } from '#domain/rules/board-defaults.ts';
import { callToBed } from '#domain/rules/call-to-bed.ts';
import { isPresent } from '#domain/rules/encounter-status.ts';
import { triageQueue, waitOf } from '#domain/rules/waiting.ts';
import { useCopyState, useFramePart, useLoading, useWindow, useWindowStore } from '../../state/hooks.ts';
import { linkOf } from '../../state/link.ts';
import { recordsOf } from '../../state/store.ts';
import { Button, Void } from '../../ui/controls.tsx';
import { CallToBedLine } from '../../ui/inbound/parts.tsx';
import { inboundRows } from '../../ui/inbound/rows.ts';
import { useInbound } from '../../ui/inbound/use-inbound.tsx';
import { useRoadEtas } from '../../ui/inbound/use-road-etas.ts';
import { useKeys } from '../../ui/keys.tsx';
import { longName, shortName } from '../../ui/person.ts';
import { useSteadyOrder } from '../../ui/steady-order.ts';
import { countText } from '../../ui/time.ts';
import { t } from '../../ui/translate.ts';
import { useBedActions } from './actions.ts';
import { AreaGrid, layoutOf, useRoom } from './area-grid.tsx';
import { useArranging } from './arrange/use-arranging.tsx';
import { AssignDialog, type Candidate, type Pair } from './assign-dialog.tsx';
import { BedPanel } from './bed-panel.tsx';
import { Capacity } from './capacity/capacity.tsx';
import { bedFacts, bedsInConflict, createDepartmentOf, readingAt, stayTargetOf } from './department.ts';
import { ShiftHandover } from './handover/handover.tsx';
import { Interfaces } from './interfaces/interfaces.tsx';
import { type Direction, neighbour } from './layout.ts';
import { NeedsBed } from './lists.tsx';
import { lostBeds } from './lost-beds.ts';
import { LostList } from './lost-list.tsx';
import { MoveBar } from './move-bar.tsx';
import type { LineContext } from './move-line.ts';
import type { Moved } from './moves.ts';
import { PatientRecord } from './patient/patient-record.tsx';
import { p } from './patient/strings.ts';
import { SideLists } from './side-lists.tsx';
import { b } from './strings.ts';
import { useBedActs } from './use-bed-acts.tsx';
import { useDrag } from './use-drag.tsx';
import { useFilter } from './use-filter.tsx';
import { useMoves } from './use-moves.tsx';
import { useTickedTime } from './use-ticked-time.ts';
import { useTiles } from './use-tiles.ts';
import './beds.css';
import './lists.css';
import './tile.css';

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

type Open = 'assign' | 'line' | null;
type Refused = { readonly bedId: Id; readonly message: string };

/** The bed board: how full, who lies where, what each bed needs next. */
export const BedsBoard = () => {
  const store = useWindowStore();
  const tables = useWindow((state) => state.records);
  const alarmCounts = useFramePart('alarms');
  const zone = useFramePart('timeZone');
  const copyState = useCopyState();
  const loading = useLoading();
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

  const waiting = useMemo(() => (tables ? triageQueue(recordsOf(tables, 'encounter')).map(({ id }) => id) : []), [tables]);
  const queue = useSteadyOrder(waiting, open === 'line');
  const estimates = useRoadEtas(tables, now);
  const settings = department?.settings ?? shippedBoardSettings;
  const scene = useMemo(() => ({ now, timeZone, stayTargetMs, settings }), [now, timeZone, stayTargetMs, settings]);
  const inbound = useMemo(
    () => (tables ? inboundRows(tables, positions, now, estimates) : []),
    [tables, positions, now, estimates],
  );
  const factsOf = useCallback(
    (bedId: Id) =>
      department ? bedFacts(department, bedId, scene.now, readings, alarmsKnown, inConflict.has(bedId), inbound) : null,
    [department, scene, readings, alarmsKnown, inConflict, inbound],
  );
  const filter = useFilter(useFramePart('person')?.name ?? null);
  const { hidesBed } = filter;
  const { tiles, occupants, hidden } = useTiles(department, scene, factsOf, hidesBed);
  const facts = selected === null ? null : factsOf(selected);

  const visit = facts?.encounter;
  const journey =
    tables && visit?.incidentId
      ? callToBed(visit, tables.incident.get(visit.incidentId)?.record, recordsOf(tables, 'assignment'))
      : null;
  const callsignOf = (unitId: Id): string => tables?.unit.get(unitId)?.record.callsign ?? '–';

  const heed = useCallback((bedId: Id, answer: Promise<SubmitAnswer>): void => {
    void answer.then((said) => setRefused(said.status === 'saved' ? null : { bedId, message: said.message }));
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
  const move = (moved: Moved, bedId: Id): void => {
    setOpen(null);
    setHeldFor(null);
    moves.attempt(moved, bedId);
  };
  const drag = useDrag(grid, { describe: moves.describe, onDrop: move });
  const chosen = useRef<(bedId: Id) => void>(setSelected);
  chosen.current = (bedId) => (armed === null ? setSelected(bedId) : move({ kind: taking, id: armed }, bedId));
  // One stable object, so that no tile is drawn again for it.
  const gestures = useMemo(() => ({ choose: (bedId: Id): void => chosen.current(bedId) }), []);

  const lost = lostBeds(department, conflicts);
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

  const targets = department?.facility ?? null;
  const hiddenWaiting = new Set(
    queue.order.filter((id) => {
      const encounter = tables?.encounter.get(id)?.record;
      const patient = encounter && tables?.patient.get(encounter.patientId)?.record;
      if (!encounter || lost.has(id)) return false;
      return filter.hidesWaiting({ encounter, patient, targetMs: waitOf(encounter, targets, now).targetMs }, now);
    }),
  );
  const lineContext: LineContext | null =
    department && open === 'line'
      ? {
          beds: recordsOf(department.tables, 'bed').filter((one) => !one.retired),
          queue: queue.order,
          people: recordsOf(department.tables, 'encounter')
            .filter(isPresent)
            .map(({ id, patientId }) => ({ encounterId: id, name: longName(department.tables.patient.get(patientId)?.record) })),
        }
      : null;
  const candidates: readonly Candidate[] =
    department && open === 'assign'
      ? triageQueue(recordsOf(department.tables, 'encounter')).map((encounter) => ({
          encounter,
          patient: department.tables.patient.get(encounter.patientId)?.record,
          similar: department.similar.get(encounter.id) ?? [],
        }))
      : [];
  const freeBeds = department
    ? recordsOf(department.tables, 'bed').filter((one) => one.status === 'available' && !one.retired)
    : [];
  const assignable = bed && (bed.status === 'available' || bed.status === 'reserved') ? [bed] : freeBeds;
  const complete = copyState === null || copyState === 'whole';
  const names = new Map(department ? recordsOf(department.tables, 'area').map((area) => [area.id, area.name]) : []);
  const noBeds = department !== null && tiles.size === 0;

  return (
    <div className="beds" ref={grid}>
      <Capacity
        tables={tables}
        complete={complete}
        inbound={inbound}
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
            names={names}
            tiles={tiles}
            selected={selected}
            armed={armed !== null}
            occupants={occupants}
            over={drag.over}
            hidden={hidden}
            gestures={gestures}
          />
        ) : null}
        {department === null || (noBeds && !complete) ? (
          loading ? (
            <Void kind="loading" title={t('void.loading')}>
              {t('banner.loadingCount', { loaded: countText(loading.loaded), total: countText(loading.total) })}
            </Void>
          ) : (
            <Void kind="unknown" title={t('void.unknown')}>
              {t('void.unknownWhy')}
            </Void>
          )
        ) : noBeds ? (
          <Void kind="none" title={t('beds.noBeds')}>
            {t('beds.noBedsWhy')}
          </Void>
        ) : null}
      </section>
      <aside className="side">
        {department === null ? null : (
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
                <div className="panel__head">
                  <h2 className="t2">{t('beds.none')}</h2>
                  <span className="meta">{t('beds.noneWhy')}</span>
                </div>
              )}
            </section>
            <NeedsBed
              department={department}
              queue={queue}
              lost={lost}
              hidden={hiddenWaiting}
              now={now}
              armed={armed}
              inbound={offline ? null : inbound}
              timeZone={timeZone}
              looked={arrivals.selected}
              onLook={arrivals.select}
              onArm={(id) => setArmed((before) => (before === id ? null : id))}
            />
            <SideLists
              department={department}
              known={complete}
              now={now}
              timeZone={timeZone}
              onChoose={setSelected}
              onBack={(encounter) => void actions.setBack(encounter)}
              onReturn={(encounter) => void actions.returnToWaiting(encounter)}
            />
          </>
        )}
        <Interfaces />
      </aside>
      {arrivals.dialog}
      <ShiftHandover />
      {arranging.dialog}
      {record === null ? null : <PatientRecord encounterId={record} onClose={() => setRecord(null)} />}
      {open === 'assign' ? (
        <AssignDialog
          beds={assignable}
          candidates={candidates}
          onAssign={(pair: Pair) => move({ kind: 'visit', id: pair.candidate.encounter.id }, pair.bed.id)}
          onHold={(pair: Pair) => move({ kind: 'held', id: pair.candidate.encounter.id }, pair.bed.id)}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {lineContext ? (
        <MoveBar context={lineContext} describe={moves.describe} onMove={move} onClose={() => setOpen(null)} />
      ) : null}
      {chosenBed.dialog}
      {moves.dialog}
      {drag.ghost}
    </div>
  );
};
