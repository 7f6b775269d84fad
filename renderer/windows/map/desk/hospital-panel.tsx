import type { Assignment } from '#domain/model/assignment.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id, Position } from '#domain/model/values.ts';
import { spanText } from '../../../ui/time.ts';
import { distanceText } from '../straight-line.ts';
import { PickPanel } from './pick-panel.tsx';
import { hospitalReasonWords } from './reason-words.ts';
import { d } from './strings.ts';
import { useHospitalRanking } from './use-recommendation.ts';

/** Hospitals for the patient of a unit, the one where the crew is free again soonest first, and those left out with the reason. */
export const HospitalPanel = ({
  unit,
  assignment,
  from,
  onPick,
  onClose,
}: {
  readonly unit: Unit;
  readonly assignment: Assignment;
  readonly from: () => Position | null;
  readonly onPick: (hospitalId: Id) => void;
  readonly onClose: () => void;
}) => {
  const { ranking, problem } = useHospitalRanking(assignment.incidentId, from);
  return (
    <>
      <PickPanel
        title={d('hospitalFor', { callsign: unit.callsign })}
        meta={
          ranking === null
            ? '–'
            : ranking.services.length > 0
              ? d('needsService', { services: ranking.services.map((service) => d(`service_${service}`)).join(', ') })
              : d(ranking.routed.by === 'none' ? 'byLine' : 'byRoad')
        }
        empty={problem === null ? d(ranking === null ? 'asking' : 'noHospital') : d('rankProblem', { message: problem })}
        onPick={onPick}
        onClose={onClose}
        lines={(ranking?.candidates ?? []).map((hospital) => ({
          id: hospital.hospitalId,
          line: (
            <>
              <span className="row">
                <b>{hospital.name}</b>
                <span className="t2">
                  {hospital.metres === null ? `≈ ${distanceText(hospital.straightMetres)}` : distanceText(hospital.metres)}
                </span>
                {assignment.hospitalId === hospital.hospitalId ? <span className="chip chip--strong">{d('chosen')}</span> : null}
                <b className="num map-pick-line__value">
                  {hospital.etaSeconds === null ? '–' : spanText(hospital.etaSeconds * 1000)}
                </b>
              </span>
              <span className="meta">
                {hospital.freeAgainSeconds === null
                  ? ''
                  : `${d('freeAgain', { span: spanText(hospital.freeAgainSeconds * 1000) })} · `}
                {hospitalReasonWords(hospital).map(({ text, against }) => (
                  <span key={text} className={against ? 'map-reason map-reason--against' : 'map-reason'}>
                    {text}
                  </span>
                ))}
              </span>
            </>
          ),
        }))}
      />
      {ranking && ranking.leftOut.length > 0 ? (
        <>
          <div className="panel__head">
            <h2>{d('notProposed')}</h2>
            <span className="meta">{ranking.leftOut.length}</span>
          </div>
          <table className="table map-left-out">
            <tbody>
              {ranking.leftOut.map(({ hospitalId, name, why, lacks }) => (
                <tr key={hospitalId}>
                  <td className="b t2">{name}</td>
                  <td className="t2">
                    {d(`hospOut_${why}`, { what: lacks.map((service) => d(`service_${service}`)).join(', ') })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      ) : null}
    </>
  );
};
