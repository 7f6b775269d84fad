import type { Id } from '#domain/model/values.ts';
import type { Duplicate } from '#domain/rules/duplicates.ts';
import { AcuityBadge } from '../../../ui/badge.tsx';
import { clockText } from '../../../ui/time.ts';
import { shortNumber } from '../situation.ts';
import { d } from './strings.ts';

/** Open incidents that the call may be about, each with the key that joins it. */
export const DuplicateList = ({
  duplicates,
  zone,
  distance,
  onSame,
}: {
  readonly duplicates: readonly Duplicate[];
  readonly zone: string | null;
  readonly distance: (metres: number) => string;
  readonly onSame: (incidentId: Id) => void;
}) =>
  duplicates.length === 0 ? null : (
    <div className="map-same" role="status">
      <div className="b">{d('same')}</div>
      {duplicates.map(({ incident, metres, sameKind }, index) => (
        <button key={incident.id} type="button" className="map-same__one" onClick={() => onSame(incident.id)}>
          <AcuityBadge acuity={incident.priority} size={20} />
          <span>
            <b>{shortNumber(incident)}</b> {incident.category}, {incident.address}
            <span className="meta">
              {' '}
              {distance(metres)} · {clockText(incident.callReceivedAt, zone)}
              {sameKind ? ` · ${d('sameKind')}` : ''}
            </span>
          </span>
          <span className="kbds">
            <kbd>Ctrl</kbd>
            <kbd>{index + 1}</kbd>
          </span>
        </button>
      ))}
    </div>
  );
