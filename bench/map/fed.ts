/** What the feeder tells the page that draws. */
import type { ReceivedFix } from '#renderer/state/store.ts';

export const fedChannel = 'fixes';
export type Fed = { readonly fixes: readonly ReceivedFix[] };

export type Places = {
  readonly hospitals: { readonly name: string; readonly lon: number; readonly lat: number }[];
  readonly points: [number, number][];
};
/** Hospitals of the demo city and points on its land. */
export const placesOf = async (): Promise<Places> => (await (await fetch('/places.json')).json()) as Places;
