import { useState } from 'react';
import type { Handover } from '#domain/model/handover.ts';
import type { Instant } from '#domain/model/values.ts';
import { useClient } from '../../../state/hooks.ts';
import { Button } from '../../../ui/controls.tsx';
import { momentText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import { HandoverText } from './parts.tsx';
import { h } from './strings.ts';

const parts = ['given', 'taken'] as const;
export type Part = (typeof parts)[number];

/** The signatures of the one who gives and the one who takes, over what they sign. */
export const SignHandover = ({
  handover,
  person,
  now,
  timeZone,
  onSign,
}: {
  readonly handover: Handover;
  /** Who is signed in at this desk. */
  readonly person: string | null;
  readonly now: Instant;
  readonly timeZone: string | null;
  readonly onSign: (part: Part, signed: boolean) => void;
}) => {
  const client = useClient();
  const [failure, setFailure] = useState<string | null>(null);
  const unspoken = handover.points.filter(({ spoken }) => !spoken).length;
  const isDone = handover.given !== null && handover.taken !== null;
  const needsAnother = !isDone && parts.some((part) => handover[part]?.by.name === person);
  const signIn = (role: 'chargeNurse' | 'triageNurse'): void =>
    void client.signIn(role).then(
      () => setFailure(null),
      (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)),
    );
  return (
    <div className="handover">
      <div className="handover__list">
        <HandoverText handover={handover} />
      </div>
      <div className="handover__side">
        <p className={unspoken === 0 ? '' : 'notice'}>{unspoken === 0 ? h('everything') : h('missing', { count: unspoken })}</p>
        {parts.map((part) => {
          const signature = handover[part];
          const isMine = signature?.by.name === person;
          return (
            <section key={part} className="handover__signature" aria-label={h(part)}>
              <h3>{h(part)}</h3>
              <p>
                {signature ? (
                  <b>
                    {h('signedAt', {
                      name: signature.by.name,
                      time: momentText(signature.at, now, timeZone, localeNow(), true),
                    })}
                  </b>
                ) : (
                  <span className="t2">{h('notSigned')}</span>
                )}
              </p>
              {signature ? (
                isMine && !isDone ? (
                  <Button touch onPress={() => onSign(part, false)}>
                    {h('takeBack')}
                  </Button>
                ) : null
              ) : needsAnother ? null : (
                <Button
                  touch
                  main={part === 'given' || handover.given !== null}
                  keyName={part === 'given' ? '1' : '2'}
                  onPress={() => onSign(part, true)}
                >
                  {h(part === 'given' ? 'signGiven' : 'signTaken')}
                </Button>
              )}
            </section>
          );
        })}
        {needsAnother ? (
          <section className="handover__signature">
            <p>{h('otherPerson', { name: person ?? '–' })}</p>
            <p className="t3">{h('signIn')}</p>
            <div className="row">
              {(['chargeNurse', 'triageNurse'] as const).map((role) => (
                <Button key={role} touch onPress={() => signIn(role)}>
                  {h(`role_${role}`)}
                </Button>
              ))}
            </div>
            {failure === null ? null : <p className="notice">{h('signInFailed', { why: failure })}</p>}
          </section>
        ) : null}
        {isDone ? <p>{h('done')}</p> : null}
      </div>
    </div>
  );
};
