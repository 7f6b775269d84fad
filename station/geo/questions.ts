/** What the station's own thread asks the thread that holds the city, and what it is answered. */
import type { AddressAnswer, CityUnavailable, IsochroneAnswer, RouteAnswer } from '#contracts/ipc/dispatch-desk.ts';
import type { Position } from '#domain/model/values.ts';
import type { Drive } from '#domain/rules/drive.ts';

export type CityQuestions = {
  readonly search: {
    readonly ask: { readonly text: string; readonly near?: Position; readonly most?: number };
    readonly answer: Extract<AddressAnswer, { state: 'found' }>;
  };
  readonly route: {
    readonly ask: { readonly from: Position; readonly to: Position };
    readonly answer: Exclude<RouteAnswer, CityUnavailable>;
  };
  /** Drives between one place and many, in the order of these: to the one, or from it. */
  readonly drives: {
    readonly ask: { readonly one: Position; readonly many: readonly Position[]; readonly way: 'toOne' | 'fromOne' };
    readonly answer: { readonly state: 'found'; readonly drives: readonly Drive[] };
  };
  readonly isochrone: {
    readonly ask: { readonly from: readonly Position[]; readonly minutes: readonly number[] };
    readonly answer: Extract<IsochroneAnswer, { state: 'found' }>;
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
