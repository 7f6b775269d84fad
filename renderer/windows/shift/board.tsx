import { useMemo, useState } from 'react';
import type { DispatchSettings } from '#domain/model/dispatch-settings.ts';
import { priorityLabel, shippedDispatchSettings } from '#domain/rules/dispatch-defaults.ts';
import { type ShiftFigures, shiftFigures } from '#domain/rules/shift-statistics.ts';
import { useClient, useFramePart, useRecords, useRecordsKnown, useServerTime, useWindowStore } from '../../state/hooks.ts';
import { Button, Panel, Void } from '../../ui/controls.tsx';
import { useKeys } from '../../ui/keys.tsx';
import { clockText, momentText } from '../../ui/time.ts';
import { useToast } from '../../ui/toast.tsx';
import { localeNow } from '../../ui/translate.ts';
import { HourChart, IntervalTable, ResponseTable, UnitBars } from './figures.tsx';
import { type Span, type SpanName, spanNames, spanOf } from './span.ts';
import { words } from './strings.ts';
import './shift.css';

/** The figures follow the records this often, milliseconds: a centile is read, not watched. */
const renewEvery = 5_000;
const spanKeys: Readonly<Record<SpanName, 'keyThis' | 'keyLast' | 'keyHalfDay' | 'keyDay'>> = {
  thisShift: 'keyThis',
  lastShift: 'keyLast',
  halfDay: 'keyHalfDay',
  day: 'keyDay',
};

const useFigures = (span: Span, tick: number): ShiftFigures | null => {
  const store = useWindowStore();
  // The tick stands for the records: they change many times a second, and the figures need not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(() => {
    const { records } = store.getState();
    if (!records) return null;
    const all = <T,>(table: ReadonlyMap<string, { readonly record: T }>): readonly T[] =>
      [...table.values()].map(({ record }) => record);
    return shiftFigures(
      { incidents: all(records.incident), assignments: all(records.assignment), units: all(records.unit) },
      span.from,
      span.to,
    );
  }, [span.from, span.to, tick]);
};

/** The figures of the shift: how fast, how much, how busy, and what is still open. */
export const ShiftBoard = () => {
  const client = useClient();
  const toast = useToast();
  const isKnown = useRecordsKnown();
  const zone = useFramePart('timeZone');
  const copy = useFramePart('copy');
  const link = useFramePart('link');
  const now = useServerTime() ?? 0;
  const facilities = useRecords('facility');
  const settings = [...facilities.values()][0]?.record.dispatch ?? shippedDispatchSettings;
  const [name, setName] = useState<SpanName>('thisShift');
  const tick = Math.floor(now / renewEvery);
  const span = spanOf(name, tick * renewEvery, settings.shiftStarts, zone);
  const figures = useFigures(span, isKnown ? tick : 0);

  const save = async (): Promise<void> => {
    try {
      const { fileName, text, lines } = await client.exportMissions(span.from, span.to);
      const file = await client.saveText(fileName, text);
      if (file !== null) toast.show({ text: words('saved', { file, lines }) });
    } catch (error) {
      toast.show({ tone: 'refused', text: words('failed', { why: error instanceof Error ? error.message : String(error) }) });
    }
  };
  useKeys([
    ...spanNames.map((one, index) => ({ key: String(index + 1), label: words(spanKeys[one]), run: () => setName(one) })),
    { key: 'e', label: words('keyExport'), when: figures !== null, run: () => void save() },
    { key: 'Escape', label: words('keyClose'), run: client.closeWindow },
  ]);

  if (figures === null)
    return (
      <div className="shift" data-shift="unknown">
        <Void kind="unknown" title={words('unknown')}>
          {words('unknownWhy')}
        </Void>
      </div>
    );
  const moment = (at: number): string => momentText(at, now, zone, localeNow());
  const asOf = link?.state === 'live' || copy?.state !== 'whole' ? span.to : copy.asOf;
  return (
    <div className="shift" data-shift={name}>
      <div className="shift__head">
        <div className="shift__spans">
          {spanNames.map((one, index) => (
            <button key={one} type="button" className="btn btn--touch" aria-pressed={one === name} onClick={() => setName(one)}>
              <kbd>{index + 1}</kbd>
              {words(spanKeys[one])}
            </button>
          ))}
        </div>
        <span className="meta">
          {name === 'lastShift'
            ? words('span', { from: moment(span.from), to: moment(span.to) })
            : words('spanNow', { from: moment(span.from) })}
          {' · '}
          {words('asOf', { time: clockText(asOf, zone, true) })}
          {name === 'day' || name === 'halfDay' ? null : ` · ${words('kept')}`}
        </span>
        <span className="grow" />
        <Button touch keyName="e" onPress={() => void save()}>
          {words('keyExport')}
        </Button>
      </div>
      {link !== null && link.state !== 'live' ? (
        <p className="shift__notice" role="status">
          {words('notLive', { time: clockText(asOf, zone, true) })}
        </p>
      ) : null}
      <Totals figures={figures} settings={settings} />
      <div className="shift__grid">
        <Panel title={words('response')} meta={words('responseNote')}>
          <ResponseTable figures={figures} settings={settings} />
        </Panel>
        <Panel title={words('hours')} meta={words('hoursNote', urgentNames(settings))}>
          <HourChart figures={figures} zone={zone} />
        </Panel>
        <Panel title={words('intervals')}>
          <IntervalTable figures={figures} />
        </Panel>
        <Panel title={words('units')} meta={words('unitsNote')}>
          <UnitBars figures={figures} />
        </Panel>
      </div>
    </div>
  );
};

const urgentNames = ({ priorityScheme }: DispatchSettings): { readonly first: string; readonly second: string } => ({
  first: priorityLabel(priorityScheme, 1),
  second: priorityLabel(priorityScheme, 2),
});

const Total = ({
  title,
  value,
  more,
  wrong = false,
}: {
  readonly title: string;
  readonly value: string;
  readonly more: string;
  readonly wrong?: boolean;
}) => (
  <div className={wrong ? 'vital vital--wrong' : 'vital'}>
    <dt className="label">{title}</dt>
    <dd>
      <span className="hero num">{value}</span>
      <span className="meta vital__more">{more}</span>
    </dd>
  </div>
);

const Totals = ({ figures, settings }: { readonly figures: ShiftFigures; readonly settings: DispatchSettings }) => {
  const waiting = figures.priorities.reduce((sum, one) => sum + one.waiting, 0);
  const urgent = figures.priorities.filter(({ priority }) => priority <= 2).reduce((sum, { calls }) => sum + calls, 0);
  const onShift = figures.units.flatMap(({ utilisation }) => utilisation ?? []);
  const share = onShift.length === 0 ? null : onShift.reduce((sum, one) => sum + one, 0) / onShift.length;
  return (
    <dl className="vitals shift__totals">
      <Total
        title={words('calls')}
        value={String(figures.calls)}
        more={words('callsMore', { urgent, ...urgentNames(settings) })}
      />
      <Total title={words('open')} value={String(figures.open)} more={words('openMore', { waiting })} />
      <Total
        title={words('cancelled')}
        value={String(figures.cancelled)}
        more={words('cancelledMore', { merged: figures.merged })}
      />
      <Total
        title={words('missions')}
        value={share === null ? words('none') : `${Math.round(share * 100)} %`}
        more={words('missionsMore')}
      />
      <Total title={words('order')} value={String(figures.outOfOrder)} more={words('orderMore')} wrong={figures.outOfOrder > 0} />
    </dl>
  );
};
