import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Alarm } from '#domain/model/alarm.ts';
import type { Device } from '#domain/model/device.ts';
import type { Id } from '#domain/model/values.ts';
import { alarmsInOrder, needsAnswer } from '#domain/rules/alarm-order.ts';
import {
  useClient,
  useCopyState,
  useFramePart,
  useRecords,
  useRecordsKnown,
  useServerTime,
  useWindow,
  useWindowStore,
} from '../../state/hooks.ts';
import { linkOf } from '../../state/link.ts';
import { AlarmRow } from '../../ui/alarm-row.tsx';
import { Button, Panel, Void } from '../../ui/controls.tsx';
import { useGesture } from '../../ui/gesture.ts';
import { useKeys } from '../../ui/keys.tsx';
import { shortName } from '../../ui/person.ts';
import { refusalText } from '../../ui/refusal-text.ts';
import { useSteadyOrder } from '../../ui/steady-order.ts';
import { clockText } from '../../ui/time.ts';
import { t } from '../../ui/translate.ts';
import { createDrawnMonitors, onsetsPerStep } from './monitor.ts';
import { MonitorTile } from './monitor-tile.tsx';
import './monitors.css';

/** The load of a position is read in steps of ten minutes over two hours. */
const loadStep = 600_000;
const loadSteps = 12;

const Load = ({ alarms, now }: { readonly alarms: readonly Alarm[]; readonly now: number }) => {
  const counts = onsetsPerStep(alarms, now, loadStep, loadSteps);
  const highest = Math.max(4, ...counts);
  return (
    <div className="load">
      {counts.map((count, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
        <span key={index}>
          <b>{count === 0 ? '' : count}</b>
          <i style={{ height: `${(count / highest) * 40}px` }} />
        </span>
      ))}
    </div>
  );
};

/** Whether an alarm is of a patient who lay there before the one to whom the monitor is bound now. */
const isOfAnother = ({ encounterId }: Alarm, device: Device): boolean =>
  encounterId !== null && device.encounterId !== null && encounterId !== device.encounterId;

/** The alarm board: every monitor, every standing alarm, and who has it. */
export const AlarmsBoard = () => {
  const store = useWindowStore();
  const client = useClient();
  const gesture = useGesture();
  const counts = useFramePart('alarms');
  const monitors = useFramePart('monitors');
  const timeZone = useFramePart('timeZone');
  const copyState = useCopyState();
  const known = useRecordsKnown();
  const readings = useWindow((state) => state.readings);
  const now = useServerTime() ?? Date.now();
  const alarmRows = useRecords('alarm');
  const deviceRows = useRecords('device');
  const beds = useRecords('bed');
  const areas = useRecords('area');
  const encounters = useRecords('encounter');
  const patients = useRecords('patient');
  const link = linkOf(store.getState(), performance.now());
  const current = link.state !== 'offline' && counts !== null;

  const alarms = useMemo(() => alarmsInOrder([...alarmRows.values()].map((row) => row.record)), [alarmRows]);
  const { order, hold } = useSteadyOrder(alarms.map((alarm) => alarm.id));
  const placeOf = (device: Pick<Device, 'bedId' | 'label'> | undefined): string =>
    device?.bedId == null ? (device?.label ?? '–') : (beds.get(device.bedId)?.record.label ?? device.label);
  const rankOf = (device: Device): number => {
    const bed = device.bedId === null ? undefined : beds.get(device.bedId)?.record;
    return bed ? (areas.get(bed.areaId)?.record.order ?? 99) * 1000 + bed.order : 1e9;
  };
  const devices = [...deviceRows.values()]
    .map((row) => row.record)
    .toSorted((a, b) => rankOf(a) - rankOf(b) || (a.label < b.label ? -1 : 1));

  const [chosen, setChosen] = useState<Id | null>(null);
  const [refused, setRefused] = useState<{ readonly alarmId: Id; readonly message: string } | null>(null);
  const [drawn] = useState(createDrawnMonitors);
  const list = useRef<HTMLDivElement>(null);
  const shown = order;
  const chosenRow = chosen === null ? undefined : alarmRows.get(chosen);
  // Without a choice the keys mean the most urgent alarm that waits for an answer.
  const subject = chosenRow?.record ?? alarms.find(needsAnswer);

  const inOrder = useRef(alarms);
  inOrder.current = alarms;
  // One stable function, so that no monitor is drawn again for it.
  const choose = useCallback(
    (deviceId: Id): void => setChosen(inOrder.current.find((alarm) => alarm.deviceId === deviceId)?.id ?? null),
    [],
  );

  const acknowledge = (): void => {
    if (!subject) return;
    void gesture('acknowledgeAlarm', { alarmId: subject.id }).then((answer) =>
      setRefused(answer.status === 'saved' ? null : { alarmId: subject.id, message: refusalText(answer) }),
    );
  };
  const step = (key: string): void => {
    const index = shown.indexOf(chosen ?? '');
    const next = shown[Math.min(shown.length - 1, Math.max(0, index === -1 ? 0 : index + (key === 'ArrowUp' ? -1 : 1)))];
    if (next !== undefined) setChosen(next);
  };
  useKeys([
    { key: ['ArrowUp', 'ArrowDown'], label: t('alarms.keys.alarm'), when: shown.length > 0, run: step },
    {
      key: 'a',
      label: t('beds.keys.acknowledge'),
      when: subject !== undefined && needsAnswer(subject),
      run: acknowledge,
    },
    { key: 'Enter', label: t('alarms.keys.beds'), when: subject !== undefined, run: () => client.showBoard('beds') },
    { key: 'Escape', label: t('keys.back'), quiet: true, run: () => setChosen(null) },
  ]);
  useEffect(() => {
    const row = chosen === null ? null : list.current?.querySelector<HTMLElement>(`[data-alarm="${chosen}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const unanswered = alarms.filter(needsAnswer).length;
  const latched = alarms.filter((alarm) => alarm.state === 'returnedUnacknowledged').length;
  const placeOfAlarm = (alarm: Alarm): string =>
    alarm.bedId === null ? placeOf(deviceRows.get(alarm.deviceId)?.record) : (beds.get(alarm.bedId)?.record.label ?? '–');

  return (
    <div className="alarms">
      <section className="mons" aria-label={t('alarms.monitors')}>
        {devices.map((device) => {
          const own = current ? alarms.filter((alarm) => alarm.deviceId === device.id && !isOfAnother(alarm, device)) : [];
          const encounter = device.encounterId === null ? undefined : encounters.get(device.encounterId)?.record;
          const patient = encounter ? patients.get(encounter.patientId)?.record : undefined;
          return (
            <MonitorTile
              key={device.id}
              {...drawn(device, readings.get(device.id), own, now, link.state)}
              place={placeOf(device)}
              name={patient?.name?.family ?? shortName(patient)}
              acuity={encounter?.acuity ?? null}
              occupied={device.encounterId !== null}
              now={now}
              timeZone={timeZone}
              selected={subject?.deviceId === device.id && chosen !== null}
              onChoose={choose}
            />
          );
        })}
        {devices.length > 0 ? null : known && copyState === 'whole' ? (
          <Void kind="none" title={t('alarms.noMonitors')} />
        ) : (
          <Void
            kind={copyState === 'loading' ? 'loading' : 'unknown'}
            title={t(copyState === 'loading' ? 'void.loading' : 'void.unknown')}
          >
            {t('void.unknownWhy')}
          </Void>
        )}
      </section>
      <aside className="alarms__side">
        <Panel
          title={t('board.alarms')}
          meta={current && counts ? t('alarms.counts', { active: alarms.length, unanswered, latched }) : t('alarms.order')}
        >
          {current ? null : (
            <Void kind="unknown" title={t('shell.alarmsUnknown')}>
              {link.lastHeardAt === null
                ? t('alarms.unknownNever')
                : t('alarms.unknownSince', { time: clockText(link.lastHeardAt, timeZone) })}
            </Void>
          )}
          {shown.length === 0 ? (
            current ? (
              <Void kind="none" title={t('alarms.none')}>
                {monitors
                  ? t('alarms.reporting', { reporting: monitors.reporting, total: monitors.total })
                  : t('alarms.reportingUnknown')}
              </Void>
            ) : null
          ) : (
            <div ref={list} {...hold}>
              {current ? null : <p className="alarms__old">{t('alarms.lastKnown')}</p>}
              {shown.map((id) => {
                const row = alarmRows.get(id);
                return row ? (
                  <AlarmRow
                    key={id}
                    alarm={row.record}
                    place={placeOfAlarm(row.record)}
                    now={now}
                    timeZone={timeZone}
                    pending={row.pending}
                    selected={id === chosen}
                    old={!current}
                    onSelect={setChosen}
                  />
                ) : null;
              })}
            </div>
          )}
        </Panel>
        {subject ? (
          <div className="alarms__do">
            <b className="num">{placeOfAlarm(subject)}</b>
            <span className="alarms__said" role={refused?.alarmId === subject.id ? 'alert' : undefined}>
              {refused?.alarmId === subject.id ? (
                <span className="notice">{refused.message}</span>
              ) : (
                <span className="t2">{subject.label}</span>
              )}
            </span>
            <Button main touch keyName="a" disabled={!needsAnswer(subject)} onPress={acknowledge}>
              {t('beds.keys.acknowledge')}
            </Button>
          </div>
        ) : null}
        <Panel
          title={t('alarms.load')}
          meta={t('alarms.loadMeta', { from: clockText(now - loadStep * loadSteps, timeZone), to: clockText(now, timeZone) })}
          grow={false}
        >
          {known && current ? (
            <Load alarms={[...alarmRows.values()].map((row) => row.record)} now={now} />
          ) : (
            <p className="load__note">–</p>
          )}
          <p className="load__note">{t('alarms.loadNote')}</p>
        </Panel>
      </aside>
    </div>
  );
};
