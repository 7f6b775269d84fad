import type { Id } from '#domain/model/values.ts';
import { type Ground, type Plan, placesOf } from './plan.ts';
import { a } from './strings.ts';

const kindOf = (bed: { readonly space: Plan['beds'][number]['space']; readonly single: boolean }): string =>
  bed.single ? a('kindSingle', { space: a(`space.${bed.space}`) }) : a(`space.${bed.space}`);

/** What saving would change, a line each; empty when nothing. */
export const changesInWords = (plan: Plan): readonly string[] => {
  const { seen, area, beds } = plan;
  const before = new Map(seen.beds.map((bed) => [bed.bedId, bed]));
  const own = seen.beds.filter(({ areaId }) => areaId === plan.areaId).map(({ bedId }) => bedId);
  const order = beds.filter(({ key }) => own.includes(key)).map(({ key }) => key);
  return [
    ...(plan.areaId === null ? [a('change.newArea', { name: area.name || '–' })] : []),
    ...(plan.areaId !== null && (area.name !== seen.area.name || area.code !== seen.area.code)
      ? [a('change.name', { was: `${seen.area.name} (${seen.area.code})`, is: `${area.name} (${area.code})` })]
      : []),
    ...(plan.areaId !== null && area.layout !== seen.area.layout ? [a(`change.${area.layout}`)] : []),
    ...(plan.areaId !== null && area.sex !== seen.area.sex ? [a('change.sex', { sex: a(`sex.${area.sex}`) })] : []),
    ...(plan.areaOrder.seen.join() === plan.areaOrder.becomes.join() ? [] : [a('change.areaOrder')]),
    ...beds.flatMap((bed) => {
      const was = before.get(bed.key);
      if (!was) return [a('change.added', { label: bed.label, kind: kindOf(bed) })];
      if (bed.retired) return [a('change.retired', { label: was.label })];
      return [
        ...(was.areaId === plan.areaId ? [] : [a('change.movedIn', { label: was.label })]),
        ...(was.label === bed.label ? [] : [a('change.label', { was: was.label, is: bed.label })]),
        ...(kindOf(was) === kindOf(bed) ? [] : [a('change.kind', { label: bed.label, was: kindOf(was), is: kindOf(bed) })]),
      ];
    }),
    ...(order.join() === own.join() ? [] : [a('change.order')]),
    ...(area.layout === 'free' &&
    beds.some((bed) => !bed.isNew && JSON.stringify(before.get(bed.key)?.cell) !== JSON.stringify(bed.cell))
      ? [a('change.places')]
      : []),
  ];
};

/** Why a plan cannot be saved, a line each; empty when it can. */
export const obstaclesTo = (plan: Plan, { areas, beds }: Ground): readonly string[] => {
  const areaName = (id: Id): string => areas.find((area) => area.id === id)?.name ?? '–';
  const own = new Set(plan.beds.map(({ key }) => key));
  const elsewhere = new Map(
    beds.filter(({ retired, id }) => !retired && !own.has(id)).map((bed) => [bed.label.toLowerCase(), bed]),
  );
  const standing = plan.beds.filter(({ retired }) => !retired);
  const labels = standing.map(({ label }) => label.trim().toLowerCase());
  const status = new Map(beds.map((bed) => [bed.id, bed.status]));
  return [
    ...(plan.area.name.trim() === '' || plan.area.code.trim() === '' ? [a('obstacle.name')] : []),
    ...(plan.areaId === null && standing.length === 0 ? [a('obstacle.noBeds')] : []),
    ...standing.flatMap(({ label }, index) => {
      const name = label.trim().toLowerCase();
      const other = elsewhere.get(name);
      if (name === '') return [a('obstacle.noLabel')];
      if (other) return [a('obstacle.taken', { label, area: areaName(other.areaId) })];
      return labels.indexOf(name) < index ? [a('obstacle.twice', { label })] : [];
    }),
    ...plan.beds
      .filter(({ key, retired }) => retired && !['available', 'closed', 'blocked'].includes(status.get(key) ?? 'closed'))
      .map(({ label, key }) => a('obstacle.inUse', { label, status: a(`status.${status.get(key) ?? 'occupied'}`) })),
  ];
};

/** The beds that do not stand where their record says, in words; null when there are none. */
export const displacedInWords = (plan: Plan): string | null => {
  if (plan.area.layout !== 'free') return null;
  const labels = placesOf(plan).displaced.map((key) => plan.beds.find((bed) => bed.key === key)?.label ?? '–');
  return labels.length === 0 ? null : a('displaced', { labels: labels.join(', ') });
};
