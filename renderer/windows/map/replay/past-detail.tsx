/** What was known of one thing at the moment that is shown. It is read and nothing else: what acts stands beside the map and is live. */
import type { Id } from '#domain/model/values.ts';
import { useFramePart } from '../../../state/hooks.ts';
import { recordsOf } from '../../../state/store.ts';
import { Button } from '../../../ui/controls.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { clockText } from '../../../ui/time.ts';
import { NowOf } from '../desk/now.tsx';
import { IncidentDetail } from '../incident-detail.tsx';
import type { Selection } from '../picture.ts';
import { inboundByHospital, incidentRows, settingsOf, shortNumber } from '../situation.ts';
import { UnitDetail } from '../unit-detail.tsx';
import { hospitalLine } from '../words.ts';
import { shownSecond } from './replay-head.tsx';
import type { ReplayPlayer } from './replay-player.ts';
import type { Moment } from './replay-tape.ts';
import { r } from './strings.ts';
import { useReplayPart } from './use-replay.ts';

const Known = ({
  moment: { records, heard },
  selection: { kind, id },
  zone,
  onSelect,
}: {
  readonly moment: Moment;
  readonly selection: Selection;
  readonly zone: string | null;
  readonly onSelect: (selection: Selection) => void;
}) => {
  const settings = settingsOf(records);
  const unit = records.unit.get(id)?.record;
  const incident = records.incident.get(id)?.record;
  const hospital = records.hospital.get(id)?.record;
  if (kind === 'unit' && unit) {
    const assignment = unit.assignmentId === null ? undefined : records.assignment.get(unit.assignmentId)?.record;
    return (
      <UnitDetail
        unit={unit}
        pending={false}
        fixOf={() => heard.get(id)?.fix}
        incident={assignment && records.incident.get(assignment.incidentId)?.record}
        assignment={assignment}
        hospital={assignment?.hospitalId ? records.hospital.get(assignment.hospitalId)?.record : undefined}
        settings={settings}
        onSelectIncident={(incidentId) => onSelect({ kind: 'incident', id: incidentId })}
      />
    );
  }
  if (kind === 'incident' && incident) {
    const row = incidentRows(records).find((one) => one.incident.id === id) ?? {
      incident,
      pending: false,
      missions: [],
      settings,
    };
    const numberOf = (other: Id): string => {
      const found = records.incident.get(other)?.record;
      return found ? shortNumber(found) : '–';
    };
    return (
      <IncidentDetail
        row={row}
        assignments={recordsOf(records, 'assignment').filter(({ incidentId }) => incidentId === id)}
        zone={zone}
        numberOf={numberOf}
        onSelectUnit={(unitId) => onSelect({ kind: 'unit', id: unitId })}
      />
    );
  }
  if (kind === 'hospital' && hospital)
    return (
      <>
        <div className="panel__head map-head">
          <h2 className="num">{hospital.name}</h2>
        </div>
        <div className="section">{hospitalLine(hospital, inboundByHospital(records).get(id) ?? 0)}</div>
      </>
    );
  return null;
};

/** A card over the map, of the second that is shown. */
export const PastDetail = ({
  player,
  selection,
  onSelect,
  onLive,
  onClose,
}: {
  readonly player: ReplayPlayer;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  /** Back to the present, with the same thing chosen. */
  readonly onLive: () => void;
  readonly onClose: () => void;
}) => {
  const zone = useFramePart('timeZone');
  const at = useReplayPart(player, shownSecond, null);
  const { moment } = player.state();
  if (at === null || !moment) return null;
  const time = clockText(at, zone, true);
  return (
    <aside className="map-replay__card" aria-label={r('asOf', { time })}>
      <div className="map-replay__card-head">
        <Icon name="replay" size={16} />
        <b>{r('asOf', { time })}</b>
        <span>{r('readOnly')}</span>
        <span className="grow" />
        <button type="button" className="btn btn--icon" onClick={onClose} aria-label={r('close')}>
          <Icon name="close" size={12} />
        </button>
      </div>
      <div className="map-replay__card-body">
        <NowOf at={at}>
          {moment.records[selection.kind].has(selection.id) ? (
            <Known moment={moment} selection={selection} zone={zone} onSelect={onSelect} />
          ) : (
            <div className="section">{r('notThen', { time })}</div>
          )}
        </NowOf>
      </div>
      <div className="section">
        <Button touch onPress={onLive}>
          {r('showLive')}
        </Button>
      </div>
    </aside>
  );
};
