/**
 * What may be asked of a kind of resource. Whatever is not known is refused and never ignored: an answer to half of a question looks
 * like an answer. Values of one parameter divided by commas are alternatives, a parameter given twice must hold twice.
 */
import type { ZoneClock } from '../hl7v2/timestamp.ts';
import type { Department, Resource } from './resource.ts';
import { dateMatcher, type Span } from './search-date.ts';

export type Token = { readonly system?: string; readonly code: string };

/** `of` says what an item has that is asked for. */
export type SearchParameter<Item> = { readonly documentation: string } & (
  | { readonly type: 'token'; readonly of: (item: Item, department: Department) => readonly Token[] }
  | {
      readonly type: 'reference';
      readonly target: string;
      readonly of: (item: Item, department: Department) => readonly string[];
    }
  | { readonly type: 'date'; readonly of: (item: Item) => Span }
);

/** A kind of resource: what there is of it, and what may be asked. */
export type Kind<Item> = {
  readonly type: string;
  readonly idOf: (item: Item) => string;
  readonly list: (department: Department) => Iterable<Item>;
  readonly find: (department: Department, id: string) => Item | undefined;
  readonly resource: (department: Department, item: Item) => Resource;
  readonly parameters: Readonly<Record<string, SearchParameter<Item>>>;
};

/** What was asked and cannot be answered, as a sentence. */
export class SearchProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SearchProblem';
  }
}

type Matcher<Item> = (item: Item, department: Department) => boolean;

const tokenMatcher = (text: string): ((token: Token) => boolean) => {
  const bar = text.indexOf('|');
  if (bar < 0) return ({ code }) => code === text;
  const [asked, code] = [text.slice(0, bar), text.slice(bar + 1)];
  return (token) => (code === '' || token.code === code) && (token.system ?? '') === asked;
};

const referencedId = (text: string, target: string): string => {
  const parts = text.split('/');
  const [type = target, id = ''] = parts.length === 1 ? [target, text] : parts.slice(-2);
  if (type !== target) throw new SearchProblem(`"${text}" is no ${target}.`);
  return id;
};

const matcherOf = <Item>(name: string, parameter: SearchParameter<Item>, text: string, clock: ZoneClock): Matcher<Item> => {
  if (text === '') throw new SearchProblem(`"${name}" has an empty value.`);
  if (parameter.type === 'token') {
    const isAsked = tokenMatcher(text);
    return (item, department) => parameter.of(item, department).some(isAsked);
  }
  if (parameter.type === 'reference') {
    const id = referencedId(text, parameter.target);
    return (item, department) => parameter.of(item, department).includes(id);
  }
  const isAsked = dateMatcher(text, clock);
  if (!isAsked) throw new SearchProblem(`"${text}" of "${name}" is no date, or has a prefix that is not taken.`);
  return (item) => isAsked(parameter.of(item));
};

export type Page = {
  /** how many there are on all pages */
  readonly total: number;
  readonly resources: readonly Resource[];
  /** after which id the next page begins; null on the last */
  readonly next: string | null;
};

export const DEFAULT_COUNT = 50;
export const MOST_COUNT = 200;

const wholeNumber = (name: string, text: string): number => {
  if (!/^\d{1,6}$/.test(text)) throw new SearchProblem(`"${name}" must be a whole number, not "${text}".`);
  return Number(text);
};

/** A kind of resource without what it is made of. */
export type Served = {
  readonly type: string;
  readonly parameters: readonly { readonly name: string; readonly type: string; readonly documentation: string }[];
  readonly read: (department: Department, id: string) => Resource | undefined;
  /** One page in the order of ids, so that what comes and goes meanwhile moves nothing from one page to another; throws SearchProblem. */
  readonly search: (department: Department, query: URLSearchParams, clock: ZoneClock) => Page;
};

const idParameter = { name: '_id', type: 'token', documentation: 'The id of the resource.' };

/** Serves a kind of resource. */
export const served = <Item>(kind: Kind<Item>): Served => ({
  type: kind.type,
  parameters: [
    idParameter,
    ...Object.entries(kind.parameters).map(([name, { type, documentation }]) => ({ name, type, documentation })),
  ],
  read: (department, id) => {
    const item = kind.find(department, id);
    return item === undefined ? undefined : kind.resource(department, item);
  },
  search: (department, query, clock) => {
    let [count, after] = [DEFAULT_COUNT, ''];
    const matchers: Matcher<Item>[] = [];
    for (const [name, value] of query) {
      if (name === '_count') count = Math.min(MOST_COUNT, wholeNumber(name, value));
      else if (name === '_after') after = value;
      else if (name === '_id') {
        const ids = value.split(',');
        matchers.push((item) => ids.includes(kind.idOf(item)));
      } else if (name !== '_format') {
        const parameter = Object.hasOwn(kind.parameters, name) ? kind.parameters[name] : undefined;
        if (!parameter) throw new SearchProblem(`${kind.type} cannot be searched by "${name}".`);
        const alternatives = value.split(',').map((text) => matcherOf(name, parameter, text, clock));
        matchers.push((item) => alternatives.some((matches) => matches(item, department)));
      }
    }
    const found: { readonly id: string; readonly item: Item }[] = [];
    for (const item of kind.list(department))
      if (matchers.every((matches) => matches(item, department))) found.push({ id: kind.idOf(item), item });
    const rest = found.filter(({ id }) => id > after).sort((a, b) => (a.id < b.id ? -1 : 1));
    const page = rest.slice(0, count);
    return {
      total: found.length,
      resources: page.map(({ item }) => kind.resource(department, item)),
      next: count > 0 && rest.length > count ? (page.at(-1)?.id ?? null) : null,
    };
  },
});
