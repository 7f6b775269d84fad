/**
 * Listens for trackers. A report that was understood but not used is answered with 200 all the same: a tracker that gets anything
 * else says it again and again and keeps back what comes after.
 */
import { type Answer, type Asked, listed, listenForReports, type ReportServer } from '../listen.ts';
import type { Intake } from './intake.ts';
import { type Parsed, parseFields, parseObject } from './osmand.ts';

const sentences: Readonly<Record<ReturnType<Intake['take']>, string>> = {
  used: 'OK',
  outOfRange: 'Not used: there is no such place.',
  nullIsland: 'Not used: the device has no signal (0, 0).',
  tooOld: 'Not used: it is over a day old.',
  duplicate: 'Not used: it was said before.',
  outOfOrder: 'Not used: it is older than what is known.',
  inaccurate: 'Not used: something more accurate is known.',
  jump: 'Held back: nothing drives that far in that time. The next report decides.',
  notListed: 'Not used: this device is not in the list of devices.',
  noSuchUnit: 'Not used: the unit of this device does not exist.',
};

const parse = async ({ method, query, contentType, body }: Asked): Promise<Parsed> => {
  // Some clients post with all their fields in the address and nothing in the body.
  if (method === 'GET' || query.has('lat') || query.has('location')) return parseFields(query);
  const text = await body();
  const isObject = contentType.includes('json') || /^\s*[{[]/.test(text);
  if (isObject) return parseObject(text);
  const fields = new URLSearchParams(text);
  for (const [name, value] of query) if (!fields.has(name)) fields.append(name, value);
  return parseFields(fields);
};

/** Listens on an address and port, 0 for a free one; rejects when it cannot be had. `sources` is shown to this machine only. */
export const listenForOsmand = (options: {
  readonly host: string;
  readonly port: number;
  readonly intake: Intake;
  readonly sources: () => unknown;
}): Promise<ReportServer> => {
  const { host, port, intake, sources } = options;
  const answer = async (asked: Asked): Promise<Answer> => {
    const lists: Readonly<Record<string, () => unknown>> = {
      '/positions/unknown': intake.unknown,
      '/positions/sources': sources,
    };
    const list = Object.hasOwn(lists, asked.path) ? lists[asked.path] : undefined;
    if (list) return asked.isLocal ? listed(list()) : { status: 403, text: 'Ask on the machine itself.' };
    if (asked.path !== '/') return { status: 404, text: 'Trackers report to "/".' };
    if (asked.method !== 'GET' && asked.method !== 'POST')
      return { status: 405, text: 'Trackers report by GET or POST.', headers: { allow: 'GET, POST' } };
    const parsed = await parse(asked);
    if (!parsed.ok) return { status: parsed.noSignal ? 200 : 400, text: parsed.problem };
    const outcome = intake.take(parsed.report, 'HTTP');
    const known = outcome !== 'notListed' && outcome !== 'noSuchUnit';
    return { status: known ? 200 : 404, text: sentences[outcome] };
  };
  return listenForReports({ who: 'Trackers', host, port, answer });
};
