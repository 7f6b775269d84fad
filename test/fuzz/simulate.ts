/** Runs one plan to its end and says what was wrong. The same plan gives the same run, event by event. */
import type { Store } from '#backend/core/store.ts';
import type { Envelope } from '#domain/commands/envelope.ts';
import type { CommandName } from '#domain/commands/registry.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { testNow } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import type { Database } from '#station/store/database.ts';
import { checkCopies, checkFates, checkFile, checkLedger, checkTrails, type Finding, unfinished } from './checks.ts';
import { departmentStart, happenings } from './department.ts';
import { createDesk, type Desk } from './desk.ts';
import { createEventQueue } from './event-queue.ts';
import { createHistory } from './history.ts';
import { createHospital } from './hospital.ts';
import { createLine, fairWeather, type Line } from './network.ts';
import type { Plan, Step } from './plan.ts';
import { actOf } from './users.ts';

/** A fault planted on purpose between the real pieces and their stores, to see whether the checks find it. */
export type Plant = {
  readonly desk?: (database: Database) => Database;
  readonly hospital?: (store: Store) => Store;
  readonly down?: (message: unknown) => unknown;
};

export type Outcome = {
  readonly findings: readonly Finding[];
  /** What happened, oldest first; the last lines only when there were very many. */
  readonly trace: readonly string[];
  readonly events: number;
  readonly commands: { readonly applied: number; readonly refused: number };
};

/** After everything healed a desk may wait for a pause of 15 s and a resend after 30 s; more is a failure. */
const CONVERGES_WITHIN = 90_000;
/** No window asks again for what was asked before the machine slept. */
const LATEST_REPEAT = 10_000;
/** STALE at 5 s, and a moment for the window to hear of it. */
const STALE_AFTER = 5_600;
const TRACED_LINES = 4_000;
const MOST_FINDINGS = 12;

const shortened = (message: unknown): string => {
  const text = JSON.stringify(message) ?? '';
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length})` : text;
};

/** Simulates a plan. */
export const simulate = async (plan: Plan, plant: Plant = {}): Promise<Outcome> => {
  const queue = createEventQueue(testNow);
  const findings: Finding[] = [];
  const lines: { at: number; who: string; text: string; message: unknown }[] = [];
  const found = (rule: string, what: string): void => {
    if (findings.length < MOST_FINDINGS && !findings.some((finding) => finding.what === what)) {
      findings.push({ rule, what });
      trace('checks', `${rule}: ${what}`);
    }
  };
  function trace(who: string, text: string, message?: unknown): void {
    lines.push({ at: queue.now() - testNow, who, text, message });
    if (lines.length > 2 * TRACED_LINES) lines.splice(0, TRACED_LINES);
  }
  const random = createRandom(plan.seed).fork('run');
  const broken = (who: string) => (error: unknown) =>
    found('broken', `${who}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const world = queue.owner(broken('the simulation'));
  const history = createHistory();
  /** By each command as it came before it was settled: a desk that lost its copy may make one again, and that does nothing. */
  const envelopes = new Map<Id, Envelope>();
  const settledIds = new Set<Id>();

  const network: { lines: Line[] } = { lines: [] };
  const restarts = random.fork('restarts');
  const hospital = createHospital({
    queue,
    tamper: plant.hospital ?? ((store) => store),
    died: () => {
      const silently = restarts.chance(0.3);
      for (const line of network.lines) line.hospitalDied(silently);
    },
    restartAfter: () => restarts.int(50, 6_000),
    committed: (entry) => {
      history.take(entry);
      for (const { settlement } of entry.settled) settledIds.add(settlement.commandId);
    },
    broken: broken('hospital'),
    trace: (text, message) => trace('hospital', text, message),
  });
  const desks: Desk[] = plan.desks.map((held, index) => {
    const who = `desk ${index}`;
    const drawn = random.fork(who);
    const line = createLine({
      queue,
      network: world,
      random: drawn.fork('line'),
      listening: hospital.listening,
      trace: (text, message) => trace(who, text, message),
      arrived: (envelope) => void (settledIds.has(envelope.commandId) || envelopes.set(envelope.commandId, envelope)),
      tamper: plant.down ?? ((message) => message),
    });
    network.lines.push(line);
    const desk: Desk = createDesk({
      index,
      queue,
      line,
      random: drawn,
      held,
      tamper: plant.desk ?? ((database) => database),
      restartAfter: () => restarts.int(10, 5_000),
      committed: () => checkFile(desk, history, found),
      broken: broken(who),
      trace: (text, message) => trace(who, text, message),
    });
    return desk;
  });

  hospital.start();
  hospital.change(() => ({ puts: departmentStart(plan.filler) }));
  for (const desk of desks) desk.start();

  const give = (desk: Desk | undefined, name: CommandName, seed: number, view: RecordView | undefined = desk?.view()): void => {
    if (!desk || !view) return;
    const drawn = createRandom(seed);
    const act = actOf(name, view, drawn.fork('act'));
    if (act) desk.submit(act.name, act.input, drawn.fork(`command ${desk.index}`).id());
  };
  // What a window says of the link, against what the line really does.
  const deadSince = new Map<number, { readonly why: 'line' | 'hospital'; readonly at: number }>();
  const checkLinks = (): void => {
    for (const desk of desks) {
      const line = network.lines[desk.index];
      const stalled = line && (line.weather.stalledUp || line.weather.stalledDown);
      const why = stalled ? 'line' : hospital.core() ? undefined : 'hospital';
      if (!line || !why || !desk.looking()) {
        deadSince.delete(desk.index);
        continue;
      }
      const before = deadSince.get(desk.index);
      // When a line moves again, what lay on it may still say how things stood a moment ago.
      const since = before?.why === why ? before.at : queue.now();
      deadSince.set(desk.index, { why, at: since });
      const state = desk.frame()?.link.state;
      const silence = queue.now() - since;
      if (silence > STALE_AFTER + 2 * line.weather.latency[1] && (state === 'live' || state === 'late'))
        found('I4', `desk ${desk.index} says ${state} after ${silence} ms of silence`);
    }
  };
  const stopLinks = world.every(250, checkLinks);

  const perform = (step: Step, seed: number): void => {
    const drawn = createRandom(seed);
    switch (step.kind) {
      case 'gesture': {
        const desk = desks[step.desk];
        give(desk, step.name, seed);
        // A double click, or a window that asks again because it got no answer: the same command.
        const repeat = desk && step.twice ? [...desk.gestures.values()].at(-1) : undefined;
        if (repeat)
          world.after(drawn.int(0, 6_000), () => {
            if (queue.now() - repeat.madeAt < LATEST_REPEAT) desk?.submit(repeat.name, repeat.input, repeat.commandId);
          });
        return;
      }
      case 'pair': {
        const [one, other] = step.desks;
        const view = desks[one]?.view();
        give(desks[one], step.name, seed, view);
        give(desks[other], step.name, seed, view);
        return;
      }
      case 'signIn':
        desks[step.desk]?.signIn(step.as);
        return;
      case 'withdraw': {
        const made = [...(desks[step.desk]?.gestures.keys() ?? [])].findLast((commandId) => envelopes.has(commandId));
        const grant = hospital.grants.verify(envelopes.get(made ?? '')?.grant ?? '');
        if (grant) hospital.withdraw(grant.grantId);
        return;
      }
      case 'scope':
        if (plan.desks[step.desk] === 'desk') desks[step.desk]?.become(step.as);
        return;
      case 'dismiss':
        desks[step.desk]?.dismiss();
        return;
      case 'happening':
        hospital.change((view) => happenings[step.name]?.(view, drawn, Math.floor(queue.now())) ?? {});
        return;
      case 'weather': {
        const line = network.lines[step.desk];
        if (!line) return;
        Object.assign(line.weather, step.weather);
        deadSince.delete(step.desk);
        line.changed();
        return;
      }
      case 'cut':
        network.lines[step.desk]?.cut(step.told);
        return;
      case 'crashDesk':
        if (step.place === 'now') desks[step.desk]?.crash(step.power);
        else desks[step.desk]?.armCrash(step.place, step.skip);
        return;
      case 'crashHospital':
        if (step.place === 'now') hospital.crash();
        else hospital.armCrash(step.place, step.skip);
        return;
      case 'diskFull':
        desks[step.desk]?.setDiskFull(step.full);
        return;
      case 'window':
        desks[step.desk]?.setWindowTakes(step.takes);
        return;
      case 'sleep':
        queue.sleep(step.ms);
        deadSince.clear();
        for (const line of network.lines) line.forget();
        hospital.forgetOld();
        return;
      default:
        step satisfies never;
    }
  };

  // One after the other, so that a sleep moves what comes after it.
  const next = (index: number, after: number): void => {
    const action = plan.actions[index];
    if (!action) {
      world.after(plan.healsAt - after, () => {
        active = false;
      });
      return;
    }
    world.after(action.at - after, () => {
      trace('plan', action.step.kind, action.step);
      perform(action.step, action.seed);
      next(index + 1, action.at);
    });
  };
  let active = true;
  next(0, 0);
  while (active) await queue.runUntil(queue.now() + 1_000);

  trace('plan', 'everything heals');
  hospital.disarmCrash();
  for (const [index, line] of network.lines.entries()) {
    Object.assign(line.weather, fairWeather());
    line.changed();
    desks[index]?.disarmCrash();
    desks[index]?.setDiskFull(false);
    desks[index]?.setWindowTakes(true);
    desks[index]?.become(plan.desks[index] ?? 'desk');
  }
  const waiting = (): readonly string[] => desks.flatMap((desk) => unfinished(desk, hospital) ?? []);
  const converge = async (): Promise<void> => {
    const until = queue.now() + CONVERGES_WITHIN;
    do await queue.runUntil(queue.now() + 500);
    while (waiting().length > 0 && queue.now() < until);
    for (const reason of waiting()) found('convergence', reason);
  };
  await converge();
  // The live way works too: one more change reaches everybody.
  hospital.change((view) => happenings['bedTaken']?.(view, random, Math.floor(queue.now())) ?? {});
  await converge();
  await queue.runUntil(queue.now() + 2_000);

  stopLinks();
  checkCopies(desks, plan.desks, hospital, found);
  for (const desk of desks) checkFates(desk, hospital.ledger, envelopes, found);
  checkLedger(hospital, envelopes, found);
  checkTrails(hospital, found);
  for (const desk of desks) desk.stop();
  hospital.stop();
  // What was due at the end of the turn may still come, and finds nothing to do.
  await queue.runUntil(queue.now());
  for (const desk of desks) {
    if (desk.leaked() > 0) found('leak', `desk ${desk.index} leaves ${desk.leaked()} timers behind`);
    checkFile(desk, history, found);
    desk.database.close();
  }
  if (hospital.leaked() > 0) found('leak', `the hospital leaves ${hospital.leaked()} timers behind`);
  hospital.store.close();

  const settled = hospital.ledger.flatMap((entry) => entry.settled);
  const applied = settled.filter(({ settlement }) => settlement.outcome.status === 'applied').length;
  return {
    findings,
    trace: lines.map(
      ({ at, who, text, message }) =>
        `${(at / 1000).toFixed(3)} ${who}: ${text}${message === undefined ? '' : ` ${shortened(message)}`}`,
    ),
    events: queue.fired(),
    commands: { applied, refused: settled.length - applied },
  };
};
