import { bentWay } from '#renderer/windows/map/testing/invented.ts';

/** Roads that cost nothing: a way with a bend between any two places, and no drive-time cover. */
export const benchRoads = {
  route: async (from: Parameters<typeof bentWay>[0], to: Parameters<typeof bentWay>[1]) => ({
    state: 'found' as const,
    seconds: 0,
    metres: 0,
    path: bentWay(from, to),
    offRoad: { from: 0, to: 0 },
  }),
  cover: async () => ({ state: 'superseded' as const }),
};
