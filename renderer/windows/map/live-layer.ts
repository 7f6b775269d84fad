/**
 * What moves, drawn on a canvas of its own over the background. The background is drawn only when the view moves, so a fleet
 * that reports every second costs a few milliseconds here and nothing in the map engine, with or without a graphics card.
 */
import type { Position } from '#domain/model/values.ts';
import type { PlaceName, ScreenPoint } from './engine/port.ts';
import type { Palette } from './palette.ts';
import { chosenOrder, type Label, type Mark, type NamedMark, type Picture, type Selection } from './picture.ts';
import { type Box, type LabelWish, placeLabels } from './place-labels.ts';
import { type Camera, projection } from './project.ts';
import { pinLift, type Sprite } from './symbols/draw.ts';
import { createSprites, type Sprites, type Text } from './symbols/sprites.ts';

export type LiveScene = {
  readonly picture: Picture;
  readonly camera: Camera;
  readonly draft: Position | null;
  /** Names of the background that give way to everything else. */
  readonly places: readonly PlaceName[];
};
export type LiveLayer = {
  readonly draw: (scene: LiveScene) => void;
  /** What was drawn within `radius` pixels of a point, topmost first. */
  readonly findAt: (at: ScreenPoint, radius: number) => readonly Selection[];
  readonly setPalette: (palette: Palette) => void;
  readonly destroy: () => void;
};

/** More units than this and their symbols are drawn smaller until the view is near. */
export const denseFleet = 250;
const em = 13;
const placePadding = 20;
const farthest = 64;

type Stop = readonly [zoom: number, size: number];
const sizes: Readonly<Record<'sparse' | 'dense', readonly Stop[]>> = {
  sparse: [
    [9, 0.6],
    [11, 0.85],
    [12.5, 1],
  ],
  dense: [
    [10, 0.22],
    [12, 0.38],
    [14, 0.7],
    [15, 1],
  ],
};
/** Symbols shrink as the view widens, and further when a large fleet shares it. */
export const unitSize = (zoom: number, dense: boolean): number => {
  const stops = sizes[dense ? 'dense' : 'sparse'];
  const next = stops.findIndex(([at]) => at > zoom);
  const [toZoom, to] = stops[next] ?? stops.at(-1) ?? [0, 1];
  const [fromZoom, from] = stops[next - 1] ?? [toZoom, to];
  return next <= 0 ? (next === 0 ? (stops[0]?.[1] ?? 1) : to) : from + ((zoom - fromZoom) / (toZoom - fromZoom)) * (to - from);
};

type Drawn = { readonly selection: Selection; readonly box: Box };

/** A canvas over the map in `container`; it takes no pointer. */
export const createLiveLayer = (container: HTMLElement, firstPalette: Palette): LiveLayer => {
  const canvas = document.createElement('canvas');
  canvas.className = 'map-live';
  container.append(canvas);
  // Kept in memory the processor draws into: reading it back from a graphics process is what would stall.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This window cannot draw the live picture: it has no 2D canvas.');
  let palette = firstPalette;
  let ratio = 0;
  let sprites: Sprites | null = null;
  let size = { width: container.clientWidth, height: container.clientHeight };
  let sides: ReadonlyMap<string, number> = new Map();
  let drawn: readonly Drawn[] = [];
  let last: LiveScene | null = null;

  const stock = (): Sprites => {
    const { width, height } = size;
    if (ratio !== devicePixelRatio || !sprites) {
      ratio = devicePixelRatio;
      sprites = createSprites({ palette, ratio }, getComputedStyle(document.body).fontFamily);
    }
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    return sprites;
  };
  const put = ({ image, width, height }: Sprite, { x, y }: ScreenPoint, scale = 1, degrees = 0): Box => {
    const wide = width * scale;
    const high = height * scale;
    if (degrees !== 0) {
      const turn = (degrees * Math.PI) / 180;
      const [cos, sin] = [Math.cos(turn) * ratio, Math.sin(turn) * ratio];
      context.setTransform(cos, sin, -sin, cos, x * ratio, y * ratio);
      context.drawImage(image, -wide / 2, -high / 2, wide, high);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      return { left: x - wide / 2, top: y - high / 2, right: x + wide / 2, bottom: y + high / 2 };
    }
    // On whole pixels, where an image stays as sharp as it was drawn.
    const left = Math.round((x - wide / 2) * ratio) / ratio;
    const top = Math.round((y - high / 2) * ratio) / ratio;
    context.drawImage(image, left, top, wide, high);
    return { left, top, right: left + wide, bottom: top + high };
  };

  const draw = (scene: LiveScene): void => {
    last = scene;
    const { picture, camera, draft, places } = scene;
    const { width, height } = size;
    if (width === 0 || height === 0) return;
    const from = stock();
    const dense = picture.summary.units > denseFleet;
    const scale = unitSize(camera.zoom, dense);
    const project = projection(camera, size);
    const onScreen = ({ x, y }: ScreenPoint): boolean =>
      x > -farthest && y > -farthest && x < width + farthest && y < height + farthest;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);

    context.strokeStyle = palette.text;
    context.lineCap = 'round';
    for (const { from: start, to, proposed } of picture.links) {
      const [one, other] = [project(start), project(to)];
      context.lineWidth = proposed ? 2 : 1.5;
      context.globalAlpha = proposed ? 0.9 : 0.55;
      context.setLineDash([0.1, 3 * context.lineWidth]);
      context.beginPath();
      context.moveTo(one.x, one.y);
      context.lineTo(other.x, other.y);
      context.stroke();
    }
    context.globalAlpha = 1;
    context.setLineDash([]);

    type Standing<M extends Mark> = { readonly mark: M; readonly at: ScreenPoint; readonly sprite: Sprite };
    const stand = <M extends Mark>(marks: Iterable<M>, lift: number): readonly Standing<M>[] =>
      [...marks]
        .flatMap((mark) => {
          const { x, y } = project(mark.position);
          const sprite = from.symbol(mark.icon, picture.images.get(mark.icon));
          return sprite && onScreen({ x, y }) ? [{ mark, at: { x, y: y - lift }, sprite }] : [];
        })
        .toSorted((left, right) => left.mark.order - right.mark.order);
    const hospitals = stand(picture.hospitals.values(), 0);
    const units = stand(picture.units.values(), 0);
    const incidents = stand(picture.incidents.values(), pinLift);
    const around = ({ at: { x, y }, sprite }: Standing<Mark>, by: number): Box => ({
      left: x - (sprite.width * by) / 2,
      top: y - (sprite.height * by) / 2,
      right: x + (sprite.width * by) / 2,
      bottom: y + (sprite.height * by) / 2,
    });

    const texts = new Map<string, readonly Text[]>();
    const wish = ({ id, name, sub, late, gap, rank }: Label, at: ScreenPoint, by = 1): LabelWish => {
      const lines = [from.text(name, 'name'), ...(sub === '' ? [] : [from.text(sub, late ? 'late' : 'sub')])];
      texts.set(id, lines);
      return {
        id,
        at,
        width: Math.max(...lines.map((line) => line.width)),
        height: lines.reduce((sum, line) => sum + line.height, 0),
        gap: gap * em * by,
        padding: 1,
        always: rank === 0,
      };
    };
    const named = (all: readonly Standing<NamedMark>[]) =>
      all.map(({ mark, at }) => ({ label: mark as Label, wished: wish(mark, at) }));
    const crowdGap = Math.max(scale, 0.55);
    const asked = [
      ...named(incidents),
      ...named(hospitals),
      ...[...picture.labels.values()].flatMap((label) => {
        const at = project(label.position);
        return onScreen(at) ? [{ label, wished: wish(label, at, crowdGap) }] : [];
      }),
    ];
    const order = ({ label }: (typeof asked)[number]): number => label.rank;
    const wishes = asked.toSorted((left, right) => order(left) - order(right)).map(({ wished }) => wished);
    const placeWishes = places.flatMap(({ name, position, isCity }): LabelWish[] => {
      const at = project(position);
      if (!onScreen(at)) return [];
      const text = from.text(name.toUpperCase(), isCity ? 'city' : 'place');
      const id = `place ${name}`;
      texts.set(id, [text]);
      return [{ id, at, width: text.width, height: text.height, gap: null, padding: placePadding, always: false }];
    });
    // Over a crowd there is no free ground: there labels keep clear of each other alone and lie on top of the units.
    const taken = [
      ...[...incidents, ...hospitals].map((one) => around(one, 1)),
      ...(dense ? [] : units.map((one) => around(one, scale))),
    ];
    const labels = placeLabels(size, taken, [...wishes, ...placeWishes], sides);
    sides = new Map(labels.map(({ id, side }) => [id, side]));
    const chosen = new Set(wishes.filter(({ always }) => always).map(({ id }) => id));
    const write = (which: (id: string) => boolean): void => {
      for (const { id, box, side } of labels) {
        if (!which(id)) continue;
        let top = box.top;
        for (const line of texts.get(id) ?? []) {
          const left = side === 0 ? box.left : side === 1 ? box.right - line.width : (box.left + box.right - line.width) / 2;
          line.put(context, Math.round(left * ratio) / ratio, Math.round(top * ratio) / ratio);
          top += line.height;
        }
      }
    };
    const isPlace = (id: string): boolean => id.startsWith('place ');

    write(isPlace);
    if (!dense) write((id) => !isPlace(id) && !chosen.has(id));
    const seen: Drawn[] = [];
    for (const { mark, at, sprite } of hospitals)
      seen.push({ selection: { kind: 'hospital', id: mark.id }, box: put(sprite, at) });
    const putUnits = (which: readonly Standing<Mark>[]): void => {
      for (const { mark, at } of which) {
        const tick = mark.heading && from.symbol(mark.heading.tick, picture.images.get(mark.heading.tick));
        if (tick && mark.heading) put(tick, at, scale, mark.heading.degrees || 360);
      }
      for (const { mark, at, sprite } of which)
        seen.push({ selection: { kind: 'unit', id: mark.id }, box: put(sprite, at, scale) });
    };
    putUnits(units.filter(({ mark }) => mark.order < chosenOrder));
    if (dense) write((id) => !isPlace(id) && !chosen.has(id));
    for (const { mark, at, sprite } of incidents)
      seen.push({ selection: { kind: 'incident', id: mark.id }, box: put(sprite, at) });
    // What a person chose is never hidden by a crowd.
    putUnits(units.filter(({ mark }) => mark.order >= chosenOrder));
    write((id) => chosen.has(id));
    if (draft) {
      const { x, y } = project(draft);
      context.strokeStyle = palette.focus;
      context.lineWidth = 2.5;
      context.beginPath();
      context.arc(x, y, 10, 0, 2 * Math.PI);
      context.stroke();
    }
    drawn = seen;
  };

  const watch = new ResizeObserver(() => {
    size = { width: container.clientWidth, height: container.clientHeight };
    if (last) draw(last);
  });
  watch.observe(container);
  return {
    draw,
    findAt: ({ x, y }, radius) =>
      drawn
        .filter(({ box }) => x > box.left - radius && x < box.right + radius && y > box.top - radius && y < box.bottom + radius)
        .map(({ selection }) => selection)
        .toReversed(),
    setPalette: (next) => {
      palette = next;
      sprites = null;
    },
    destroy: () => {
      watch.disconnect();
      canvas.remove();
    },
  };
};
