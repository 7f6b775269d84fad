/** The hospitals as dispatch sees them: which take ambulances, how long those wait, what beds are free, who is on the way. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CommandInput } from '#domain/commands/registry.ts';
import type { BedCategory, Hospital } from '#domain/model/hospital.ts';
import type { RecordKind } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { inboundTo } from '#domain/rules/inbound.ts';
import { useFramePart, useServerTime, useTables, useWindowStore } from '../../../state/hooks.ts';
import { recordsOf, viewOf } from '../../../state/store.ts';
import { Dialog, Void } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/field.tsx';
import { useGesture } from '../../../ui/gesture.ts';
import { useKeys } from '../../../ui/keys.tsx';
import { CapacityForm, StatusForm } from './forms.tsx';
import { HospitalDetail } from './hospital-detail.tsx';
import { hospitalsListed, restricts } from './order.ts';
import { offloadText, TrafficStatus, untilText } from './parts.tsx';
import { h } from './strings.ts';
import './hospitals.css';

const kinds: readonly RecordKind[] = ['hospital', 'unit', 'assignment', 'incident'];

/** What would say the same again, at `now`; null when its end has passed meanwhile. */
const statusOf = (hospital: Hospital, now: number): CommandInput<'setHospitalStatus'> | null => {
  const { emsTrafficStatus, emsOffload, offloadDelayMinutes, divert } = hospital;
  if (restricts(hospital) && (!divert || divert.until <= now)) return null;
  return {
    hospitalId: hospital.id,
    emsTrafficStatus,
    emsOffload,
    offloadDelayMinutes,
    divert: divert && { reason: divert.reason, until: divert.until },
  };
};

export const HospitalsDialog = ({
  onShow,
  onClose,
}: {
  /** Looks at a hospital on the board under the panel. */
  readonly onShow: (hospitalId: Id) => void;
  readonly onClose: () => void;
}) => {
  const gesture = useGesture();
  const store = useWindowStore();
  const tables = useTables(kinds);
  const timeZone = useFramePart('timeZone');
  const now = useServerTime() ?? 0;
  const [asked, setAsked] = useState<Id | null>(null);
  const [typed, setTyped] = useState('');
  const [form, setForm] = useState<'status' | 'capacity' | null>(null);
  const filter = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLTableSectionElement>(null);
  const all = useMemo(() => (tables ? recordsOf(tables, 'hospital') : []), [tables]);
  const inbound = useMemo(() => {
    const byHospital = new Map<Id, ReturnType<typeof inboundTo>>();
    for (const one of tables ? inboundTo(viewOf(tables), () => true) : []) {
      const id = one.assignment.hospitalId;
      if (id !== null) byHospital.set(id, [...(byHospital.get(id) ?? []), one]);
    }
    return byHospital;
  }, [tables]);
  const shown = hospitalsListed(all, typed);
  const hospital = shown.find(({ id }) => id === asked) ?? shown[0];
  const hospitalId = hospital?.id ?? null;

  useEffect(() => {
    list.current?.querySelector(`[data-hospital="${hospitalId}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [hospitalId]);

  const saveStatus = (status: CommandInput<'setHospitalStatus'>): void => {
    if (!hospital) return;
    const back = statusOf(hospital, now);
    setForm(null);
    setAsked(hospital.id);
    void gesture('setHospitalStatus', status, {
      text: h('did', { name: hospital.name, status: h(status.emsTrafficStatus) }),
      ...(back ? { undo: () => void gesture('setHospitalStatus', back) } : {}),
    });
  };
  const saveCapacity = (changed: readonly { readonly category: BedCategory; readonly available: number | null }[]): void => {
    if (!hospital) return;
    setForm(null);
    setAsked(hospital.id);
    const before = changed.map(({ category }) => ({
      category,
      available: hospital.capacity.find((one) => one.category === category)?.available ?? null,
    }));
    const say = (beds: typeof changed) =>
      Promise.all(beds.map((one) => gesture('setHospitalCapacity', { hospitalId: hospital.id, ...one })));
    const [first, ...rest] = changed;
    if (!first) return;
    void gesture(
      'setHospitalCapacity',
      { hospitalId: hospital.id, ...first },
      { text: h('didBeds', { name: hospital.name }), undo: () => void say(before) },
    ).then(() => say(rest));
  };
  const step = (by: number): void => {
    const at = shown.findIndex(({ id }) => id === hospitalId);
    setAsked(shown[Math.min(shown.length - 1, Math.max(0, at + by))]?.id ?? null);
  };
  const look = (): void => {
    if (hospitalId === null) return;
    onShow(hospitalId);
    onClose();
  };
  useKeys([
    {
      key: ['ArrowUp', 'ArrowDown'],
      label: h('keyRow'),
      whileTyping: true,
      when: form === null && shown.length > 1,
      run: (key) => step(key === 'ArrowUp' ? -1 : 1),
    },
    { key: 'e', label: h('changeStatus'), when: form === null && hospital !== undefined, run: () => setForm('status') },
    {
      key: 'Alt+e',
      label: h('changeStatus'),
      whileTyping: true,
      quiet: true,
      when: form === null && hospital !== undefined,
      run: () => setForm('status'),
    },
    { key: 'c', label: h('changeCapacity'), when: form === null && hospital !== undefined, run: () => setForm('capacity') },
    { key: 'Enter', label: h('show'), whileTyping: true, when: form === null && hospital !== undefined, run: look },
    { key: '/', label: h('keyFilter'), when: form === null, run: () => filter.current?.focus() },
  ]);
  return (
    <Dialog title={h('title')} onClose={onClose} wide>
      {all.length === 0 ? (
        <Void kind={tables ? 'none' : 'unknown'} title={h(tables ? 'none' : 'unknown')}>
          {h(tables ? 'noneWhy' : 'unknownWhy')}
        </Void>
      ) : (
        <div className="hospitals">
          <div className="hospitals__list">
            <div className="hospitals__head">
              <Field label={h('filter')} text={typed} onChange={setTyped} inputRef={filter} />
              <span className="t2">{h('count', { count: all.length, restricted: all.filter(restricts).length })}</span>
            </div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable for the keys that scroll it */}
            <div className="hospitals__rows" tabIndex={0}>
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{h('name')}</th>
                    <th scope="col">{h('status')}</th>
                    <th scope="col">{h('offload')}</th>
                    <th scope="col" className="r">
                      {h('inbound')}
                    </th>
                  </tr>
                </thead>
                <tbody ref={list}>
                  {shown.map((one) => {
                    const until = untilText(one, now, timeZone);
                    return (
                      <tr
                        key={one.id}
                        data-hospital={one.id}
                        className={one.id === hospitalId ? 'is-selected' : ''}
                        aria-selected={one.id === hospitalId}
                        onClick={() => {
                          setAsked(one.id);
                          setForm(null);
                        }}
                      >
                        <td className="m hospitals__name">{one.name}</td>
                        <td>
                          <TrafficStatus hospital={one} />
                          {until === null ? null : <span className="meta hospitals__until">{until}</span>}
                        </td>
                        <td className={one.emsOffload === 'delayed' ? 'b' : 't3'}>{offloadText(one)}</td>
                        <td className="r b">{inbound.get(one.id)?.length ?? 0}</td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
              {shown.length === 0 ? <p className="section t2">{h('noMatch')}</p> : null}
            </div>
          </div>
          <div className="hospitals__side">
            {hospital === undefined ? null : form === 'status' ? (
              <StatusForm key={hospital.id} hospital={hospital} now={now} onSave={saveStatus} onBack={() => setForm(null)} />
            ) : form === 'capacity' ? (
              <CapacityForm key={hospital.id} hospital={hospital} onSave={saveCapacity} onBack={() => setForm(null)} />
            ) : (
              <HospitalDetail
                hospital={hospital}
                pending={tables?.hospital.get(hospital.id)?.pending ?? false}
                inbound={inbound.get(hospital.id) ?? []}
                seen={(unitId) => store.getState().positions.get(unitId)}
                now={now}
                timeZone={timeZone}
                onStatus={() => setForm('status')}
                onCapacity={() => setForm('capacity')}
                onShow={look}
              />
            )}
          </div>
        </div>
      )}
    </Dialog>
  );
};
