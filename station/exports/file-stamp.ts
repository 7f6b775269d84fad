/** A moment as it stands in the name of a file: `2026-11-20-12-00-00`, UTC. */
export const fileStamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replaceAll(/[:T]/g, '-');
