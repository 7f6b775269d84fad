/**
 * The ways by road that the map shows. One question is under way at a time; a way is asked for again only when its end is
 * another or its unit has left it, so that a fleet that stands or keeps to its way costs no work at all.
 */
import type { RouteAnswer } from '#contracts/ipc/dispatch-desk.ts';
import type { Id, Position } from '#domain/model/values.ts';
import { restOfPath } from './along-path.ts';
import { straightLineMetres } from './straight-line.ts';

/** A way to show, the first of a list before the others. */
export type WantedWay = { readonly id: Id; readonly from: Position; readonly to: Position };
export type RoadBook = {
  /** What is left of each way that is known, by its id; null where no road leads. What is not known is asked for. */
  readonly ways: (wanted: readonly WantedWay[]) => ReadonlyMap<Id, readonly Position[] | null>;
  readonly stop: () => void;
};

/** Metres off its way at which a unit drives another one, and that it must have gone on since it was last asked for. */
const off = 120;
const goneOn = 150;
/** After an answer that helps nobody, milliseconds until the next question. */
const pause = { unavailable: 60_000, failed: 5_000 } as const;
/** Ways that are kept, the least wanted go first. */
const kept = 300;

type Known = { readonly from: Position; readonly to: Position; readonly path: readonly Position[] | null };
const isSame = ([x, y]: Position, [otherX, otherY]: Position): boolean => x === otherX && y === otherY;

/** An empty book; `changed` is called when an answer has come. */
export const createRoadBook = (
  ask: (from: Position, to: Position) => Promise<RouteAnswer>,
  changed: () => void,
  now: () => number,
): RoadBook => {
  const known = new Map<Id, Known>();
  let waiting: readonly WantedWay[] = [];
  let underWay = false;
  let silentUntil = Number.NEGATIVE_INFINITY;
  let isStopped = false;

  const answered = ({ id, from, to }: WantedWay, answer: RouteAnswer): void => {
    if (answer.state === 'unavailable') silentUntil = now() + pause.unavailable;
    else known.set(id, { from, to, path: answer.state === 'found' ? answer.path : null });
  };
  const askNext = (): void => {
    if (underWay || isStopped || now() < silentUntil) return;
    const [next, ...later] = waiting;
    waiting = later;
    if (!next) return;
    underWay = true;
    ask(next.from, next.to)
      .then((answer) => answered(next, answer))
      .catch(() => {
        silentUntil = now() + pause.failed;
      })
      .finally(() => {
        underWay = false;
        if (isStopped) return;
        changed();
        askNext();
      });
  };

  const ways: RoadBook['ways'] = (wanted) => {
    const found = new Map<Id, readonly Position[] | null>();
    const asked: WantedWay[] = [];
    for (const want of wanted) {
      const { id, from, to } = want;
      const one = known.get(id);
      if (!one || !isSame(one.to, to)) {
        asked.push(want);
        continue;
      }
      // The most wanted last, where the map forgets last.
      known.delete(id);
      known.set(id, one);
      const rest = one.path && one.path.length > 1 ? restOfPath(one.path, from) : null;
      const hasLeft = rest ? rest.metres > off : true;
      if (hasLeft && straightLineMetres(one.from, from) > goneOn) asked.push(want);
      found.set(id, rest?.rest ?? null);
    }
    for (const id of known.keys()) {
      if (known.size <= kept) break;
      known.delete(id);
    }
    waiting = asked;
    askNext();
    return found;
  };
  return {
    ways,
    stop: () => {
      isStopped = true;
    },
  };
};
