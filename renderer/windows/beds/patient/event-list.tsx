import { useMemo, useState } from 'react';
import type { Encounter } from '#domain/model/encounter.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import { type VisitEvent, visitTimeline } from '#domain/rules/visit-timeline.ts';
import { Chip } from '../../../ui/badge.tsx';
import { Choice } from '../../../ui/field.tsx';
import { momentText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import { p } from './strings.ts';

type Kind = 'all' | 'notes' | 'alarms';
const kindsOf: Readonly<Record<Exclude<Kind, 'all'>, ReadonlySet<VisitEvent['what']>>> = {
  notes: new Set(['note', 'taskAsked', 'taskDone', 'taskCancelled', 'triage']),
  alarms: new Set(['alarm', 'alarmAnswered']),
};

const textOf = (view: RecordView, event: VisitEvent): string => {
  switch (event.what) {
    case 'mission':
      return p(`mission_${event.moment}`, { unit: (event.unitId && view.get('unit', event.unitId)?.callsign) ?? '–' });
    case 'arrived':
      return p(`arrived_${event.mode}`);
    case 'triage': {
      const { total, complete } = event.news;
      return p('triage', { acuity: event.acuity, news: total === null ? '–' : complete ? total : `≥${total}` });
    }
    case 'moved':
      return p('moved', { place: (event.bedId && view.get('bed', event.bedId)?.label) ?? event.place ?? '–' });
    case 'away':
      return p('away', { to: event.to === '' ? '–' : event.to });
    case 'admission':
      return event.to === null ? p('admission') : p('admissionTo', { ward: event.to });
    case 'alarm':
    case 'alarmAnswered':
      return p(event.what, { label: event.alarm.label });
    case 'disagreement':
      return p('disagreement', { theirs: event.theirs, ours: event.ours });
    case 'left':
      return p(event.disposition === null ? 'left_unknown' : `left_${event.disposition}`);
    default:
      return p(event.what, { text: event.text });
  }
};

const remarkOf = (event: VisitEvent): string | null => {
  if (event.what === 'mission' && event.isBreak) return p('orderBreak');
  if (event.what === 'moved' && event.note !== null) return p('overridden', { reason: event.note });
  if (event.what === 'disagreement' && event.isOpen) return p('disagreementOpen');
  return null;
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
          options={(['all', 'notes', 'alarms'] as const).map((value) => ({ value, label: p(value) }))}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable for the keys that scroll it */}
      <ol className="record__events" tabIndex={0}>
        {shown.map((event) => {
          const remark = remarkOf(event);
          const note = event.what === 'triage' ? event.note : null;
          return (
            <li key={event.key} className={`event event--${event.what}`}>
              <span className="t3 num-plain">{momentText(event.at, now, timeZone, localeNow())}</span>
              <span>
                {textOf(view, event)} {remark === null ? null : <Chip tone="notice" text={remark} />}
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
