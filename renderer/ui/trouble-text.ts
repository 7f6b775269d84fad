import type { Frame } from '#contracts/ipc/station-window.ts';
import { localeNow, t, type WordKey } from './translate.ts';
import { english } from './words-en.ts';

type Told = Pick<Frame['troubles'][number], 'code' | 'message'>;

/**
 * What is wrong, in the language of this window. The data service writes its sentences in English, with their figures; in
 * another language the code's own sentence stands for it, and for a code without one the English one does.
 */
export const troubleText = ({ code, message }: Told): string => {
  const key = `trouble.${code.startsWith('desk:window.') ? 'desk:window' : code.startsWith('call:') ? 'call' : code}`;
  return localeNow().startsWith('en') || !(key in english) ? message : t(key as WordKey);
};
