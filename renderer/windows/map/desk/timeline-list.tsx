import { useState } from 'react';
import type { Assignment } from '#domain/model/assignment.ts';
import type { Incident } from '#domain/model/incident.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id } from '#domain/model/values.ts';
import { Chip } from '../../../ui/badge.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { clockText } from '../../../ui/time.ts';
import { d } from './strings.ts';
import { eTimes, type TimelineEntry, timelineOf } from './timeline.ts';

/** Shown before the whole is asked for. */
const few = 12;

const textOf = (entry: TimelineEntry, callsignOf: (id: Id) => string): string => {
  switch (entry.kind) {
    case 'call':
      return d(`call_${entry.what}`);
    case 'moment':
      return `${callsignOf(entry.unitId)} · ${d(`time_${entry.moment}`)}${entry.byVoice ? ` · ${d('byVoice')}` : ''}${
        entry.seenBy === null ? '' : ` · ${d('byPosition', { source: entry.seenBy })}`
      }${entry.text === null ? '' : ` · ${entry.text}`}`;
    case 'refused':
      return d('told_refused', { callsign: callsignOf(entry.unitId), text: entry.text });
    case 'diverted':
      return d('told_diverted', { callsign: callsignOf(entry.unitId), text: entry.text });
    case 'voice':
      return d('told_voice', { callsign: callsignOf(entry.unitId), text: entry.text });
    case 'event':
      return `${d(`event_${entry.what}`)} · ${entry.text}`;
    case 'note':
      return entry.text;
  }
};
const numberOf = (entry: TimelineEntry): string =>
  entry.kind === 'moment'
    ? eTimes[entry.moment]
    : entry.kind === 'call'
      ? { received: '01', notified: '02', closed: '' }[entry.what]
      : '';

/** Everything that happened, newest first: times with their numbers, notes with their author, breaks of order said where they stand. */
export const TimelineList = ({
  incident,
  missions,
  unitOf,
  zone,
}: {
  readonly incident: Incident;
  readonly missions: readonly Assignment[];
  readonly unitOf: (id: Id) => Unit | undefined;
  readonly zone: string | null;
}) => {
  const [all, setAll] = useState(false);
  const entries = timelineOf(incident, missions).toReversed();
  const shown = all ? entries : entries.slice(0, few);
  const callsignOf = (id: Id): string => unitOf(id)?.callsign ?? '–';
  useKeys([{ key: 'w', label: d('keyWhole'), when: entries.length > few, run: () => setAll((before) => !before), quiet: true }]);
  return (
    <>
      <div className="panel__head map-head--line">
        <h2>{d('timeline')}</h2>
        <span className="meta">
          {d('newestFirst')}
          {entries.length > few ? (
            <>
              {' '}
              · {shown.length}/{entries.length} <kbd>W</kbd>
            </>
          ) : null}
        </span>
      </div>
      <ol className="map-timeline">
        {shown.map((entry) => (
          <li key={entry.key} className={`map-note map-note--${entry.kind}`}>
            <span className="t3 num-plain">{clockText(entry.at, zone, true)}</span>
            <span className="t3">{numberOf(entry)}</span>
            <span>
              {textOf(entry, callsignOf)} {'by' in entry ? <span className="meta">{entry.by}</span> : null}
              {entry.kind === 'moment' && entry.before !== null ? (
                <Chip tone="notice" text={d('orderBreak', { number: eTimes[entry.before], moment: d(`time_${entry.before}`) })} />
              ) : null}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
};
