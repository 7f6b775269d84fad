/** The flags of a tile on one line of chips. */

/** What a chip takes beside its letters, what a letter of one takes, and what lies between two, in pixels. */
const chip = { frame: 10, letter: 8.2, gap: 4 };
const chipWidth = (text: string): number => chip.frame + text.length * chip.letter;

/** Whether a code on a tile is that of an isolation, of whichever kind. */
export const isIsolation = (code: string): boolean => code.startsWith('ISO');

/** The flags that fit a line of `room` pixels, and how many do not: isolation first, whole chips only. */
export const fittingFlags = (flags: string, room: number): { readonly shown: readonly string[]; readonly more: number } => {
  const codes = (flags === '' ? [] : flags.split(' ')).toSorted(
    (one, other) => Number(isIsolation(other)) - Number(isIsolation(one)),
  );
  const widthOf = (count: number): number => {
    const chips = [...codes.slice(0, count), ...(count < codes.length ? [`+${codes.length - count}`] : [])];
    return chips.reduce((sum, text) => sum + chipWidth(text) + chip.gap, -chip.gap);
  };
  const most = codes.findIndex((_, index) => widthOf(codes.length - index) <= room);
  const count = most === -1 ? 0 : codes.length - most;
  return { shown: codes.slice(0, count), more: codes.length - count };
};
