/** What the station's own thread asks the thread that holds the city, and what it is answered. */
import type { AddressAnswer, CityUnavailable, RouteAnswer } from '#contracts/ipc/dispatch-desk.ts';
import type { Position } from '#domain/model/values.ts';

export type CityQuestions = {
  readonly search: {
    readonly ask: { readonly text: string; readonly near?: Position; readonly most?: number };
    readonly answer: Extract<AddressAnswer, { state: 'found' }>;
  };
  readonly route: {
    readonly ask: { readonly from: Position; readonly to: Position };
    readonly answer: Exclude<RouteAnswer, CityUnavailable>;
  };
};
export type CityQuestion = keyof CityQuestions;

/** Where the city's files lie. */
export type CityThreadData = { readonly directory: string };

export type CityRequest = { readonly id: number; readonly question: CityQuestion; readonly ask: unknown };

/** The first message says whether the city could be read; then one answer a request. */
export type CityMessage =
  | { readonly type: 'ready'; readonly tookMs: number }
  | { readonly type: 'unavailable'; readonly reason: 'missing' | 'damaged'; readonly detail: string }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly error: string };
