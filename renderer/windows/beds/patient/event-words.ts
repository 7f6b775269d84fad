/** What the record of a visit says of one event, in the language of this window. */
import type { RecordView } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import type { CareChange, VisitEvent } from '#domain/rules/visit-timeline.ts';
import { clockText, spanText } from '../../../ui/time.ts';
import { writtenText } from '../../../ui/written-text.ts';
import { p } from './strings.ts';

/** What was known this much longer than it was said, milliseconds, is said with its own moment. */
const saidLater = 60_000;

const careText = (change: CareChange): string => {
  switch (change.what) {
    case 'nurse':
    case 'doctor':
    case 'nextStep':
      return p('careIs', { what: p(change.what), value: change.text ?? '–' });
    case 'waitingFor': {
      const value = change.waitingFor.length === 0 ? '–' : change.waitingFor.map((thing) => p(thing)).join(', ');
      return p('careIs', { what: p('waitsFor'), value });
    }
    case 'ventilated': {
      const value = change.ventilated === null ? '–' : p(change.ventilated ? 'ventilated_yes' : 'ventilated_no');
      return p('careIs', { what: p('ventilated'), value });
    }
    case 'isolation':
      return p('careIs', { what: p('isolation'), value: p(`isolation_${change.isolation ?? 'none'}`) });
    case 'flag': {
      const flag = p(`flag_${change.flag}`);
      if (!change.isSet) return p('flagGone', { flag });
      return change.note === null ? p('flagSet', { flag }) : p('flagSetFor', { flag, note: change.note });
    }
  }
};

/** One sentence about an event. */
export const eventText = (view: RecordView, event: VisitEvent, timeZone: string | null): string => {
  const clock = (at: Instant): string => clockText(at, timeZone);
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
      return p('moved', { place: (event.bedId && view.get('bed', event.bedId)?.label) ?? writtenText(event.place ?? '–') });
    case 'away': {
      const to = event.to === '' ? '–' : event.to;
      return event.expectedBackAt === null ? p('away', { to }) : p('awayUntil', { to, time: clock(event.expectedBackAt) });
    }
    case 'back':
      return p('cameBack', { to: event.to === '' ? '–' : event.to, span: spanText(event.at - event.since) });
    case 'admission':
      return event.to === null ? p('admission') : p('admissionTo', { ward: event.to });
    case 'admissionWithdrawn':
    case 'returned':
      return p(event.what);
    case 'expectedDeparture':
      return event.expectedAt === null ? p('expectedUnknown') : p('expectedAt', { time: clock(event.expectedAt) });
    case 'care':
      return event.changes.map(careText).join(' · ');
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

/** What must be seen beside an event; null when there is nothing. */
export const remarkOf = (event: VisitEvent, timeZone: string | null): string | null => {
  if (event.what === 'mission' && event.isBreak) return p('orderBreak');
  if (event.what === 'moved' && event.note !== null) return p('overridden', { reason: event.note });
  if (event.what === 'disagreement' && event.isOpen) return p('disagreementOpen');
  if ((event.what === 'away' || event.what === 'admission') && event.at - event.since >= saidLater)
    return p('saidSince', { time: clockText(event.since, timeZone) });
  return null;
};
