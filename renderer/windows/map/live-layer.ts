/**
 * What moves, drawn on a canvas of its own over the background. The background is drawn only when the view moves, so a fleet
 * that reports every second costs a few milliseconds here and nothing in the map engine, with or without a graphics card.
 */
import type { Position } from '#domain/model/values.ts';
import type { Way } from './compose-ways.ts';
import type { CoverAreas } from './cover.ts';
import { dotsUnder, unitSize } from './crowd.ts';
import { drawCallers, drawCover, drawFences } from './draw-areas.ts';
import type { PlaceName, ScreenPoint } from './engine/port.ts';
import type { Palette } from './palette.ts';
import type { Label, NamedMark, Picture, Selection, Standing, UnitSpot } from './picture.ts';
import { type Box, type LabelWish, placeLabels } from './place-labels.ts';
import { type Camera, pixelsPerMetre, projection } from './project.ts';
import { distanceText } from './straight-line.ts';
import { m } from './strings.ts';
import { pinLift, type Sprite } from './symbols/draw.ts';
import { createSprites, type Sprites, type Text } from './symbols/sprites.ts';
import type { UnitSymbol } from './symbols/unit-symbol.ts';

/** A way as it is drawn: by its roads, or straight where none are known. */
export type Line = { readonly path: readonly Position[]; readonly kind: Way['kind']; readonly byRoad: boolean };
export type LiveScene = {
  readonly picture: Picture;
  readonly camera: Camera;
  readonly draft: Position | null;
  readonly lines: readonly Line[];
  /** Areas by drive time, the nearest first; null when they are not looked at or not known. */
  readonly cover: CoverAreas | null;
  /** Names of the background that give way to everything else. */
  readonly places: readonly PlaceName[];
};
export type LiveLayer = {
  readonly draw: (scene: LiveScene) => void;
  /** What was drawn within `radius` pixels of a point, topmost first. */
  readonly findAt: (at: ScreenPoint, radius: number) => readonly Selection[];
  /** Where a position stands on the canvas; null before the first picture. */
  readonly pointOf: (position: Position) => ScreenPoint | null;
  readonly setPalette: (palette: Palette) => void;
  readonly destroy: () => void;
};

const em = 13;
const placePadding = 20;
/** Pixels beyond the edge at which a symbol is still partly in sight. */
const farthest = 64;
/** A unit that someone chose or whose crew needs help is never smaller than this. */
const chosenSize = 0.85;
/** Dots of one look nearer than this cover each other, pixels. */
const heapCell = 3;
/** Incidents that may carry words: among hundreds there is room for few. */
const mostNamed = 80;
/** A circle smaller than this has no words, pixels. */
const leastCircle = 14;
const sign = { x: 11, y: -11 } as const;

/** From the point of a pin up to its middle, pixels. */
const liftOf = ({ look }: Pick<NamedMark, 'look'>): number => (look.kind === 'pin' ? pinLift * look.size : 0);

type Placed<M> = { readonly mark: M; readonly at: ScreenPoint };
type Shown = {
  readonly scene: LiveScene;
  readonly project: (position: Position) => ScreenPoint;
  readonly unitScale: number;
};

/** Dots without those that would lie exactly on an equal one: among ten thousand most do. */
const apart = (units: readonly Placed<UnitSpot>[]): readonly Placed<UnitSpot>[] => {
  const taken = new Map<UnitSymbol, Set<number>>();
  return units.filter(({ mark: { symbol }, at }) => {
    const spots = taken.get(symbol) ?? new Set();
    taken.set(symbol, spots);
    const spot = Math.round(at.x / heapCell) * 65_536 + Math.round(at.y / heapCell);
    const before = spots.size;
    return spots.add(spot).size > before;
  });
};

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
  let shown: Shown | null = null;

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
  /** Puts an image with its middle at a point, on whole pixels, where it stays as sharp as it was drawn. */
  const put = ({ image, width, height }: Sprite, x: number, y: number): void => {
    context.drawImage(image, Math.round((x - width / 2) * ratio), Math.round((y - height / 2) * ratio));
  };
  /** Images are put pixel by pixel, lines and texts in CSS pixels. */
  const inPixels = (paint: () => void): void => {
    context.setTransform(1, 0, 0, 1, 0, 0);
    paint();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  };
  const around = (at: ScreenPoint, { width, height }: Pick<Sprite, 'width' | 'height'>): Box => ({
    left: at.x - width / 2,
    top: at.y - height / 2,
    right: at.x + width / 2,
    bottom: at.y + height / 2,
  });

  const trace = (path: readonly Position[], project: Shown['project']): void => {
    context.beginPath();
    for (const [index, position] of path.entries()) {
      const { x, y } = project(position);
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
  };
  const drawLines = (lines: readonly Line[], project: Shown['project']): void => {
    context.lineCap = 'round';
    context.lineJoin = 'round';
    for (const { path, kind, byRoad } of lines) {
      trace(path, project);
      const width = kind === 'active' ? 1.5 : 3;
      context.setLineDash(byRoad ? [] : [0.1, 3 * width]);
      // A dark bed, so that a way can be told from a road.
      context.strokeStyle = palette.halo;
      context.lineWidth = width + 3;
      if (byRoad && kind !== 'active') context.stroke();
      context.strokeStyle = kind === 'active' ? palette.textDim : palette.text;
      context.lineWidth = width;
      if (kind === 'proposed' && byRoad) context.setLineDash([8, 6]);
      context.stroke();
    }
    context.setLineDash([]);
  };

  const drawUnits = (units: readonly Placed<UnitSpot>[], from: Sprites, scale: number): void => {
    const asDots = scale < dotsUnder;
    const stocked = from.units(scale, asDots);
    inPixels(() => {
      for (const { mark, at } of units) {
        if (mark.standing === 'emergency') put(from.emergency(), at.x, at.y);
        if (mark.heading !== null && !asDots) put(stocked.heading(mark.symbol, mark.heading), at.x, at.y);
      }
      for (const { mark, at } of asDots ? apart(units) : units) put(stocked.of(mark.symbol), at.x, at.y);
      if (asDots) return;
      for (const { mark, at } of units)
        for (const [index, one] of mark.signs.entries())
          put(from.sign(one), at.x + (index === 0 ? sign.x : -sign.x) * scale, at.y + sign.y * scale);
    });
  };

  const draw = (scene: LiveScene): void => {
    const { picture, camera, draft, places, lines, cover } = scene;
    const { width, height } = size;
    if (width === 0 || height === 0) return;
    const from = stock();
    const scale = unitSize(camera.zoom, picture.crowd);
    const project = projection(camera, size);
    shown = { scene, project, unitScale: scale };
    const onScreen = ({ x, y }: ScreenPoint): boolean =>
      x > -farthest && y > -farthest && x < width + farthest && y < height + farthest;
    const inSight = <M extends { readonly position: Position }>(marks: readonly M[]): Placed<M>[] => {
      const found: Placed<M>[] = [];
      for (const mark of marks) {
        const at = project(mark.position);
        if (onScreen(at)) found.push({ mark, at });
      }
      return found;
    };
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    if (cover) drawCover(context, palette, cover, project);
    drawFences(context, palette, picture.fences, project, pixelsPerMetre(camera));
    drawLines(lines, project);
    drawCallers(context, palette, picture.callers, project, pixelsPerMetre(camera));

    const byOrder = (left: Placed<NamedMark>, right: Placed<NamedMark>): number => left.mark.order - right.mark.order;
    const byRank = (left: Placed<NamedMark>, right: Placed<NamedMark>): number => left.mark.rank - right.mark.rank;
    const hospitals = inSight(picture.hospitals).sort(byOrder);
    const incidents = inSight(picture.incidents)
      .map(({ mark, at: { x, y } }) => ({ mark, at: { x, y: y - liftOf(mark) } }))
      .sort(byOrder);
    const groups = inSight(picture.groups);
    // Where units of a base are drawn as one, that mark says its name already.
    const bases = inSight(picture.bases).filter(({ at }) =>
      groups.every((group) => Math.hypot(group.at.x - at.x, group.at.y - at.y) > 24),
    );
    const standing: Readonly<Record<Standing, Placed<UnitSpot>[]>> = { crowd: [], chosen: [], emergency: [] };
    for (const unit of inSight(picture.units)) standing[unit.mark.standing].push(unit);

    const texts = new Map<string, readonly Text[]>();
    const wish = ({ id, name, sub, tone, gap, rank }: Label, at: ScreenPoint, by = 1): LabelWish => {
      const lines =
        tone === 'alarm'
          ? [from.text(`${name} · ${sub}`, 'alarm')]
          : [from.text(name, 'name'), ...(sub === '' ? [] : [from.text(sub, tone === 'late' ? 'late' : 'sub')])];
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
    const sized = (rank: number): number => (rank <= 1 ? Math.max(scale, chosenSize) : Math.max(scale, 0.55));
    const asked = [
      ...[...incidents.toSorted(byRank).slice(0, mostNamed), ...hospitals, ...bases].map(({ mark, at }) => ({
        rank: mark.rank,
        wished: wish(mark, at),
      })),
      ...inSight(picture.labels).map(({ mark, at }) => ({ rank: mark.rank, wished: wish(mark, at, sized(mark.rank)) })),
    ];
    // Under the edge of its circle, and only where the circle can be told from its pin.
    const callerWishes = picture.callers.flatMap(({ id: of, centre, metres }): LabelWish[] => {
      const { x, y } = project(centre);
      const radius = metres * pixelsPerMetre(camera);
      const at = { x, y: y + radius + em };
      if (radius < leastCircle || !onScreen(at)) return [];
      const text = from.text(m('callerWithin', { metres: distanceText(metres) }), 'sub');
      const id = `caller ${of}`;
      texts.set(id, [text]);
      return [{ id, at, width: text.width, height: text.height, gap: null, padding: 1, always: true }];
    });
    const wishes = asked.sort((left, right) => left.rank - right.rank).map(({ wished }) => wished);
    const placeWishes = inSight(places).map(({ mark: { name, isCity }, at }): LabelWish => {
      const text = from.text(name.toUpperCase(), isCity ? 'city' : 'place');
      const id = `place ${name}`;
      texts.set(id, [text]);
      return { id, at, width: text.width, height: text.height, gap: null, padding: placePadding, always: false };
    });
    // Over a crowd there is no free ground: there labels keep clear of each other alone and lie on top of the units.
    const isCrowded = picture.crowd !== 'sparse';
    const unitBox = { width: 30 * scale, height: 30 * scale };
    const taken = [
      ...[...incidents, ...hospitals, ...bases].map(({ mark, at }) => around(at, from.place(mark.look))),
      ...(isCrowded ? standing.chosen : [...groups, ...standing.crowd, ...standing.chosen]).map(({ at }) => around(at, unitBox)),
      ...standing.emergency.map(({ at }) => around(at, from.emergency())),
    ];
    const labels = placeLabels(size, taken, [...callerWishes, ...wishes, ...placeWishes], sides);
    sides = new Map(labels.map(({ id, side }) => [id, side]));
    const chosen = new Set(asked.filter(({ rank }) => rank <= 1).map(({ wished }) => wished.id));
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
    const putPlaces = (marks: readonly Placed<Pick<NamedMark, 'look'>>[]): void =>
      inPixels(() => {
        for (const { mark, at } of marks) put(from.place(mark.look), at.x, at.y);
      });

    write(isPlace);
    if (!isCrowded) write((id) => !isPlace(id) && !chosen.has(id));
    putPlaces(bases);
    putPlaces(hospitals);
    putPlaces(groups);
    drawUnits(standing.crowd, from, scale);
    if (isCrowded) write((id) => !isPlace(id) && !chosen.has(id));
    putPlaces(incidents);
    // What a person chose is never hidden by a crowd, and a crew that needs help by nothing.
    drawUnits(standing.chosen, from, Math.max(scale, chosenSize));
    drawUnits(standing.emergency, from, 1);
    write((id) => chosen.has(id));
    if (draft) {
      const { x, y } = project(draft);
      context.strokeStyle = palette.focus;
      context.lineWidth = 2.5;
      context.beginPath();
      context.arc(x, y, 10, 0, 2 * Math.PI);
      context.stroke();
    }
  };

  const findAt = (at: ScreenPoint, radius: number): readonly Selection[] => {
    if (!shown) return [];
    const { scene, project, unitScale } = shown;
    const { picture } = scene;
    const lies = (position: Position, half: number, lift = 0): boolean => {
      const { x, y } = project(position);
      return Math.abs(x - at.x) < half + radius && Math.abs(y - lift - at.y) < half + radius;
    };
    const rank = { crowd: 0, chosen: 2, emergency: 3 } as const;
    const reach = (standing: Standing): number => 13 * Math.max(unitScale, standing === 'crowd' ? 0 : chosenSize);
    const found = [
      ...picture.hospitals
        .filter(({ position }) => lies(position, 14))
        .map(({ id }) => ({ kind: 'hospital', id, on: -1 }) as const),
      ...picture.groups
        .filter(({ position }) => lies(position, 14))
        .flatMap(({ members }) => members.map((id) => ({ kind: 'unit', id, on: 0 }) as const)),
      ...picture.units
        .filter(({ position, standing }) => lies(position, reach(standing)))
        .map(({ id, standing }) => ({ kind: 'unit', id, on: rank[standing] }) as const),
      ...picture.incidents
        .filter((mark) => lies(mark.position, 17, liftOf(mark)))
        .map(({ id }) => ({ kind: 'incident', id, on: 1 }) as const),
    ];
    return found.sort((left, right) => right.on - left.on).map(({ kind, id }) => ({ kind, id }));
  };

  const watch = new ResizeObserver(() => {
    size = { width: container.clientWidth, height: container.clientHeight };
    if (shown) draw(shown.scene);
  });
  watch.observe(container);
  // Words are measured in the font that stands there: when another has come, they are measured anew.
  const fontCame = (): void => {
    sprites = null;
    if (shown) draw(shown.scene);
  };
  document.fonts.addEventListener('loadingdone', fontCame);
  return {
    draw,
    findAt,
    pointOf: (position) => shown?.project(position) ?? null,
    setPalette: (next) => {
      palette = next;
      sprites = null;
    },
    destroy: () => {
      watch.disconnect();
      document.fonts.removeEventListener('loadingdone', fontCame);
      canvas.remove();
    },
  };
};
