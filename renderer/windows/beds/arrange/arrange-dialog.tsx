import { useEffect, useRef, useState } from 'react';
import { bedSpaces } from '#domain/model/bed.ts';
import type { Id } from '#domain/model/values.ts';
import { changedSince, compareAreas, compareBeds } from '#domain/rules/bed-arrangement.ts';
import { useTables, useWindowStore } from '../../../state/hooks.ts';
import { linkOf } from '../../../state/link.ts';
import { type RecordTables, recordsOf, viewOf } from '../../../state/store.ts';
import { useSealedDrafts } from '../../../state/use-sealed-drafts.ts';
import { Button, Dialog } from '../../../ui/controls.tsx';
import { Choice, Field } from '../../../ui/field.tsx';
import { useGesture } from '../../../ui/gesture.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { PlanGround } from './ground.tsx';
import {
  addBed,
  arrangementOf,
  changeBed,
  emptyPlan,
  type Ground,
  moveArea,
  moveBy,
  moveInOrder,
  newAreaOf,
  type Plan,
  planOf,
  putAt,
  retire,
  takeIn,
  takingBack,
} from './plan.ts';
import { PlanPreview } from './preview.tsx';
import { a } from './strings.ts';
import { changesInWords, displacedInWords, obstaclesTo } from './words.ts';
import './arrange.css';
import { isSame } from '#domain/rules/same.ts';

const kinds = ['area', 'bed', 'device'] as const;
/** The draft of an area that does not exist yet. */
const newAreaDraft = 'new-area';
const steps: Readonly<Record<string, readonly [columns: number, lines: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const groundOf = (tables: RecordTables | null): Ground => ({
  areas: tables ? recordsOf(tables, 'area') : [],
  beds: tables ? recordsOf(tables, 'bed') : [],
  devices: tables ? recordsOf(tables, 'device') : [],
});

/** Areas and beds as the site lays them out: one area at a time, saved and taken back as a whole. `width` is that of the board. */
export const ArrangeDialog = ({ width, onClose }: { readonly width: number; readonly onClose: () => void }) => {
  const store = useWindowStore();
  const tables = useTables(kinds);
  const gesture = useGesture();
  const drafts = useSealedDrafts('vigil-arrange', emptyPlan);
  const ground = groundOf(tables);
  const areas = ground.areas.toSorted(compareAreas);
  const [areaId, setAreaId] = useState<Id | null>(areas[0]?.id ?? null);
  const [edited, setEdited] = useState<Readonly<Record<string, Plan | null>>>({});
  const [chosen, setChosen] = useState<string | null>(null);
  const label = useRef<HTMLInputElement>(null);
  const draftId = areaId ?? newAreaDraft;
  const kept = drafts.list.find(({ id }) => id === draftId)?.form;
  const now = edited[draftId];
  const plan = now ?? (now === null ? undefined : kept) ?? planOf(ground, areaId);
  const isKept = isSame(kept, plan);
  const bed = plan.beds.find(({ key }) => key === chosen);
  const link = linkOf(store.getState(), performance.now());

  const change = (next: Plan): void => {
    setEdited((before) => ({ ...before, [draftId]: next }));
    drafts.keepSoon(draftId, next);
  };
  const forget = (): void => {
    setEdited((before) => ({ ...before, [draftId]: null }));
    drafts.discard(draftId);
  };
  const go = (next: Id | null): void => {
    setAreaId(next);
    setChosen(null);
  };
  const add = (): void => {
    const added = addBed(plan, ground);
    change(added.plan);
    setChosen(added.key);
  };
  const isFree = plan.area.layout === 'free';
  const changes = changesInWords(plan);
  const obstacles = obstaclesTo(plan, ground);
  const isStale = tables !== null && areaId !== null && changedSince(viewOf(tables), areaId, plan.seen).length > 0;
  const isReady = changes.length > 0 && obstacles.length === 0;
  const save = (): void => {
    if (!isReady) return;
    const said = {
      text: a('did', { name: plan.area.name }),
      undo: (commandId: Id) => void gesture('arrangeArea', takingBack(plan, commandId, ground)),
    };
    const answer =
      areaId === null ? gesture('addArea', newAreaOf(plan), said) : gesture('arrangeArea', arrangementOf(plan, areaId), said);
    void answer.then(({ status }) => {
      if (status !== 'saved') return;
      forget();
      onClose();
    });
  };
  const arrow = (key: string): void => {
    const [columns, lines] = steps[key] ?? [0, 0];
    if (chosen !== null && isFree) change(moveBy(plan, chosen, columns, lines));
    else {
      const at = plan.beds.findIndex((one) => one.key === chosen);
      setChosen(plan.beds[Math.max(0, Math.min(plan.beds.length - 1, at + columns + lines * 8))]?.key ?? null);
    }
  };
  const inOrder = (key: string): void => {
    if (chosen !== null) change(moveInOrder(plan, chosen, key.endsWith('Left') || key.endsWith('Up') ? -1 : 1));
  };
  const arrows = Object.keys(steps);
  useKeys([
    { key: arrows, label: isFree && chosen !== null ? a('move') : a('choose'), run: arrow },
    { key: arrows.map((key) => `Shift+${key}`), label: a('order'), when: chosen !== null, run: (key) => inOrder(key) },
    { key: 'n', label: a('add'), run: add },
    { key: 'e', label: a('edit'), when: bed !== undefined, run: () => label.current?.select() },
    { key: 'Delete', label: a('retire'), when: bed !== undefined, run: () => chosen !== null && change(retire(plan, chosen)) },
    {
      key: ['PageDown', 'PageUp'],
      label: a('nextArea'),
      run: (key) => {
        const ids = areas.map(({ id }) => id);
        const step = key === 'PageDown' ? 1 : ids.length - 1;
        go(ids[(Math.max(0, ids.indexOf(areaId ?? '')) + step) % Math.max(1, ids.length)] ?? null);
      },
    },
    { key: 'Ctrl+Enter', label: a('save'), whileTyping: true, when: isReady, run: save },
  ]);
  useEffect(() => {
    document.querySelector<HTMLElement>(`[data-plan-bed="${chosen}"]`)?.focus();
  }, [chosen]);

  const others = ground.beds
    .filter((one) => !one.retired && one.areaId !== areaId && !plan.beds.some(({ key }) => key === one.id))
    .toSorted(compareBeds);
  const displaced = displacedInWords(plan);
  return (
    <Dialog title={a('title')} onClose={onClose} wide>
      <div className="arrange">
        <div className="arrange__areas">
          {areas.map((area) => (
            <button
              key={area.id}
              type="button"
              className={area.id === areaId ? 'arrange__area is-chosen' : 'arrange__area'}
              aria-pressed={area.id === areaId}
              onClick={() => go(area.id)}
            >
              <b>{area.name}</b>
              <span className="meta">
                {a('areaBeds', { count: ground.beds.filter((one) => one.areaId === area.id && !one.retired).length })}
              </span>
            </button>
          ))}
          <button
            type="button"
            className={areaId === null ? 'arrange__area is-chosen' : 'arrange__area'}
            aria-pressed={areaId === null}
            onClick={() => go(null)}
          >
            <b>{a('newArea')}</b>
          </button>
        </div>
        <div className="arrange__middle">
          <div className="arrange__form">
            <Field
              label={a('name')}
              text={plan.area.name}
              onChange={(name) => change({ ...plan, area: { ...plan.area, name } })}
            />
            <Field
              label={a('code')}
              text={plan.area.code}
              onChange={(code) => change({ ...plan, area: { ...plan.area, code: code.slice(0, 8) } })}
            />
            <Choice
              label={a('layout')}
              value={plan.area.layout}
              options={(['grid', 'free'] as const).map((value) => ({ value, label: a(`layout.${value}`) }))}
              onChange={(layout) => change({ ...plan, area: { ...plan.area, layout } })}
            />
            <Choice
              label={a('sex')}
              value={plan.area.sex}
              options={(['any', 'female', 'male'] as const).map((value) => ({ value, label: a(`sex.${value}`) }))}
              onChange={(sex) => change({ ...plan, area: { ...plan.area, sex } })}
            />
            {areaId === null ? null : (
              <div className="row">
                <Button touch onPress={() => change(moveArea(plan, -1))}>
                  {a('areaUp')}
                </Button>
                <Button touch onPress={() => change(moveArea(plan, 1))}>
                  {a('areaDown')}
                </Button>
              </div>
            )}
          </div>
          <div className="arrange__head">
            <h3>{a('beds', { name: plan.area.name || '–' })}</h3>
            <span className="grow" />
            <Button touch keyName="n" onPress={add}>
              {a('add')}
            </Button>
          </div>
          {displaced === null ? null : <p className="arrange__notice">{displaced}</p>}
          <PlanGround
            plan={plan}
            chosen={chosen}
            onChoose={setChosen}
            onPut={(key, cell, index) =>
              change(
                isFree
                  ? putAt(plan, key, cell)
                  : moveInOrder(plan, key, Math.min(index, plan.beds.length - 1) - plan.beds.findIndex((one) => one.key === key)),
              )
            }
          />
          <h3 className="cap">{a('preview')}</h3>
          <PlanPreview plan={plan} ground={ground} width={width} />
        </div>
        <div className="arrange__side">
          {bed ? (
            <div className="section arrange__bed">
              <h3>{a('chosen', { label: bed.label })}</h3>
              <Field
                label={a('label')}
                text={bed.label}
                inputRef={label}
                onChange={(text) => change(changeBed(plan, bed.key, { label: text.slice(0, 8) }))}
              />
              <Choice
                label={a('space')}
                value={bed.space}
                options={bedSpaces.map((value) => ({ value, label: a(`space.${value}`) }))}
                onChange={(space) => change(changeBed(plan, bed.key, { space }))}
              />
              <Choice
                label={a('single')}
                value={bed.single ? 'yes' : 'no'}
                options={(['no', 'yes'] as const).map((value) => ({ value, label: a(`single.${value}`) }))}
                onChange={(value) => change(changeBed(plan, bed.key, { single: value === 'yes' }))}
              />
              <Button touch keyName="Delete" onPress={() => change(retire(plan, bed.key))}>
                {bed.retired ? a('unretire') : a('retire')}
              </Button>
            </div>
          ) : (
            <p className="section t3">{a('none')}</p>
          )}
          {plan.beds.some(({ retired }) => retired) && isFree ? (
            <div className="section row row--wrap">
              {plan.beds
                .filter(({ retired }) => retired)
                .map(({ key, label: name }) => (
                  <Button key={key} touch onPress={() => change(retire(plan, key))}>
                    {name} · {a('unretire')}
                  </Button>
                ))}
            </div>
          ) : null}
          <details className="section arrange__others">
            <summary>{a('takeIn')}</summary>
            <div className="row row--wrap">
              {others.map((one) => (
                <Button key={one.id} touch onPress={() => change(takeIn(plan, one))}>
                  {one.label}
                </Button>
              ))}
            </div>
          </details>
          <div className="section" role="status">
            <h3>{a('changes')}</h3>
            {changes.length === 0 ? <p className="t3">{a('noChanges')}</p> : null}
            <ul className="arrange__lines">
              {changes.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            {[...obstacles, ...(isStale ? [a('stale')] : [])].map((line) => (
              <p key={line} className="arrange__notice" role="alert">
                <Icon name="warning" size={14} />
                {line}
              </p>
            ))}
            {link.state === 'offline' ? <p className="arrange__notice">{a('offline')}</p> : null}
            {changes.length > 0 ? (
              <p className="meta">
                {drafts.failure !== null ? a('notKept', { why: drafts.failure }) : isKept ? a('kept') : a('keeping')}
              </p>
            ) : null}
          </div>
          <div className="section row row--wrap">
            <Button main touch keyName="Ctrl+Enter" disabled={!isReady} onPress={save}>
              {a('save')}
            </Button>
            <Button touch disabled={changes.length === 0 && !isStale} onPress={forget}>
              {isStale ? a('again') : a('discard')}
            </Button>
          </div>
        </div>
      </div>
    </Dialog>
  );
};
