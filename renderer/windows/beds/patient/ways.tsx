import { useState } from 'react';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Instant } from '#domain/model/values.ts';
import { Button } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/field.tsx';
import { useUndoable } from '../../../ui/gesture.ts';
import { useKeys } from '../../../ui/keys.tsx';
import { clockText } from '../../../ui/time.ts';
import { useEnd } from '../bed-dialogs.tsx';
import { p } from './strings.ts';
import { instantOfClock } from './time-of-day.ts';

type Asked = 'admit' | 'leaves' | 'out' | null;

/** Where the patient goes: to a ward, home at a time, out for a while and back. Each can be taken back. */
export const Ways = ({
  encounter,
  name,
  backMinutes,
  now,
  timeZone,
}: {
  readonly encounter: Encounter;
  readonly name: string;
  /** In how many minutes who goes out may be said to be back. */
  readonly backMinutes: readonly number[];
  readonly now: Instant;
  readonly timeZone: string | null;
}) => {
  const undoable = useUndoable(p('undone'));
  const [asked, setAsked] = useState<Asked>(null);
  const { minutes, key: backKey, choice } = useEnd(backMinutes, 'until.back');
  useKeys(asked === 'out' ? [backKey] : []);
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
      const to = said === '' ? null : said;
      void undoable('decideAdmission', { encounterId, admit: true, admitTo: to }, p('didAdmit', { name }));
    } else if (asked === 'leaves' && typedAt !== undefined) {
      const time = typedAt === null ? p('notKnown') : clockText(typedAt, timeZone);
      void undoable('expectDeparture', { encounterId, at: typedAt }, p('didLeaves', { name, time }));
    } else if (asked === 'out' && said !== '') {
      const expectedBackAt = minutes === null ? null : Math.floor(now) + minutes * 60_000;
      void undoable('setAway', { encounterId, away: { to: said, expectedBackAt } }, p('didOut', { name, to: said }));
    } else return;
    setAsked(null);
  };
  const back = (): void => void undoable('setAway', { encounterId, away: null }, p('didBack', { name }));
  const notAdmit = (): void =>
    void undoable('decideAdmission', { encounterId, admit: false, admitTo: null }, p('didNotAdmit', { name }));
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
          {asked === 'out' ? choice : null}
        </form>
      )}
    </div>
  );
};
