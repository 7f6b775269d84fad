/** Areas and circles on the ground, under everything that stands on it. */
import type { Position } from '#domain/model/values.ts';
import type { CallerCircle } from './compose-callers.ts';
import type { Fence } from './compose-ways.ts';
import type { CoverAreas } from './cover.ts';
import type { ScreenPoint } from './engine/port.ts';
import type { Palette } from './palette.ts';

type Project = (position: Position) => ScreenPoint;

/** What is reached is tinted, the nearer the brighter; what is not stays as it is: bare ground is the news. */
export const drawCover = (context: CanvasRenderingContext2D, palette: Palette, cover: CoverAreas, project: Project): void => {
  for (const [index, { polygons }] of cover.toSorted((left, right) => right.minutes - left.minutes).entries()) {
    context.beginPath();
    for (const ring of polygons.flat()) {
      for (const [step, position] of ring.entries()) {
        const { x, y } = project(position);
        if (step === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
      context.closePath();
    }
    context.globalAlpha = 0.07;
    context.fillStyle = palette.textQuiet;
    context.fill('evenodd');
    context.globalAlpha = index === 0 ? 0.5 : 0.9;
    context.strokeStyle = palette.textQuiet;
    context.lineWidth = 1.25;
    context.setLineDash(index === 0 ? [2, 4] : []);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
};

/** Where a unit counts as arrived. */
export const drawFences = (
  context: CanvasRenderingContext2D,
  palette: Palette,
  fences: readonly Fence[],
  project: Project,
  metresToPixels: number,
): void => {
  context.strokeStyle = palette.textQuiet;
  context.lineWidth = 1;
  context.setLineDash([2, 4]);
  for (const { centre, metres } of fences) {
    const { x, y } = project(centre);
    context.beginPath();
    context.arc(x, y, metres * metresToPixels, 0, 2 * Math.PI);
    context.stroke();
  }
  context.setLineDash([]);
};

/** A thin dashed circle and a cross at its middle: the pin may stand elsewhere, at the address that was taken. */
export const drawCallers = (
  context: CanvasRenderingContext2D,
  palette: Palette,
  callers: readonly CallerCircle[],
  project: Project,
  metresToPixels: number,
): void => {
  context.strokeStyle = palette.text;
  context.lineWidth = 1.25;
  for (const { centre, metres } of callers) {
    const { x, y } = project(centre);
    context.setLineDash([6, 4]);
    context.beginPath();
    context.arc(x, y, metres * metresToPixels, 0, 2 * Math.PI);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(x - 4, y);
    context.lineTo(x + 4, y);
    context.moveTo(x, y - 4);
    context.lineTo(x, y + 4);
    context.stroke();
  }
};
