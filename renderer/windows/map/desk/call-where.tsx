import type { Call } from '#domain/model/call.ts';
import { clockText } from '../../../ui/time.ts';
import { distanceText } from '../straight-line.ts';
import type { CallForm } from './call-form.ts';
import { d } from './strings.ts';

const metresText = (metres: number | null): string => (metres === null ? '–' : `± ${distanceText(metres)}`);

/** Where the call is on the map and who says so; what is missing; and a later location of the caller, which offers itself. */
export const CallWhere = ({
  form,
  call,
  problem,
  missing,
  better,
  zone,
}: {
  readonly form: CallForm;
  readonly call: Call | undefined;
  readonly problem: string | null;
  readonly missing: boolean;
  readonly better: Call['location'];
  readonly zone: string | null;
}) => (
  <div className="map-where">
    {form.place === null ? (
      <span className={missing ? 'notice' : 't3'}>{d(missing ? 'needPlace' : 'noPlace')}</span>
    ) : (
      <span>
        {d(`from_${form.place.from}`)}{' '}
        <span className="meta">
          {form.place.position[1].toFixed(5)}, {form.place.position[0].toFixed(5)}
        </span>
        {form.place.from === 'caller' && call?.location && better === null ? (
          <span className="meta"> {metresText(call.location.uncertaintyMetres)}</span>
        ) : null}
      </span>
    )}
    {problem === null ? null : <span className="notice">{d('searchProblem', { message: problem })}</span>}
    {better === null ? null : (
      <span className="map-better" role="status">
        {d('betterLocation', {
          metres: metresText(better.uncertaintyMetres),
          time: call?.locatedAt == null ? '–' : clockText(call.locatedAt, zone, true),
        })}{' '}
        <kbd>Ctrl</kbd> <kbd>L</kbd>
      </span>
    )}
  </div>
);
