import type { Assignment } from '#domain/model/assignment.ts';
import type { Instant } from '#domain/model/values.ts';
import type { CallToBedStep } from '#domain/rules/call-to-bed.ts';
import type { InboundEta } from '#domain/rules/inbound.ts';
import { Duration } from '../clock.tsx';
import { Icon, type IconName } from '../icon.tsx';
import { clockText, spanText } from '../time.ts';
import { i } from './strings.ts';
import './inbound.css';

type Urgency = NonNullable<Assignment['prealert']>['urgency'];
const signs: Readonly<Record<Urgency, IconName>> = { red: 'warning', amber: 'medium', green: 'low' };

/** How urgent a pre-alert is: a word and a shape of its own. Red is filled, and never in the colour of an alarm. */
export const PrealertSign = ({ prealert }: { readonly prealert: Assignment['prealert'] }) =>
  prealert === null ? (
    <span className="t3">{i('noPrealert')}</span>
  ) : (
    <span className={`prealert prealert--${prealert.urgency}`}>
      <Icon name={signs[prealert.urgency]} size={12} />
      {i(prealert.urgency)}
    </span>
  );

/** When a crew arrives: the time left, `due` once it has passed, `–` when nobody said so; marked when it is not of now. */
export const EtaText = ({ eta, timeZone }: { readonly eta: InboundEta; readonly timeZone: string | null }) => {
  if (eta.state === 'unknown')
    return (
      <span className="eta">
        <span className="clock">–</span>
        <span className="meta">{i('etaUnknown')}</span>
      </span>
    );
  return (
    <span className={eta.asOf === null ? 'eta' : 'eta eta--old'}>
      <span className="clock">{eta.state === 'due' ? i('due') : <Duration milliseconds={eta.spanMs} />}</span>
      {eta.asOf !== null ? (
        <span className="meta">{i('asOf', { time: clockText(eta.asOf, timeZone) })}</span>
      ) : eta.state === 'due' && eta.spanMs >= 60_000 ? (
        <span className="meta">{i('dueFor', { span: spanText(eta.spanMs) })}</span>
      ) : null}
    </span>
  );
};

/** One line from the call to the bed. `callsign` names a crew. */
export const CallToBedLine = ({
  steps,
  callsign,
  timeZone,
}: {
  readonly steps: readonly CallToBedStep[];
  readonly callsign: (unitId: string) => string;
  readonly timeZone: string | null;
}) => {
  const time = (at: Instant): string => clockText(at, timeZone);
  return (
    <span className="journey">
      {steps.map(({ moment, at, unitId, isBreak }) => (
        <span key={moment} className={isBreak ? 'notice' : ''} {...(isBreak ? { title: i('outOfOrder') } : {})}>
          {isBreak ? <Icon name="warning" size={12} label={i('outOfOrder')} /> : null}
          {i(moment, { time: time(at), unit: unitId === null ? '' : callsign(unitId) })}
        </span>
      ))}
    </span>
  );
};
