/** Listens for the telephone system: calls that ring and end, and telephones that say where they are. */
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { callSchema } from '#domain/model/call.ts';
import { type Instant, idSchema, positionSchema } from '#domain/model/values.ts';
import { type Answer, type Asked, listenForReports, type ReportServer } from '../listen.ts';
import { readAml } from './aml.ts';
import type { Switchboard } from './switchboard.ts';

const ringSchema = z.strictObject({
  /** the number calling (ANI) */
  phone: callSchema.shape.phone.default(null),
  /** to whom the line belongs, and where it ends (ALI) */
  subscriber: callSchema.shape.subscriber.default(null),
  address: callSchema.shape.address.default(null),
  position: positionSchema.nullable().default(null),
  uncertaintyMetres: z.number().min(0).nullable().default(null),
});

const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Listens on an address and port, 0 for a free one; rejects when it cannot be had. With a token, who does not show it is refused. */
export const listenForCalls = (options: {
  readonly host: string;
  readonly port: number;
  readonly token: string | null;
  readonly switchboard: Switchboard;
  readonly clock: () => Instant;
}): Promise<ReportServer> => {
  const { host, port, token, switchboard, clock } = options;
  const ring = (text: string): Answer => {
    const parsed = ringSchema.safeParse(jsonOf(text));
    if (!parsed.success)
      return {
        status: 400,
        text: `The call could not be read: ${parsed.error.issues[0]?.path.join('.') || 'it is not an object'}.`,
      };
    const { position, uncertaintyMetres, ...line } = parsed.data;
    const location = position && { position, uncertaintyMetres, source: 'ali' as const };
    return { status: 201, text: switchboard.ring({ ...line, location }) };
  };
  const locate = (text: string): Answer => {
    const report = readAml(new URLSearchParams(text), clock());
    if ('problem' in report) return { status: 400, text: report.problem };
    const outcome = switchboard.located(report);
    // A telephone is told nothing of the calls here.
    return { status: outcome === 'used' ? 200 : 202, text: 'OK' };
  };
  const answer = async ({ method, path, authorization, body }: Asked): Promise<Answer> => {
    if (token !== null && !isSame(authorization ?? '', `Bearer ${token}`))
      return { status: 401, text: 'This needs the token of the telephone system.', headers: { 'www-authenticate': 'Bearer' } };
    const ended = /^\/calls\/([^/]+)\/ended$/.exec(path)?.[1];
    if (path !== '/calls' && path !== '/aml' && ended === undefined)
      return { status: 404, text: 'Calls ring at "/calls", end at "/calls/ID/ended", and telephones report to "/aml".' };
    if (method !== 'POST') return { status: 405, text: 'This takes POST.', headers: { allow: 'POST' } };
    if (ended !== undefined) {
      const known = idSchema.safeParse(ended).success && switchboard.hungUp(ended);
      return known ? { status: 200, text: 'OK' } : { status: 404, text: 'No such call is known.' };
    }
    const text = await body();
    return path === '/aml' ? locate(text) : ring(text);
  };
  return listenForReports({ who: 'Calls', host, port, answer });
};
