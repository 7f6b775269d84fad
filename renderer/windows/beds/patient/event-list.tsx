import { useMemo, useState } from 'react';
import type { Encounter } from '#domain/model/encounter.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import { type VisitEvent, visitTimeline } from '#domain/rules/visit-timeline.ts';
import { Chip } from '../../../ui/badge.tsx';
import { Choice } from '../../../ui/field.tsx';
import { momentText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import { eventText, remarkOf } from './event-words.ts';
import { p } from './strings.ts';

const kinds = ['all', 'moves', 'care', 'notes', 'alarms'] as const;
type Kind = (typeof kinds)[number];
const kindsOf: Readonly<Record<Exclude<Kind, 'all'>, ReadonlySet<VisitEvent['what']>>> = {
  moves: new Set([
    'mission',
    'arrived',
    'moved',
    'away',
    'back',
    'admission',
    'admissionWithdrawn',
    'expectedDeparture',
    'left',
    'returned',
    'disagreement',
  ]),
  care: new Set(['care']),
  notes: new Set(['note', 'taskAsked', 'taskDone', 'taskCancelled', 'triage']),
  alarms: new Set(['alarm', 'alarmAnswered']),
};

/** Everything that happened to a patient, newest first, with who did it. */
export const EventList = ({
  view,
  encounter,
  now,
  timeZone,
}: {
  readonly view: RecordView;
  readonly encounter: Encounter;
  readonly now: Instant;
  readonly timeZone: string | null;
}) => {
  const [kind, setKind] = useState<Kind>('all');
  const events = useMemo(() => visitTimeline(view, encounter).toReversed(), [view, encounter]);
  const shown = kind === 'all' ? events : events.filter(({ what }) => kindsOf[kind].has(what));
  return (
    <>
      <div className="panel__head">
        <h3>{p('timeline')}</h3>
        <span className="meta">{p('newestFirst')}</span>
        <span className="grow" />
        <Choice
          label={p('show')}
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: p(`only_${value}`) }))}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable for the keys that scroll it */}
      <ol className="record__events" tabIndex={0}>
        {shown.map((event) => {
          const remark = remarkOf(event, timeZone);
          const note = event.what === 'triage' ? event.note : null;
          return (
            <li key={event.key} className={`event event--${event.what}`}>
              <span className="t3 num-plain">{momentText(event.at, now, timeZone, localeNow())}</span>
              <span>
                {eventText(view, event, timeZone)} {remark === null ? null : <Chip tone="notice" text={remark} />}
                {note === null || note === '' ? null : <span className="event__note">{note}</span>}
                {event.by === null ? null : <span className="meta event__by">{event.by}</span>}
              </span>
            </li>
          );
        })}
        {shown.length === 0 ? <li className="t2">{p('nothingShown')}</li> : null}
      </ol>
    </>
  );
};
