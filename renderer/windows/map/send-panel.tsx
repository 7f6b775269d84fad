import { useState } from 'react';
import type { Unit } from '#domain/model/unit.ts';
import type { Id } from '#domain/model/values.ts';
import { Chip } from '../../ui/badge.tsx';
import { Duration } from '../../ui/clock.tsx';
import { Button } from '../../ui/controls.tsx';
import { Field } from '../../ui/field.tsx';
import { useKeys } from '../../ui/keys.tsx';
import { spanText } from '../../ui/time.ts';
import type { Nearest, Unsuitable } from './nearest-units.ts';
import { distanceText } from './straight-line.ts';
import { m } from './strings.ts';
import { unitSymbol } from './symbols/unit-symbol.ts';
import { UnitMark } from './unit-mark.tsx';
import { statusName, typeShort } from './words.ts';

/** How many are listed: one for each number key. */
export const candidatesListed = 5;

const reason = ({ why, value }: Unsuitable): readonly [string, string] => {
  if (why === 'emergency') return [m('emergency'), ''];
  if (why === 'noPosition') return [m('whyNoPosition'), ''];
  if (why === 'lost') return [m('whyLost'), value === null ? '' : spanText(value)];
  if (why === 'resting') return [m('whyResting'), value === null ? '' : spanText(value)];
  return [m('whyFar'), value === null ? '' : distanceText(value)];
};

/** The nearest free units, each with its number key, and those left out with the reason. */
export const SendPanel = ({
  nearest,
  offered,
  chosen,
  onToggle,
  onDispatch,
}: {
  readonly nearest: Nearest;
  /** The units by their number keys, as they were when the list was opened. */
  readonly offered: readonly Unit[];
  readonly chosen: readonly Id[];
  readonly onToggle: (unitId: Id) => void;
  readonly onDispatch: () => void;
}) => {
  const listed = offered.map((unit) => ({ unit, candidate: nearest.candidates.find((one) => one.unit.id === unit.id) }));
  const callsigns = listed
    .filter(({ unit, candidate }) => candidate && chosen.includes(unit.id))
    .map(({ unit }) => unit.callsign);
  return (
    <>
      <div className="panel__head map-head--line">
        <h2>{m('send')}</h2>
        <span className="meta">{m('straightLine')}</span>
      </div>
      {listed.length === 0 ? <div className="section notice">{m('noCandidates')}</div> : null}
      <ol>
        {listed.map(({ unit, candidate }, index) =>
          candidate === undefined ? (
            <li key={unit.id} className="item map-candidate">
              <kbd>{index + 1}</kbd>
              <UnitMark symbol={unitSymbol(unit, 'solid', false)} />
              <b className="t3">{unit.callsign}</b>
              <span className="t3">{m('notFreeNow', { status: statusName(unit.status) })}</span>
            </li>
          ) : (
            <li key={unit.id}>
              <button
                type="button"
                className={chosen.includes(unit.id) ? 'item map-candidate is-selected' : 'item map-candidate'}
                aria-pressed={chosen.includes(unit.id)}
                data-key-through="true"
                onClick={() => onToggle(unit.id)}
              >
                <kbd>{index + 1}</kbd>
                <UnitMark symbol={unitSymbol(unit, candidate.fix.state === 'stale' ? 'hollow' : 'solid', false)} />
                <b>{unit.callsign}</b>
                <span className="t2 row">
                  {typeShort(unit.type)} · {distanceText(candidate.metres)}{' '}
                  {chosen.includes(unit.id) ? <Chip text={m('chosen')} /> : null}
                </span>
                <b className="num map-estimate">
                  ≈ <Duration milliseconds={candidate.duration} />
                </b>
                <span className="meta map-candidate__why">
                  {statusName(unit.status)}
                  {unit.status === 'availableAtStation' ? ` · ${unit.stationName}` : ''} ·{' '}
                  {m('fixAge', { span: spanText(candidate.fix.ageMs) })}
                  {candidate.fix.skewed ? ` · ${m('clockDiffers')}` : ''}
                </span>
              </button>
            </li>
          ),
        )}
      </ol>
      <div className="section">
        <Button main touch keyName="Enter" disabled={callsigns.length === 0} onPress={onDispatch}>
          {callsigns.length === 0 ? m('chooseFirst') : m('dispatchSome', { callsigns: callsigns.join(', ') })}
        </Button>
        <div className="meta map-under">{m('needsLink')}</div>
        <div className="meta">{m('estimate')}</div>
      </div>
      {nearest.unsuitable.length > 0 ? (
        <>
          <div className="panel__head">
            <h2>{m('notProposed')}</h2>
            <span className="meta">{nearest.unsuitable.length}</span>
          </div>
          <table className="table map-left-out">
            <tbody>
              {nearest.unsuitable.slice(0, 6).map((left) => {
                const [why, value] = reason(left);
                return (
                  <tr key={left.unit.id}>
                    <td className="b t2">{left.unit.callsign}</td>
                    <td className="t2">{why}</td>
                    <td className="r t3">{value}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </>
      ) : null}
    </>
  );
};

/** Nobody has told these crews. Says so, and takes what the dispatcher did by radio instead. */
export const VoicePanel = ({
  units,
  onRecord,
}: {
  readonly units: readonly Unit[];
  readonly onRecord: (note: string) => void;
}) => {
  const [note, setNote] = useState('');
  const record = (): void => {
    if (note.trim() !== '') onRecord(note.trim());
  };
  useKeys([{ key: 'Enter', label: m('recordVoice'), run: record, whileTyping: true }]);
  return (
    <div className="section map-voice" role="alert">
      <div className="b">
        {units.map(({ callsign }) => callsign).join(', ')}: {m('notTold')}
      </div>
      <Field label={m('voiceWhat')} text={note} onChange={setNote} placeholder={m('voiceExample')} autoFocus />
      <Button main touch keyName="Enter" disabled={note.trim() === ''} onPress={record}>
        {m('recordVoice')}
      </Button>
    </div>
  );
};
