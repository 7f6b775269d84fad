import type { GlError } from './gl-port.ts';
import type { MapEvents } from './port.ts';

/**
 * Whether an error of the online engine means that it will never draw. A refused token blanks its picture for good while its
 * methods go on answering, so the error itself is the only sign. Before the first style any failure is final.
 */
export const mapboxRefusal = ({ status, message = '' }: GlError, styled: boolean): MapEvents['refused'] | null => {
  if (status === 401 || status === 403 || /access token|unauthori[sz]ed|forbidden/i.test(message)) return { reason: 'token' };
  return styled ? null : { reason: 'unreachable' };
};
