/** The keys of the dispatch board in one list: what a hand does without the panel of the moment, which has keys of its own. */
import { type RefObject, useRef } from 'react';
import type { Assignment } from '#domain/model/assignment.ts';
import type { Call } from '#domain/model/call.ts';
import type { DispatchSettings } from '#domain/model/dispatch-settings.ts';
import type { Hospital } from '#domain/model/hospital.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id } from '#domain/model/values.ts';
import { serverTimeOf } from '../../../state/hooks.ts';
import type { Draft } from '../../../state/sealed-drafts.ts';
import { emptyTables, recordsOf, type WindowStore } from '../../../state/store.ts';
import { useKeys } from '../../../ui/keys.tsx';
import type { MapViewHandle } from '../map-view.tsx';
import type { Selection } from '../picture.ts';
import { r } from '../replay/strings.ts';
import { type IncidentRow, incidentClock } from '../situation.ts';
import { m } from '../strings.ts';
import { unitsAround } from '../units-around.ts';
import type { CallForm } from './call-form.ts';
import { toTellOf } from './incident-side.tsx';
import { type Arrival, rollCallsDue } from './queue.ts';
import { d } from './strings.ts';
import { isUncalledUnit } from './unit-side.tsx';
import type { Uncalled, Untold } from './use-dispatching.ts';
import type { Mode } from './use-selection.ts';

export type KeyScene = {
  readonly store: WindowStore;
  readonly map: RefObject<MapViewHandle | null>;
  /** The queue as it is shown. */
  readonly rows: readonly IncidentRow[];
  readonly row: IncidentRow | undefined;
  readonly unit: Unit | undefined;
  readonly hospital: Hospital | undefined;
  readonly mission: Assignment | undefined;
  readonly fleet: readonly Unit[];
  readonly emergencies: readonly Unit[];
  readonly ringing: readonly Call[];
  readonly drafts: readonly Draft<CallForm>[];
  readonly arrivals: readonly Arrival[];
  readonly settings: DispatchSettings;
  readonly mode: Mode;
  readonly untold: Untold | null;
  readonly uncalled: Uncalled | null;
  /** The unit can still be called back. */
  readonly mayRecall: boolean;
  readonly select: (selection: Selection) => void;
  /** Chooses a unit and brings the map to where it is. */
  readonly showUnit: (id: Id) => void;
  readonly openMode: (mode: Mode) => void;
  readonly newCall: () => void;
  readonly answer: (call: Call) => void;
  readonly resume: (draftId: Id) => void;
  readonly acceptArrival: (arrival: Arrival) => void;
  readonly answerRollCall: (unit: Unit) => void;
  readonly nextFilter: () => void;
  readonly toggleEnded: () => void;
  readonly toggleLegend: () => void;
  readonly openCommand: () => void;
  readonly toggleReplay: () => void;
};

const nobody: readonly Id[] = [];

/** Binds them while the board stands. */
export const useBoardKeys = (scene: KeyScene): void => {
  const { store, map, rows, row, unit, mission, fleet, emergencies, ringing, drafts, arrivals, settings, openMode } = scene;
  /** The units that a key walks through, nearest to where it began. */
  const walk = useRef<{ readonly ids: readonly Id[]; readonly at: number }>({ ids: nobody, at: -1 });
  /** A form in progress has the keys; what it covers is not acted on. */
  const isFree = scene.mode !== 'call' && scene.mode !== 'endCall';
  const isOpen = isFree && row?.incident.status === 'open';
  const isMission = isFree && mission !== undefined;
  const isChosen = isFree && row !== undefined;
  const isUncalled = isFree && unit !== undefined && isUncalledUnit(unit, scene.uncalled);

  const step = (by: number): void => {
    const at = rows.findIndex(({ incident }) => incident.id === row?.incident.id);
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (!next) return;
    scene.select({ kind: 'incident', id: next.incident.id });
    document.querySelector(`[data-incident="${next.incident.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const stepUnit = (): void => {
    let { ids, at } = walk.current;
    if (!unit || ids[at] !== unit.id) {
      const { positions } = store.getState();
      const place = row?.incident.position ?? scene.hospital?.position ?? (unit && positions.get(unit.id)?.position);
      if (!place) return;
      ids = unitsAround(place, fleet, positions).filter((id) => id !== unit?.id);
      at = -1;
    }
    at = (at + 1) % ids.length;
    const next = ids[at];
    if (next === undefined) return;
    walk.current = { ids, at };
    scene.select({ kind: 'unit', id: next });
  };
  /** The unit of the chosen incident whose clock it shows: what a unit's key means there. */
  const missionUnit = row && incidentClock(row).lead?.unit;
  const onUnit = (next: Mode) => (): void => {
    if (!unit && !missionUnit) return;
    if (!unit && missionUnit) scene.select({ kind: 'unit', id: missionUnit.id });
    openMode(next);
  };
  const now = (): number => serverTimeOf(store.getState()) ?? 0;
  const answerRollCall = (): void => {
    const due = rollCallsDue(fleet, settings.rollCall, now());
    const asked = due.find((one) => one.unit.id === unit?.id) ?? due[0];
    if (asked) scene.answerRollCall(asked.unit);
  };
  const emergency = (): void => {
    const meant = unit ?? emergencies[0];
    if (!meant) return;
    scene.showUnit(meant.id);
    openMode('emergency');
  };
  const radioOrReopen = (): void => {
    if (isUncalled) openMode('voice');
    if (!row) return;
    if (!isOpen) {
      openMode('reopen');
      return;
    }
    const records = store.getState().records ?? emptyTables();
    const unitOf = (id: Id): Unit | undefined => recordsOf(records, 'unit').find((one) => one.id === id);
    if (toTellOf(row, scene.untold, unitOf, now()).length > 0) openMode('voice');
  };

  useKeys([
    { key: ['ArrowUp', 'ArrowDown'], label: m('keyIncident'), run: (pressed) => step(pressed === 'ArrowDown' ? 1 : -1) },
    { key: 'u', label: m('keyUnitAround'), run: stepUnit, quiet: true },
    { key: 'a', label: d('keyAnswer'), when: isFree && ringing.length > 0, run: () => ringing[0] && scene.answer(ringing[0]) },
    { key: 'n', label: m('keyNew'), when: isFree, run: scene.newCall },
    {
      key: 'Shift+n',
      label: d('keyDraft'),
      when: isFree && drafts.length > 0,
      run: () => drafts[0] && scene.resume(drafts[0].id),
      quiet: true,
    },
    { key: 'd', label: m('keyDispatch'), when: isOpen, run: () => openMode('send') },
    { key: 's', label: m('keyStatus'), when: isFree && (unit !== undefined || missionUnit !== undefined), run: onUnit('status') },
    { key: 't', label: d('keyNote'), when: isChosen, run: () => openMode('note') },
    { key: 'c', label: d('keyCorrect'), when: isChosen, run: () => openMode('correct') },
    {
      key: 'p',
      label: d(unit ? 'keyPrealert' : 'keyPriority'),
      when: isOpen || isMission,
      run: () => openMode(unit ? 'prealert' : 'priority'),
    },
    { key: 'h', label: d('keyHospital'), when: isMission || (isFree && missionUnit !== undefined), run: onUnit('hospital') },
    {
      key: 'x',
      label: d(unit ? 'keyStandDown' : 'keyCancel'),
      when: isOpen || (isFree && scene.mayRecall),
      run: () => openMode(unit ? 'standDown' : 'cancel'),
    },
    { key: 'Shift+x', label: d('keyRefused'), when: isFree && scene.mayRecall, run: () => openMode('refused'), quiet: true },
    { key: 'm', label: d('keyMerge'), when: isOpen, run: () => openMode('merge'), quiet: true },
    { key: 'Shift+m', label: d('keySplit'), when: isOpen, run: () => openMode('split'), quiet: true },
    { key: 'Shift+c', label: d('keyTimes'), when: isChosen, run: () => openMode('times'), quiet: true },
    {
      key: 'r',
      label: d(isUncalled || row?.incident.status === 'open' ? 'keyVoice' : 'keyReopen'),
      when: isChosen || isUncalled,
      run: radioOrReopen,
      quiet: true,
    },
    { key: 'y', label: d('keyArrived'), when: arrivals.length > 0, run: () => arrivals[0] && scene.acceptArrival(arrivals[0]) },
    { key: 'k', label: d('keyRollCall'), run: answerRollCall, quiet: true },
    { key: '!', label: d('keyEmergency'), when: isFree && (unit !== undefined || emergencies.length > 0), run: emergency },
    { key: 'q', label: d('keyFilter'), run: scene.nextFilter, quiet: true },
    { key: 'o', label: d('keyEnded'), run: scene.toggleEnded, quiet: true },
    { key: '*', label: m('keyFit'), run: () => map.current?.release() },
    { key: ['+', '-'], label: m('keyZoom'), run: (pressed) => map.current?.zoomBy(pressed === '+' ? 1 : -1), quiet: true },
    { key: 'l', label: m('keyLegend'), run: scene.toggleLegend, quiet: true },
    { key: 'Shift+h', label: r('keyOpen'), run: scene.toggleReplay, quiet: true },
    { key: '/', label: m('keyCommand'), run: scene.openCommand },
    { key: 'Escape', label: m('keyBack'), when: scene.mode !== 'look', run: () => openMode('look'), quiet: true },
  ]);
};
