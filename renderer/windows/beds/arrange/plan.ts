/**
 * An arrangement of one area while a person makes it: what was seen of it, and what it is to be. Everything here is pure; the
 * command and its undo are read off the same plan, so that taking back names exactly what was done.
 */
import { derivedId } from '#domain/commands/derived-id.ts';
import type { CommandInput } from '#domain/commands/registry.ts';
import type { Area } from '#domain/model/area.ts';
import type { Bed } from '#domain/model/bed.ts';
import type { Device } from '#domain/model/device.ts';
import type { Id } from '#domain/model/values.ts';
import {
  type AreaPlan,
  areaPlanOf,
  bedPlanOf,
  compareAreas,
  compareBeds,
  type PlannedBed,
} from '#domain/rules/bed-arrangement.ts';
import { isSame } from '#domain/rules/same.ts';
import { type Cell, standFreely } from '../free-layout.ts';

export type PlanBed = Pick<Bed, 'label' | 'space' | 'single' | 'cell' | 'retired'> & {
  /** The bed's id, or a name of its own while it is new. */
  readonly key: string;
  readonly isNew: boolean;
};
export type Plan = {
  /** Null while the area is new. */
  readonly areaId: Id | null;
  readonly area: AreaPlan;
  /** In their order. */
  readonly beds: readonly PlanBed[];
  readonly seen: { readonly area: AreaPlan; readonly beds: readonly PlannedBed[] };
  readonly areaOrder: { readonly seen: readonly Id[]; readonly becomes: readonly Id[] };
  /** How many new beds have been named, so that no two share a key. */
  readonly minted: number;
};
/** What the plan is made over. */
export type Ground = { readonly areas: readonly Area[]; readonly beds: readonly Bed[]; readonly devices: readonly Device[] };

const noArea: AreaPlan = { name: '', code: '', layout: 'grid', sex: 'any' };
export const emptyPlan: Plan = {
  areaId: null,
  area: noArea,
  beds: [],
  seen: { area: noArea, beds: [] },
  areaOrder: { seen: [], becomes: [] },
  minted: 0,
};

const planBed = ({ bedId, label, space, single, cell, retired }: PlannedBed): PlanBed => ({
  key: bedId,
  isNew: false,
  label,
  space,
  single,
  cell,
  retired,
});

/** The plan of an area as it stands; of a new one for null. */
export const planOf = ({ areas, beds }: Ground, areaId: Id | null): Plan => {
  const order = areas.toSorted(compareAreas).map(({ id }) => id);
  const area = areas.find(({ id }) => id === areaId);
  if (!area) return emptyPlan;
  const own = beds
    .filter((bed) => bed.areaId === area.id && !bed.retired)
    .toSorted(compareBeds)
    .map(bedPlanOf);
  return {
    ...emptyPlan,
    areaId: area.id,
    area: areaPlanOf(area),
    beds: own.map(planBed),
    seen: { area: areaPlanOf(area), beds: own },
    areaOrder: { seen: order, becomes: order },
  };
};

const standing = (plan: Plan): readonly PlanBed[] => plan.beds.filter(({ retired }) => !retired);

/** How many cells wide the ground of the editor is. */
export const groundWidth = (plan: Plan): number =>
  Math.min(100, Math.max(6, ...plan.beds.map(({ cell }) => (cell ? cell.column + 2 : 0))));

/** Where every bed stands in the editor, and which do not stand where they were put. */
export const placesOf = (plan: Plan) =>
  standFreely(
    standing(plan).map(({ key, cell }) => ({ id: key, cell })),
    groundWidth(plan),
  );

/** Every bed with the cell it is shown in: once one bed is moved, the others stay where they are. */
const pinned = (plan: Plan): Plan => {
  const { cells } = placesOf(plan);
  return { ...plan, beds: plan.beds.map((bed) => ({ ...bed, cell: cells.get(bed.key) ?? bed.cell })) };
};

export const changeBed = (plan: Plan, key: string, changes: Partial<PlanBed>): Plan => ({
  ...plan,
  beds: plan.beds.map((bed) => (bed.key === key ? { ...bed, ...changes } : bed)),
});

/** Puts a bed into a cell; who stands there changes places with it. */
export const putAt = (plan: Plan, key: string, cell: Cell): Plan => {
  if (cell.column < 0 || cell.line < 0 || cell.column > 99 || cell.line > 99) return plan;
  const still = pinned(plan);
  const from = still.beds.find((bed) => bed.key === key)?.cell;
  if (!from) return plan;
  const there = standing(still).find((bed) => bed.cell?.column === cell.column && bed.cell.line === cell.line);
  const moved = changeBed(still, key, { cell });
  return there && there.key !== key ? changeBed(moved, there.key, { cell: from }) : moved;
};

/** Moves a bed by cells. */
export const moveBy = (plan: Plan, key: string, columns: number, lines: number): Plan => {
  const at = placesOf(plan).cells.get(key);
  return at ? putAt(plan, key, { column: at.column + columns, line: at.line + lines }) : plan;
};

/** Puts a bed before or after its neighbours in the order. */
export const moveInOrder = (plan: Plan, key: string, by: number): Plan => {
  const from = plan.beds.findIndex((bed) => bed.key === key);
  const bed = plan.beds[from];
  const to = from + by;
  if (!bed || to < 0 || to >= plan.beds.length) return plan;
  return { ...plan, beds: plan.beds.toSpliced(from, 1).toSpliced(to, 0, bed) };
};

/** Moves the area among the others. */
export const moveArea = (plan: Plan, by: number): Plan => {
  const { seen, becomes } = plan.areaOrder;
  const from = plan.areaId === null ? -1 : becomes.indexOf(plan.areaId);
  const to = from + by;
  if (plan.areaId === null || from === -1 || to < 0 || to >= becomes.length) return plan;
  return { ...plan, areaOrder: { seen, becomes: becomes.toSpliced(from, 1).toSpliced(to, 0, plan.areaId) } };
};

/** Adds a bed at the end, with the next label that nobody has. */
export const addBed = (plan: Plan, { beds }: Pick<Ground, 'beds'>): { readonly plan: Plan; readonly key: string } => {
  const taken = new Set([...beds.filter(({ retired }) => !retired), ...plan.beds].map(({ label }) => label.toLowerCase()));
  const stem = plan.area.code === '' ? 'B' : plan.area.code;
  let number = 1;
  while (taken.has(`${stem}${number}`.toLowerCase())) number += 1;
  const key = `new ${plan.minted + 1}`;
  const bed: PlanBed = { key, isNew: true, label: `${stem}${number}`, space: 'bed', single: false, cell: null, retired: false };
  return { plan: { ...plan, beds: [...plan.beds, bed], minted: plan.minted + 1 }, key };
};

const isMovedIn = (plan: Plan, key: string): boolean =>
  plan.seen.beds.some((bed) => bed.bedId === key && bed.areaId !== plan.areaId);

/** Gives a bed up, or takes that back. A new one and one that was moved in only leave the plan. */
export const retire = (plan: Plan, key: string): Plan => {
  const bed = plan.beds.find((one) => one.key === key);
  if (!bed) return plan;
  if (!bed.isNew && !isMovedIn(plan, key)) return changeBed(plan, key, { retired: !bed.retired });
  return {
    ...plan,
    beds: plan.beds.filter((one) => one !== bed),
    seen: { ...plan.seen, beds: plan.seen.beds.filter(({ bedId, areaId }) => bedId !== key || areaId === plan.areaId) },
  };
};

/** Moves a bed of another area in, at the end. */
export const takeIn = (plan: Plan, bed: Bed): Plan => ({
  ...plan,
  beds: [...plan.beds, { ...planBed(bedPlanOf(bed)), cell: null }],
  seen: { ...plan.seen, beds: [...plan.seen.beds, bedPlanOf(bed)] },
});

/** The beds as they are to be, with their number in the order: a new one only where the order is another. */
const becoming = (plan: Plan): readonly (PlanBed & { readonly order: number })[] => {
  const before = new Map(plan.seen.beds.filter(({ areaId }) => areaId === plan.areaId).map((bed) => [bed.bedId, bed.order]));
  const orders = plan.beds.map(({ key }) => before.get(key));
  const stands = orders.every((order, index) => order !== undefined && (index === 0 || (orders[index - 1] ?? 0) <= order));
  return plan.beds.map((bed, index) => ({ ...bed, order: stands ? (orders[index] ?? index) : index }));
};

const without = ({ key: _, isNew: __, retired: ___, ...bed }: PlanBed & { readonly order: number }) => ({
  ...bed,
  label: bed.label.trim(),
});
const areaOf = ({ area }: Plan): AreaPlan => ({ ...area, name: area.name.trim(), code: area.code.trim() });

/** The command that makes a plan of an area that exists. */
export const arrangementOf = (plan: Plan, areaId: Id): CommandInput<'arrangeArea'> => {
  const seen = new Map(plan.seen.beds.map((bed) => [bed.bedId, bed]));
  const beds = becoming(plan);
  const moves = !isSame(plan.areaOrder.seen, plan.areaOrder.becomes);
  return {
    areaId,
    seen: { area: plan.seen.area, beds: [...plan.seen.beds] },
    becomes: {
      area: areaOf(plan),
      beds: beds.flatMap((bed) => {
        const was = seen.get(bed.key);
        if (!was) return [];
        const is = { ...was, ...without(bed), areaId, retired: bed.retired };
        return !isSame(was, is) ? [is] : [];
      }),
      added: beds.filter(({ isNew }) => isNew).map(without),
    },
    ...(moves ? { areaOrder: { seen: [...plan.areaOrder.seen], becomes: [...plan.areaOrder.becomes] } } : {}),
  };
};

/** The command that makes a new area. */
export const newAreaOf = (plan: Plan): CommandInput<'addArea'> => ({ area: areaOf(plan), beds: becoming(plan).map(without) });

/** What takes an arrangement back that was given as `commandId` over `ground`: refused by the domain when anybody has built on it. */
export const takingBack = (plan: Plan, commandId: Id, { beds, devices }: Ground): CommandInput<'arrangeArea'> => {
  const areaId = plan.areaId ?? derivedId(commandId, 0);
  const { seen, becomes, areaOrder } = arrangementOf(plan, areaId);
  const changed = new Map(becomes.beds.map((bed) => [bed.bedId, bed]));
  const added = becomes.added.map((bed, index) => ({
    ...bed,
    bedId: derivedId(commandId, plan.areaId === null ? index + 1 : index),
    areaId,
    retired: false,
  }));
  const comebackOf = (bedId: Id) => ({
    open: beds.find(({ id }) => id === bedId)?.status === 'available',
    monitors: devices.filter((device) => device.bedId === bedId).map(({ id }) => id),
  });
  return {
    areaId,
    seen: { area: becomes.area, beds: [...seen.beds.map((bed) => changed.get(bed.bedId) ?? bed), ...added] },
    becomes: {
      area: plan.areaId === null ? becomes.area : seen.area,
      beds: [
        ...seen.beds
          .filter(({ bedId }) => changed.has(bedId))
          .map((bed) => ({ ...bed, ...(changed.get(bed.bedId)?.retired ? { comeback: comebackOf(bed.bedId) } : {}) })),
        ...added.map((bed) => ({ ...bed, retired: true })),
      ],
      added: [],
    },
    ...(areaOrder ? { areaOrder: { seen: areaOrder.becomes, becomes: areaOrder.seen } } : {}),
  };
};

/** The department as it would be: for the picture of it beside the editor. */
export const groundWith = (plan: Plan, { areas, beds }: Ground): Pick<Ground, 'areas' | 'beds'> => {
  const areaId = plan.areaId ?? 'new';
  const [anArea] = areas;
  const [aBed] = beds;
  const own = new Map(becoming(plan).map((bed) => [bed.key, bed]));
  const made = [...own.values()].filter(({ isNew }) => isNew);
  const place = new Map(plan.areaOrder.becomes.map((id, order) => [id, order]));
  return {
    areas: [
      ...areas.map((area) => ({ ...area, ...(area.id === areaId ? plan.area : {}), order: place.get(area.id) ?? area.order })),
      ...(plan.areaId === null && anArea ? [{ ...anArea, ...plan.area, id: areaId, order: 1e6 }] : []),
    ],
    beds: [
      ...beds.map((bed) => {
        const is = own.get(bed.id);
        return is ? { ...bed, ...without(is), retired: is.retired, areaId } : bed;
      }),
      ...(aBed ? made.map((bed) => ({ ...aBed, ...without(bed), id: bed.key, areaId, retired: false })) : []),
    ],
  };
};
