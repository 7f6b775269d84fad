import { bedCategories, type Hospital } from '#domain/model/hospital.ts';
import type { Instant } from '#domain/model/values.ts';
import { divertOf } from '#domain/rules/hospital-divert.ts';
import type { Inbound } from '#domain/rules/inbound.ts';
import { etaOf } from '#domain/rules/inbound.ts';
import type { ReceivedFix } from '../../../state/store.ts';
import { Chip, PendingMark } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/controls.tsx';
import { EtaText, PrealertSign } from '../../../ui/inbound/parts.tsx';
import { clockText, momentText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import { offloadText, TrafficStatus, untilText } from './parts.tsx';
import { h } from './strings.ts';

/** Everything dispatch knows of one hospital. What nobody told is `–`. */
export const HospitalDetail = ({
  hospital,
  pending,
  inbound,
  seen,
  now,
  timeZone,
  onStatus,
  onCapacity,
  onShow,
}: {
  readonly hospital: Hospital;
  readonly pending: boolean;
  /** The crews on the way there. */
  readonly inbound: readonly Inbound[];
  readonly seen: (unitId: string) => ReceivedFix | undefined;
  readonly now: Instant;
  readonly timeZone: string | null;
  readonly onStatus: () => void;
  readonly onCapacity: () => void;
  readonly onShow: () => void;
}) => {
  const until = untilText(hospital, now, timeZone);
  const { divert, clinicalStatus, facilityStatus } = hospital;
  return (
    <article className="hospital" aria-label={hospital.name}>
      <div className="row row--wrap">
        <h3 className="num">{hospital.name}</h3>
        {pending ? <PendingMark /> : null}
      </div>
      <dl className="hospital__facts">
        <dt>{h('status')}</dt>
        <dd>
          <TrafficStatus hospital={hospital} />{' '}
          <span className="t2">{h('since', { time: momentText(hospital.statusSince, now, timeZone, localeNow()) })}</span>
        </dd>
        {until === null ? null : (
          <>
            <dt>{h('until')}</dt>
            <dd className={divertOf(hospital, now).state === 'standing' ? 'b' : 'notice b'}>{until}</dd>
            <dt>{h('reason')}</dt>
            <dd>{divert?.reason ?? h('noReason')}</dd>
            <dt>{h('by')}</dt>
            <dd>{divert?.by.name || '–'}</dd>
          </>
        )}
        <dt>{h('offload')}</dt>
        <dd>{offloadText(hospital)}</dd>
        <dt>{h('clinical')}</dt>
        <dd>{clinicalStatus === null ? `– ${h('notTold')}` : h(`clinical.${clinicalStatus}`)}</dd>
        <dt>{h('facility')}</dt>
        <dd>{facilityStatus === null ? `– ${h('notTold')}` : h(`facility.${facilityStatus}`)}</dd>
        <dt>{h('services')}</dt>
        <dd className="row row--wrap">
          {hospital.services.length === 0
            ? `– ${h('notTold')}`
            : hospital.services.map((service) => <Chip key={service} text={h(`service.${service}`)} />)}
        </dd>
      </dl>
      <div className="row row--wrap hospital__do">
        <Button touch main keyName="e" onPress={onStatus}>
          {h('changeStatus')}
        </Button>
        <Button touch keyName="c" onPress={onCapacity}>
          {h('changeCapacity')}
        </Button>
        <Button touch keyName="Enter" onPress={onShow}>
          {h('show')}
        </Button>
      </div>
      <h4 className="cap">
        {h('inbound')} {inbound.length}
      </h4>
      {inbound.length === 0 ? (
        <p className="t2">{h('nobodyInbound')}</p>
      ) : (
        <ul className="hospital__inbound">
          {inbound.map((one) => (
            <li key={one.assignment.id}>
              <b>{one.unit.callsign}</b>
              <span className="t2">{one.incident?.category ?? '–'}</span>
              <PrealertSign prealert={one.assignment.prealert} />
              <EtaText eta={etaOf(one, now, seen(one.unit.id))} timeZone={timeZone} />
            </li>
          ))}
        </ul>
      )}
      <table className="table hospital__beds">
        <thead>
          <tr>
            <th scope="col">{h('capacity')}</th>
            <th scope="col" className="r">
              {h('free')}
            </th>
            <th scope="col" className="r">
              {h('baseline')}
            </th>
            <th scope="col" className="r">
              {h('told')}
            </th>
          </tr>
        </thead>
        <tbody>
          {bedCategories.map((category) => {
            const told = hospital.capacity.find((one) => one.category === category);
            return (
              <tr key={category}>
                <td>{h(`bed.${category}`)}</td>
                <td className="r b">{told?.available ?? '–'}</td>
                <td className="r t2">{told?.baseline ?? '–'}</td>
                <td className="r t2">{told ? clockText(told.at, timeZone) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </article>
  );
};
