import type { Role } from '#domain/model/grant.ts';
import type { Handover } from '#domain/model/handover.ts';
import type { Author, Instant } from '#domain/model/values.ts';
import { Button } from '../../../ui/controls.tsx';
import { momentText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import { HandoverText } from './parts.tsx';
import { type Part, parts, unspokenIn } from './signatures.ts';
import { h } from './strings.ts';

/** With which roles somebody can sign in beside the person here. */
export const besides = [
  { role: 'chargeNurse', key: 'c' },
  { role: 'triageNurse', key: 't' },
] as const satisfies readonly { readonly role: Role; readonly key: string }[];

/** The part that is left for another person than the one here; null when they may sign, or both have. */
export const leftForAnother = (handover: Handover, personId: string | null): Part | null => {
  const missing = parts.filter((part) => handover[part] === null);
  const hasSigned = parts.some((part) => handover[part]?.by.personId === personId);
  return hasSigned ? (missing[0] ?? null) : null;
};

/** The signatures of the one who gives and the one who takes, over what they sign. */
export const SignHandover = ({
  handover,
  unconfirmed,
  person,
  isHeard,
  now,
  timeZone,
  failure,
  sure,
  onSign,
  onBeside,
}: {
  readonly handover: Handover;
  /** The signatures that the hospital has not confirmed. */
  readonly unconfirmed: ReadonlySet<Part>;
  /** Who is signed in at this desk. */
  readonly person: Author | null;
  /** Whether the hospital can say who somebody is. */
  readonly isHeard: boolean;
  readonly now: Instant;
  readonly timeZone: string | null;
  /** Why the second person could not sign in. */
  readonly failure: string | null;
  /** Of this part it was asked whether it is signed with points not spoken through. */
  readonly sure: Part | null;
  readonly onSign: (part: Part, signed: boolean) => void;
  /** Another person signs here under a sign-in of their own. */
  readonly onBeside: (part: Part, as: (typeof besides)[number]['role']) => void;
}) => {
  const unspoken = unspokenIn(handover);
  const isDone = handover.given !== null && handover.taken !== null;
  const another = leftForAnother(handover, person?.personId ?? null);
  return (
    <div className="handover">
      <div className="handover__list">
        <HandoverText handover={handover} />
      </div>
      <div className="handover__side">
        <p className={unspoken === 0 ? '' : 'notice'}>
          {unspoken === 0 ? h('everything') : h(unspoken === 1 ? 'missingOne' : 'missing', { count: unspoken })}
        </p>
        {parts.map((part) => {
          const signature = handover[part];
          const isMine = signature !== null && signature.by.personId === person?.personId;
          const isOpen = unconfirmed.has(part);
          return (
            <section key={part} className="handover__signature" aria-label={h(part)}>
              <h3>{h(part)}</h3>
              {signature ? (
                <>
                  <p className="handover__name">
                    <b>{signature.by.name}</b>
                    <span className="meta">{momentText(signature.at, now, timeZone, localeNow(), true)}</span>
                  </p>
                  {isOpen ? <p className="notice">{h('unconfirmed')}</p> : null}
                </>
              ) : (
                <p className="t2">{h('notSigned')}</p>
              )}
              {sure === part && signature === null && unspoken > 0 ? (
                <p className="notice m" role="alert">
                  {h(unspoken === 1 ? 'sureOne' : 'sure', { count: unspoken, total: handover.points.length })}
                </p>
              ) : null}
              {signature && isMine && !isDone ? (
                <Button touch onPress={() => onSign(part, false)}>
                  {h('takeBack')}
                </Button>
              ) : null}
              {signature || another !== null ? null : (
                <Button
                  touch
                  main={part === 'given' || handover.given !== null}
                  keyName={part === 'given' ? '1' : '2'}
                  onPress={() => onSign(part, true)}
                >
                  {h(part === 'given' ? 'signGiven' : 'signTaken')}
                </Button>
              )}
              {signature === null && another === part ? (
                <>
                  <p>{h(`another_${part}`, { name: person?.name ?? '–' })}</p>
                  <p className="t3">{h('signHere')}</p>
                  <div className="row handover__besides">
                    {besides.map(({ role, key }) => (
                      <Button key={role} touch keyName={key} disabled={!isHeard} onPress={() => onBeside(part, role)}>
                        {h(`role_${role}`)}
                      </Button>
                    ))}
                  </div>
                  {isHeard ? null : <p className="notice">{h('notHeard')}</p>}
                  {failure === null ? null : <p className="notice">{h('signInFailed', { why: failure })}</p>}
                </>
              ) : null}
            </section>
          );
        })}
        {isDone ? <p>{h(unconfirmed.size > 0 ? 'doneUnconfirmed' : 'done')}</p> : null}
      </div>
    </div>
  );
};
