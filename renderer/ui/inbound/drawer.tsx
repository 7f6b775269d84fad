import type { Bed } from '#domain/model/bed.ts';
import { patientOf } from '#domain/rules/inbound.ts';
import { PendingMark } from '../badge.tsx';
import { Button } from '../controls.tsx';
import { Icon } from '../icon.tsx';
import { clockText } from '../time.ts';
import { EtaText, PrealertSign } from './parts.tsx';
import type { InboundRow } from './rows.ts';
import { i } from './strings.ts';

const parts = ['age', 'time', 'mechanism', 'injuries', 'signs', 'treatment'] as const;

export type DrawerGestures = {
  readonly hold: (bed: Bed) => void;
  readonly giveBack: (bed: Bed) => void;
  readonly prealert: () => void;
  readonly register?: () => void;
  readonly close: () => void;
};

/** One arrival: who, when, what the crew said (ATMIST), and the bed that waits for it. Its keys are bound by the board. */
export const InboundDrawer = ({
  row,
  bed,
  timeZone,
  gestures,
}: {
  readonly row: InboundRow;
  /** The bed that `H` would hold; undefined when none can be. */
  readonly bed: Bed | undefined;
  readonly timeZone: string | null;
  readonly gestures: DrawerGestures;
}) => {
  const { inbound, eta, held, bay } = row;
  const { unit, incident } = inbound;
  const { prealert } = inbound.assignment;
  return (
    <section className="arrival" aria-label={i('prealertOf', { callsign: unit.callsign })}>
      <div className="arrival__head">
        <Icon name="ambulance" size={20} />
        <span className="num">{unit.callsign}</span>
        <PrealertSign prealert={prealert} />
        <span className="grow" />
        <EtaText eta={eta} timeZone={timeZone} />
        <button type="button" className="btn btn--icon" onClick={gestures.close} aria-label={i('keyClose')}>
          <Icon name="close" size={12} />
        </button>
      </div>
      <p className="arrival__who">
        <span className="m">{patientOf(inbound) ?? i('patientUnknown')}</span>
        <span className="t2">{incident?.category ?? '–'}</span>
        {row.pending ? <PendingMark /> : null}
      </p>
      {prealert === null ? null : (
        <dl className="arrival__said">
          {parts.map((part) => (
            <div key={part}>
              <dt>{i(part)}</dt>
              <dd className={prealert[part] === null ? 't3' : ''}>{prealert[part] ?? i('notSaid')}</dd>
            </div>
          ))}
        </dl>
      )}
      <div className="row row--wrap arrival__do">
        {held ? (
          <>
            <span className="row m">
              <Icon name="reserved" size={12} />
              {held.reservation?.until == null
                ? i('held', { bed: held.label })
                : i('heldUntil', { bed: held.label, time: clockText(held.reservation.until, timeZone) })}
            </span>
            <Button touch keyName="h" onPress={() => gestures.giveBack(held)}>
              {i('giveBack', { bed: held.label })}
            </Button>
          </>
        ) : bed ? (
          <Button touch main={prealert?.urgency === 'red'} keyName="h" onPress={() => gestures.hold(bed)}>
            {i('suggest', { bed: bed.label, callsign: unit.callsign })}
          </Button>
        ) : bay === null ? (
          <span className="notice">{i('noBay')}</span>
        ) : null}
        {gestures.register ? (
          <Button touch keyName="g" onPress={gestures.register}>
            {i('register')}
          </Button>
        ) : null}
        <Button touch keyName="p" onPress={gestures.prealert}>
          {i(prealert === null ? 'recordPrealert' : 'changePrealert')}
        </Button>
        <span className="grow" />
        {prealert === null ? null : (
          <span className="meta">{i('prealertBy', { name: prealert.by.name, time: clockText(prealert.at, timeZone) })}</span>
        )}
      </div>
    </section>
  );
};
