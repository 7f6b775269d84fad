import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { SubmitAnswer } from '#contracts/ipc/station-window.ts';
import type { Id } from '#domain/model/values.ts';
import { needsAnswer } from '#domain/rules/alarm-order.ts';
import { shippedBoardSettings } from '#domain/rules/board-defaults.ts';
import { callToBed } from '#domain/rules/call-to-bed.ts';
import { createSimilarNames } from '#domain/rules/similar-names.ts';
import { triageQueue } from '#domain/rules/waiting.ts';
import { useCopyState, useFramePart, useLoading, useServerTime, useWindow, useWindowStore } from '../../state/hooks.ts';
import { linkOf } from '../../state/link.ts';
import { recordsOf } from '../../state/store.ts';
import { Void } from '../../ui/controls.tsx';
import { useInboundActions } from '../../ui/inbound/actions.ts';
import { CallToBedLine } from '../../ui/inbound/parts.tsx';
import { inboundRows } from '../../ui/inbound/rows.ts';
import { useInbound } from '../../ui/inbound/use-inbound.tsx';
import { useRoadEtas } from '../../ui/inbound/use-road-etas.ts';
import { useKeys } from '../../ui/keys.tsx';
import { longName, shortName } from '../../ui/person.ts';
import { countText } from '../../ui/time.ts';
import { t } from '../../ui/translate.ts';
import { useBedActions } from './actions.ts';
import { AreaGrid, layoutOf, useWidth } from './area-grid.tsx';
import { AssignDialog, type Candidate, type Pair } from './assign-dialog.tsx';
import { BlockDialog, ReleaseDialog } from './bed-dialogs.tsx';
import { BedPanel, blockWord } from './bed-panel.tsx';
import { Capacity } from './capacity/capacity.tsx';
import { bedFacts, bedsInConflict, departmentOf } from './department.ts';
import { type Direction, neighbour } from './layout.ts';
import { Leaving, NeedsBed } from './lists.tsx';
import { PatientRecord } from './patient/patient-record.tsx';
import { p } from './patient/strings.ts';
import { type BedTile, bedTile } from './tile.ts';
import './beds.css';
import './lists.css';
import './tile.css';

/** Minutes of stay aimed at where the facility is not known yet: the four-hour standard. */
const standardStayMinutes = 240;

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

type Open = 'assign' | 'release' | 'block' | null;
type Refused = { readonly bedId: Id; readonly message: string };

/** The bed board: how full, who lies where, what each bed needs next. */
export const BedsBoard = () => {
  const store = useWindowStore();
  const tables = useWindow((state) => state.records);
  const alarmCounts = useFramePart('alarms');
  const zone = useFramePart('timeZone');
  const copyState = useCopyState();
  const loading = useLoading();
  const now = useServerTime() ?? Date.now();
  const actions = useBedActions();
  const { giveBack } = useInboundActions();
  const [selected, setSelected] = useState<Id | null>(null);
  const [armed, setArmed] = useState<Id | null>(null);
  const [open, setOpen] = useState<Open>(null);
  const [record, setRecord] = useState<Id | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [areasElement, width] = useWidth();
  const grid = useRef<HTMLDivElement>(null);

  const conflicts = useWindow((state) => state.conflicts);
  const [similarTo] = useState(createSimilarNames);
  const department = useMemo(() => (tables ? departmentOf(tables, similarTo) : null), [tables, similarTo]);
  const inConflict = useMemo(() => bedsInConflict(department, conflicts), [department, conflicts]);
  const layout = useMemo(() => (department ? layoutOf(department.areas, width) : null), [department, width]);
  const link = linkOf(store.getState(), performance.now());
  const offline = link.state === 'offline';
  const alarmsKnown = !offline && alarmCounts !== null;
  const { readings, positions } = store.getState();
  const timeZone = zone ?? department?.facility?.timeZone ?? null;
  const stayTargetMs = (department?.facility?.stayTargetMinutes ?? standardStayMinutes) * 60_000;

  const estimates = useRoadEtas(tables, now);
  const scene = { now, timeZone, stayTargetMs, settings: department?.settings ?? shippedBoardSettings };
  const inbound = tables ? inboundRows(tables, positions, now, estimates) : [];
  const factsOf = (bedId: Id) =>
    department ? bedFacts(department, bedId, now, readings, alarmsKnown, inConflict.has(bedId), inbound) : null;
  const tiles = new Map<Id, BedTile>();
  const occupants = new Map<Id, Id>();
  for (const { bedIds } of department?.areas ?? []) {
    for (const bedId of bedIds) {
      const facts = factsOf(bedId);
      if (!facts) continue;
      tiles.set(bedId, bedTile(facts, scene));
      if (facts.bed.encounterId !== null) occupants.set(bedId, facts.bed.encounterId);
    }
  }
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
  const assign = useCallback(
    (bedId: Id, encounterId: Id): void => {
      const { records } = store.getState();
      const bed = records?.bed.get(bedId)?.record;
      const encounter = records?.encounter.get(encounterId)?.record;
      if (!bed || !encounter) return;
      setSelected(bedId);
      setArmed(null);
      setOpen(null);
      heed(bedId, actions.assign(bed, encounter));
    },
    [actions, heed, store],
  );
  const armedNow = useRef(armed);
  armedNow.current = armed;
  const gestures = useMemo(
    () => ({
      choose: (bedId: Id): void => {
        const waiting = armedNow.current;
        if (waiting === null) {
          setSelected(bedId);
          return;
        }
        assign(bedId, waiting);
      },
      drop: assign,
    }),
    [assign],
  );

  const bed = facts?.bed;
  const alarm = facts?.alarm;
  const act = {
    acknowledge: (): void => {
      if (bed && alarm) heed(bed.id, actions.acknowledge(alarm.id));
    },
    assign: (): void => {
      if (bed && armed !== null) assign(bed.id, armed);
      else setOpen('assign');
    },
    release: (): void => setOpen('release'),
    clean: (): void => {
      if (bed) heed(bed.id, actions.clean(bed));
    },
    block: (): void => {
      if (bed?.status === 'blocked') heed(bed.id, actions.unblock(bed));
      else if (bed?.status === 'reserved') heed(bed.id, giveBack(bed));
      else setOpen('block');
    },
  };

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
  useKeys([
    ...arrivals.keys,
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
        bed?.status === 'occupied'
          ? grid.current?.querySelector<HTMLElement>('.side button')?.focus()
          : bed?.status === 'available' || bed?.status === 'reserved'
            ? act.assign()
            : undefined,
    },
    { key: 'b', label: t('beds.keys.assign'), when: department !== null, run: act.assign },
    {
      key: 'r',
      label: t('beds.keys.release'),
      when: bed?.status === 'occupied' && facts?.encounter !== undefined,
      run: act.release,
    },
    { key: 'c', label: t('beds.keys.clean'), when: bed?.status === 'contaminated' || bed?.status === 'cleaning', run: act.clean },
    {
      key: 'x',
      label: t(blockWord(bed?.status ?? 'available')),
      when: bed?.status === 'available' || bed?.status === 'blocked' || bed?.status === 'reserved',
      run: act.block,
    },
    { key: 'p', label: p('open'), when: visit !== undefined, run: () => setRecord(visit?.id ?? null) },
    { key: 'a', label: t('beds.keys.acknowledge'), when: alarm !== undefined && needsAnswer(alarm), run: act.acknowledge },
    {
      key: 'Escape',
      label: t('keys.back'),
      quiet: true,
      run: () => (armed === null ? setSelected(null) : setArmed(null)),
    },
  ]);

  const candidates: readonly Candidate[] =
    department && open === 'assign'
      ? triageQueue(recordsOf(department.tables, 'encounter'))
          .filter((encounter) => armed === null || encounter.id === armed)
          .map((encounter) => ({ encounter, patient: department.tables.patient.get(encounter.patientId)?.record }))
      : [];
  const freeBeds = department
    ? recordsOf(department.tables, 'bed').filter((one) => one.status === 'available' && !one.retired)
    : [];
  const assignable = bed && (bed.status === 'available' || bed.status === 'reserved') ? [bed] : freeBeds;
  const armedEncounter = armed === null ? undefined : department?.tables.encounter.get(armed)?.record;
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
            {arrivals.drawer}
            <section className="panel panel--fixed side__bed">
              {armedEncounter ? (
                <div className="section section--armed" role="status">
                  {t('beds.armed', { name: shortName(department.tables.patient.get(armedEncounter.patientId)?.record) })}
                </div>
              ) : null}
              {facts ? (
                <BedPanel
                  facts={facts}
                  reading={alarmsKnown || !offline ? readings.get(department.devices.get(facts.bed.id)?.id ?? '') : undefined}
                  scene={scene}
                  journey={journey === null ? null : <CallToBedLine steps={journey} callsign={callsignOf} timeZone={timeZone} />}
                  refusal={refused?.bedId === facts.bed.id ? refused.message : null}
                  gestures={act}
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
              now={now}
              armed={armed}
              inbound={offline ? null : inbound}
              timeZone={timeZone}
              looked={arrivals.selected}
              onLook={arrivals.select}
              onArm={(id) => setArmed((before) => (before === id ? null : id))}
            />
            <Leaving department={department} now={now} timeZone={timeZone} onChoose={setSelected} />
          </>
        )}
      </aside>
      {arrivals.dialog}
      {record === null ? null : <PatientRecord encounterId={record} onClose={() => setRecord(null)} />}
      {open === 'assign' ? (
        <AssignDialog
          beds={assignable}
          candidates={candidates}
          onAssign={(pair: Pair) => assign(pair.bed.id, pair.candidate.encounter.id)}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open === 'release' && bed && facts?.encounter ? (
        <ReleaseDialog
          bed={bed}
          name={longName(facts.patient)}
          onRelease={(disposition) => {
            setOpen(null);
            if (facts.encounter) heed(bed.id, actions.release(bed, facts.encounter, disposition));
          }}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open === 'block' && bed ? (
        <BlockDialog
          bed={bed}
          onBlock={(reason) => {
            setOpen(null);
            heed(bed.id, actions.block(bed, reason));
          }}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </div>
  );
};
