/** From where the wall is read: what the site says of this display, else of all of them, else what is shipped. */
import type { Viewing } from '#contracts/ipc/main-window.ts';
import type { WallPolicy } from '../policy/policy.ts';

/** The display that most departments hang up, and the far side of a room around it. */
export const shippedViewing: Viewing = { diagonalInches: 55, distanceMetres: 6 };

/** How a wall on the display that the system calls `label` is read; `assumed` when the site has not said the whole of it. */
export const viewingOf = (
  { diagonalInches, distanceMetres, displays }: WallPolicy,
  label: string,
): Viewing & { readonly assumed: boolean } => {
  const own = displays.find((display) => display.label === label);
  return {
    diagonalInches: own?.diagonalInches ?? diagonalInches ?? shippedViewing.diagonalInches,
    distanceMetres: own?.distanceMetres ?? distanceMetres ?? shippedViewing.distanceMetres,
    assumed: !own && (diagonalInches === null || distanceMetres === null),
  };
};
