import { useState } from 'react';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Instant } from '#domain/model/values.ts';
import { Button } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/field.tsx';
import { useGesture } from '../../../ui/gesture.ts';
import { clockText } from '../../../ui/time.ts';
import { p } from './strings.ts';
import { instantOfClock } from './time-of-day.ts';

type Asked = 'admit' | 'leaves' | 'out' | null;

/** Where the patient goes: to a ward, home at a time, out for a while and back. Each can be taken back. */
export const Ways = ({
  encounter,
  name,
  now,
  timeZone,
}: {
  readonly encounter: Encounter;
  readonly name: string;
  readonly now: Instant;
  readonly timeZone: string | null;
}) => {
  const gesture = useGesture();
  const [asked, setAsked] = useState<Asked>(null);
  const [text, setText] = useState('');
  const { id: encounterId, admitDecidedAt, admitTo, expectedDepartureAt, away } = encounter;
  const open = (what: Exclude<Asked, null>, from: string): void => {
    setAsked(what);
    setText(from);
  };
  const typedAt = text.trim() === '' ? null : instantOfClock(text, now, timeZone);
  const isBad = asked === 'leaves' && typedAt === undefined;
  const save = (): void => {
    const said = text.trim();
    if (asked === 'admit') {
      const before = { encounterId, admit: admitDecidedAt !== null, admitTo };
      const to = said === '' ? null : said;
      void gesture(
        'decideAdmission',
        { encounterId, admit: true, admitTo: to },
        { text: p('didAdmit', { name }), undo: () => void gesture('decideAdmission', before) },
      );
    } else if (asked === 'leaves' && typedAt !== undefined) {
      void gesture(
        'expectDeparture',
        { encounterId, at: typedAt },
        {
          text: p('didLeaves', { name, time: typedAt === null ? p('notKnown') : clockText(typedAt, timeZone) }),
          undo: () => void gesture('expectDeparture', { encounterId, at: expectedDepartureAt }),
        },
      );
    } else if (asked === 'out' && said !== '') {
      void gesture(
        'setAway',
        { encounterId, away: { to: said, expectedBackAt: null } },
        { text: p('didOut', { name, to: said }), undo: () => void gesture('setAway', { encounterId, away: null }) },
      );
    } else return;
    setAsked(null);
  };
  const back = (): void => {
    if (!away) return;
    const { to, expectedBackAt, since } = away;
    void gesture(
      'setAway',
      { encounterId, away: null },
      {
        text: p('didBack', { name }),
        ...(to === '' ? {} : { undo: () => void gesture('setAway', { encounterId, away: { to, expectedBackAt, since } }) }),
      },
    );
  };
  const notAdmit = (): void =>
    void gesture(
      'decideAdmission',
      { encounterId, admit: false, admitTo: null },
      {
        text: p('didNotAdmit', { name }),
        undo: () => void gesture('decideAdmission', { encounterId, admit: true, admitTo }),
      },
    );
  return (
    <div className="record__ways">
      {admitDecidedAt === null ? null : (
        <p>{p('admitWho', { time: clockText(admitDecidedAt, timeZone), ward: admitTo ?? p('wardUnknown') })}</p>
      )}
      {asked === null ? (
        <div className="row">
          <Button touch onPress={() => open('admit', admitTo ?? '')}>
            {p('admit')}
          </Button>
          {admitDecidedAt === null ? null : (
            <Button touch onPress={notAdmit}>
              {p('notAdmit')}
            </Button>
          )}
          <Button
            touch
            onPress={() => open('leaves', expectedDepartureAt === null ? '' : clockText(expectedDepartureAt, timeZone))}
          >
            {p('leaves')}
          </Button>
          {away ? (
            <Button touch onPress={back}>
              {p('back', { to: away.to === '' ? '–' : away.to })}
            </Button>
          ) : (
            <Button touch onPress={() => open('out', '')}>
              {p('out')}
            </Button>
          )}
        </div>
      ) : (
        <form
          className="record__task"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <Field
            label={p(asked === 'admit' ? 'admitTo' : asked === 'leaves' ? 'leavesAt' : 'outTo')}
            text={text}
            onChange={setText}
            autoFocus
            {...(isBad ? { state: 'bad', said: p('leavesBad') } : {})}
          />
          <Button touch main disabled={isBad || (asked === 'out' && text.trim() === '')} onPress={save}>
            {p('save')}
          </Button>
          <Button touch onPress={() => setAsked(null)}>
            {p('cancel')}
          </Button>
        </form>
      )}
    </div>
  );
};
