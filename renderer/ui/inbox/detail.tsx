import type { Conflict } from '#contracts/ipc/station-window.ts';
import type { Instant } from '#domain/model/values.ts';
import type { RecordTables } from '../../state/store.ts';
import { Chip } from '../badge.tsx';
import { Icon } from '../icon.tsx';
import { shortName } from '../person.ts';
import { refusalText } from '../refusal-text.ts';
import { clockText, spanText } from '../time.ts';
import { localeNow } from '../translate.ts';
import { readStakes } from './stakes.ts';
import { words } from './strings.ts';

type Target = Conflict['targets'][number];

/** What a person calls a record; null when it has no name or is not held here. */
const nameOf = (tables: RecordTables | null, { kind, id }: Target): string | null => {
  if (!tables) return null;
  switch (kind) {
    case 'bed':
      return tables.bed.get(id)?.record.label ?? null;
    case 'unit':
      return tables.unit.get(id)?.record.callsign ?? null;
    case 'patient': {
      const patient = tables.patient.get(id)?.record;
      return patient ? shortName(patient) : null;
    }
    case 'encounter': {
      const encounter = tables.encounter.get(id)?.record;
      const patient = encounter && tables.patient.get(encounter.patientId)?.record;
      return patient ? shortName(patient) : null;
    }
    case 'incident': {
      const incident = tables.incident.get(id)?.record;
      return incident ? (incident.number ?? incident.address) : null;
    }
    case 'alarm':
      return tables.alarm.get(id)?.record.label ?? null;
    default:
      return null;
  }
};

const Stakes = ({ conflict, timeZone }: { readonly conflict: Conflict; readonly timeZone: string | null }) => {
  const stakes = readStakes(conflict);
  if (stakes.length === 0) return <p className="t2">{words('noStakes')}</p>;
  const won = [conflict.wonBy, conflict.wonAt === null ? null : clockText(conflict.wonAt, timeZone, true)].filter(
    (part) => part !== null,
  );
  return (
    <table className="table stakes">
      <thead>
        <tr>
          <th scope="col">{words('field')}</th>
          <th scope="col">{words('lost')}</th>
          <th scope="col">
            {words('won')}
            {won.length === 0 ? null : ` · ${won.join(', ')}`}
          </th>
        </tr>
      </thead>
      <tbody>
        {stakes.map((stake) => (
          <tr key={stake.key}>
            <th scope="row">
              {stake.label === '' ? null : <b>{stake.label} </b>}
              <span className="t2">{stake.field}</span>
              {stake.safety ? <Chip text={words('safety')} tone="notice" title={words('safetyTitle')} /> : null}
            </th>
            <td className="stakes__lost">{stake.lost}</td>
            <td className="stakes__won">{stake.won}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** Everything about one conflict: what, by whom, when, why, what was lost and what stands. */
export const ConflictDetail = ({
  conflict,
  tables,
  now,
  timeZone,
  refusal,
}: {
  readonly conflict: Conflict;
  readonly tables: RecordTables | null;
  /** Server time; null when it is not known. */
  readonly now: Instant | null;
  readonly timeZone: string | null;
  /** Why the last attempt to do it again was refused. */
  readonly refusal: string | null;
}) => {
  const named = [...new Set(conflict.targets.flatMap((target) => nameOf(tables, target) ?? []))];
  return (
    <article className="conflict" aria-label={conflict.summary}>
      <h3 className="conflict__what">{conflict.summary}</h3>
      <p className="t2">
        {[
          words('madeBy', { name: conflict.by, time: clockText(conflict.issuedAt, timeZone, true) }),
          ...(now === null ? [] : [words('ago', { span: spanText(now - conflict.issuedAt) })]),
          words('found', { time: clockText(conflict.foundAt, timeZone, true) }),
        ].join(' · ')}
      </p>
      {refusal === null ? null : (
        <p className="conflict__refused" role="alert">
          <Icon name="warning" />
          {refusal}
        </p>
      )}
      <h4 className="cap">{words('why')}</h4>
      <p>
        {localeNow().startsWith('en') ? null : <b>{words(`code.${conflict.code}`)} </b>}
        {refusalText(conflict)}
      </p>
      {conflict.state === 'waiting' ? (
        <p className="conflict__waiting">
          <Icon name="pending" />
          {words('waiting')}
        </p>
      ) : null}
      <h4 className="cap">{words('stakes')}</h4>
      <Stakes conflict={conflict} timeZone={timeZone} />
      {named.length === 0 ? null : (
        <>
          <h4 className="cap">{words('concerns')}</h4>
          <p>{named.join(' · ')}</p>
        </>
      )}
    </article>
  );
};
