/**
 * The board as FHIR R4, to be read and never written. Whoever reads is known by a token, or sits at this machine; every read is in the
 * audit trail before it is answered; every refusal is an OperationOutcome. Nothing of a patient is in the name of an action there:
 * only which parameters were asked by, and ids.
 */
import { isId } from '#domain/model/audit.ts';
import { haveDocument } from '../capacity/have.ts';
import type { ZoneClock } from '../hl7v2/timestamp.ts';
import type { Answer, Asked } from '../listen.ts';
import { capabilityStatement } from './capability.ts';
import { catalogue } from './catalogue.ts';
import { FHIR_JSON, refusal } from './outcome.ts';
import type { ReadJournal } from './read-journal.ts';
import type { Readers } from './readers.ts';
import type { Department, Resource } from './resource.ts';
import { type Page, SearchProblem, type Served } from './search.ts';

export type FhirServerOptions = {
  readonly department: () => Department;
  /** null: nobody needs a token, and only this machine is answered */
  readonly readers: Readers | null;
  readonly journal: ReadJournal;
  /** The clock on the wall of the hospital, for dates without an offset. */
  readonly zone: () => ZoneClock;
  /** What readers call this server; null takes what each calls it. */
  readonly url: string | null;
  readonly since: number;
  /** False while records are still being collected after a restore. */
  readonly isWhole: () => boolean;
  readonly log: (line: string) => void;
};

const MOST_SUBJECTS = 16;
/** Refusals for want of a token are noted once in so long: nobody may fill the trail who may not even read. */
const REFUSALS_NOTED_EVERY_MS = 60_000;

const json = (status: number, resource: Resource, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  text: JSON.stringify(resource),
  headers: { 'content-type': FHIR_JSON, ...headers },
});

/** A name under which this machine alone is known: a page of elsewhere that a browser here shows cannot ask under it. */
const isThisMachine = (host: string): boolean => /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host);
const isHost = (host: string): boolean => /^[A-Za-z0-9.-]{1,253}(:\d{1,5})?$|^\[[0-9A-Fa-f:]{2,45}\](:\d{1,5})?$/.test(host);

const takesJson = ({ query, header }: Asked): boolean => {
  const format = query.get('_format');
  if (format !== null) return ['json', 'application/json', 'application/fhir+json', 'application/fhir json'].includes(format);
  const accept = header('accept') ?? '';
  return accept === '' || /json|\*\/\*|application\/\*/i.test(accept);
};

const idsIn = (texts: Iterable<string>): readonly string[] => {
  const words = [...texts].flatMap((text) => text.split(/[,/|.]/));
  return [...new Set(words.filter(isId))].slice(0, MOST_SUBJECTS);
};

const bundle = (page: Page, self: string, query: URLSearchParams, base: string): Resource => {
  const linkTo = (parameters: URLSearchParams) => (parameters.size === 0 ? self : `${self}?${parameters}`);
  const next = new URLSearchParams(query);
  if (page.next !== null) next.set('_after', page.next);
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: page.total,
    link: [{ relation: 'self', url: linkTo(query) }, ...(page.next === null ? [] : [{ relation: 'next', url: linkTo(next) }])],
    ...(page.resources.length === 0
      ? {}
      : {
          entry: page.resources.map((resource) => ({
            fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
            resource,
            search: { mode: 'match' },
          })),
        }),
  };
};

/** Answers one request; never rejects. */
export const createFhirAnswer = (options: FhirServerOptions): ((asked: Asked) => Promise<Answer>) => {
  const { readers, journal, log } = options;
  let refusedAt = Number.NEGATIVE_INFINITY;

  const noteRefused = async (): Promise<void> => {
    const { now } = options.department();
    if (now - refusedAt < REFUSALS_NOTED_EVERY_MS) return;
    refusedAt = now;
    await journal.note({ actor: 'unknown', stationId: null, action: 'fhir', subjects: [], outcome: 'refused', payload: null });
  };

  const readOne = (kind: Served, id: string, asked: Asked): { readonly answer: Answer; readonly subjects: readonly string[] } => {
    const found = kind.read(options.department(), id);
    if (!found) return { answer: refusal(404, 'not-found', `There is no ${kind.type} with this id.`), subjects: idsIn([id]) };
    const etag = `W/"${(found.meta as { readonly versionId: string }).versionId}"`;
    const about = (found.subject as { readonly reference: string } | undefined)?.reference ?? '';
    const isKnown = (asked.header('if-none-match') ?? '').split(',').some((one) => [etag, '*'].includes(one.trim()));
    return {
      answer: isKnown ? { status: 304, text: '', headers: { etag } } : json(200, found, { etag }),
      subjects: idsIn([id, about]),
    };
  };

  const search = (kind: Served, query: URLSearchParams, base: string): Answer => {
    try {
      const page = kind.search(options.department(), query, options.zone());
      return json(200, bundle(page, `${base}/${kind.type}`, query, base));
    } catch (error) {
      if (error instanceof SearchProblem) return refusal(400, 'invalid', error.message);
      throw error;
    }
  };

  const have = (): Answer => {
    const { view, now } = options.department();
    const text = haveDocument(view, now);
    if (text === undefined) return refusal(404, 'not-found', 'No hospital here has beds of its own.');
    return { status: 200, text, headers: { 'content-type': 'application/xml; charset=utf-8' } };
  };

  const answerReader = async (asked: Asked, reader: string | null, base: string): Promise<Answer> => {
    const [, type = '', id, ...more] = asked.path.split('/');
    const noted = async (
      action: string,
      subjects: readonly string[],
      query: URLSearchParams,
      answer: Answer,
    ): Promise<Answer> => {
      await journal.note({
        actor: reader === null ? 'nobody' : `reader:${reader}`,
        stationId: null,
        action,
        subjects,
        outcome: String(answer.status),
        payload: { path: asked.path, query: query.toString() },
      });
      return answer;
    };
    const isPostedSearch = asked.method === 'POST' && id === '_search' && more.length === 0;
    if (asked.method !== 'GET' && asked.method !== 'HEAD' && !isPostedSearch)
      return refusal(405, 'not-supported', 'This is to be read: GET, or POST to _search.', { allow: 'GET, HEAD' });
    if (asked.path === '/have.xml') return noted('fhir:have', [], asked.query, have());
    const kind = catalogue.get(type);
    if (!kind) return refusal(404, 'not-supported', `Served are ${[...catalogue.keys()].join(', ')}, metadata and have.xml.`);
    if (!takesJson(asked)) return refusal(406, 'not-supported', 'Resources are served as JSON.');
    if (more.length > 0) return refusal(404, 'not-supported', 'Only the present version of a resource is served.');
    if (id === undefined || id === '' || isPostedSearch) {
      const query = new URLSearchParams(asked.query);
      const posted = isPostedSearch ? await asked.body().catch(() => null) : '';
      if (posted === null) return refusal(413, 'too-long', 'That is too long for a search.', { connection: 'close' });
      for (const [name, value] of new URLSearchParams(posted)) query.append(name, value);
      const answer = search(kind, query, base);
      const by = [...new Set(query.keys())].filter((name) => kind.parameters.some((known) => known.name === name));
      return noted(`fhir:search:${type}${by.length === 0 ? '' : `?${by.join(',')}`}`, idsIn(query.values()), query, answer);
    }
    const { answer, subjects } = readOne(kind, id, asked);
    return noted(`fhir:read:${type}`, subjects, asked.query, answer);
  };

  const answer = async (asked: Asked): Promise<Answer> => {
    const host = asked.header('host') ?? '';
    if (!isHost(host)) return refusal(400, 'invalid', 'The request does not say what host it means.');
    if (readers === null && !(asked.isLocal && isThisMachine(host)))
      return refusal(403, 'login', 'Without readers that are listed, this machine alone may read.');
    const base = options.url ?? `http://${host}`;
    if (asked.path === '/metadata' && (asked.method === 'GET' || asked.method === 'HEAD'))
      return json(200, capabilityStatement(base, options.since, readers !== null));
    const reader = readers === null ? null : readers(asked.authorization);
    if (reader === undefined) {
      await noteRefused();
      return refusal(401, 'login', 'This needs the token of a reader.', { 'www-authenticate': 'Bearer' });
    }
    if (!options.isWhole())
      return refusal(503, 'transient', 'The hospital is being restored: its records are not whole yet.', { 'retry-after': '10' });
    return answerReader(asked, reader, base);
  };

  return async (asked) => {
    try {
      return await answer(asked);
    } catch (error) {
      log(`a FHIR request could not be answered: ${(error as Error).stack ?? error}`);
      return refusal(500, 'exception', 'This could not be answered.');
    }
  };
};
