import { type CSSProperties, useEffect, useRef } from 'react';
import type { UnitStatus } from '#domain/model/unit.ts';
import { unitTypes } from '#domain/model/unit.ts';
import { useKeys } from '../../ui/keys.tsx';
import { spanText } from '../../ui/time.ts';
import type { ScreenPoint } from './engine/port.ts';
import type { FleetSummary, Selection } from './picture.ts';
import type { Size } from './project.ts';
import { distanceText, scaleBar } from './straight-line.ts';
import { m } from './strings.ts';
import { unitSymbol } from './symbols/unit-symbol.ts';
import { UnitMark } from './unit-mark.tsx';
import { statusName, typeName } from './words.ts';

/** `4 s`, `07:10`. */
export const ageText = (ageMs: number): string =>
  ageMs < 60_000 ? m('secondsAgo', { count: Math.floor(ageMs / 1000) }) : spanText(ageMs);
/** Older than this a fix is worth the tan, milliseconds. */
const staleAfter = 300_000;

/** How many units, how old what they say is, and how long a kilometre is here. */
export const FleetLine = ({
  summary,
  metresPerPixel,
}: {
  readonly summary: FleetSummary | null;
  readonly metresPerPixel: number | null;
}) => {
  const scale = metresPerPixel === null ? null : scaleBar(metresPerPixel, 110);
  return (
    <div className="map-tag map-tag--right">
      <span className="t2">{m('units')}</span>
      <b>{summary?.units ?? '–'}</b>
      {summary === null || summary.newestAge === null || summary.oldestAge === null ? (
        <span className="t2">{m('noFixes')}</span>
      ) : (
        <>
          <span className="t2">{m('fixNewest')}</span>
          <b>{ageText(summary.newestAge)}</b>
          <span className="t2">{m('fixOldest')}</span>
          <b className={summary.oldestAge > staleAfter ? 'notice' : ''}>{ageText(summary.oldestAge)}</b>
        </>
      )}
      {summary !== null && summary.withoutPosition > 0 ? (
        <span className="notice">{m('noPositionCount', { count: summary.withoutPosition })}</span>
      ) : null}
      {scale === null ? null : (
        <span className="map-scale">
          {distanceText(scale.metres).replace('.0 ', ' ')}
          <i style={{ width: `${scale.pixels}px` }} />
        </span>
      )}
    </div>
  );
};

/** Says that the view stays where a person put it, and how to give it back. */
export const LockChip = ({ onRelease }: { readonly onRelease: () => void }) => (
  <button type="button" className="map-tag map-tag--left" onClick={onRelease}>
    <b>{m('locked')}</b>
    <span className="t2">
      {m('resumes')} <kbd>*</kbd>
    </span>
  </button>
);

const legendStatuses: readonly UnitStatus[] = [
  'availableMobile',
  'dispatched',
  'enRoute',
  'onScene',
  'transporting',
  'atDestination',
  'offloading',
  'outOfService',
];
/** What each mark means; folds away. */
export const Legend = ({ open, onToggle }: { readonly open: boolean; readonly onToggle: () => void }) => (
  <div className="map-legend">
    {open ? (
      <div className="map-legend__marks">
        <div>
          {unitTypes.map((type) => (
            <span key={type}>
              <UnitMark symbol={unitSymbol({ type, status: 'availableMobile' }, 'solid', false)} size={24} />
              {typeName(type)}
            </span>
          ))}
        </div>
        <div>
          {legendStatuses.map((status) => (
            <span key={status}>
              <UnitMark symbol={unitSymbol({ type: 'bls', status }, 'solid', false)} size={24} />
              {status === 'availableMobile' ? m('legendFree') : statusName(status)}
            </span>
          ))}
          <span>
            <UnitMark symbol={unitSymbol({ type: 'bls', status: 'availableMobile' }, 'hollow', false)} size={24} />
            {m('staleFix')}
          </span>
          <span>
            <UnitMark symbol={unitSymbol({ type: 'bls', status: 'availableMobile' }, 'lost', false)} size={24} />
            {m('lostFix')}
          </span>
        </div>
      </div>
    ) : null}
    <button type="button" className="map-tag" aria-expanded={open} onClick={onToggle}>
      {m('legend')} <kbd>L</kbd>
    </button>
  </div>
);

export type PickOption = {
  readonly selection: Selection;
  readonly label: string;
  readonly detail: string;
  /** How old what is said is; empty for what does not move. */
  readonly age: string;
};
/** Where a list opens so that it stays within the map: beside the point, to the side that has room. */
const cornerOf = ({ x, y }: ScreenPoint, { width, height }: Size): CSSProperties => ({
  ...(x < width / 2 ? { left: x + 14 } : { right: width - x + 14 }),
  ...(y < height / 2 ? { top: y } : { bottom: height - y }),
});
const PickRow = ({ option: { label, detail, age } }: { readonly option: PickOption }) => (
  <>
    <b>{label}</b>
    <span className="t2">{detail}</span>
    <span className="t2 map-pick__age">{age}</span>
  </>
);

/** What lies at one spot, to choose from with the pointer or the keys. */
export const PickList = ({
  at,
  within,
  options,
  onChoose,
  onClose,
}: {
  readonly at: ScreenPoint;
  readonly within: Size;
  readonly options: readonly PickOption[];
  readonly onChoose: (selection: Selection) => void;
  readonly onClose: () => void;
}) => {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  const step = (by: number): void => {
    const rows = [...(list.current?.querySelectorAll('button') ?? [])];
    const now = rows.indexOf(document.activeElement as HTMLButtonElement);
    rows[Math.min(rows.length - 1, Math.max(0, now + by))]?.focus();
  };
  useKeys([
    { key: ['ArrowUp', 'ArrowDown'], label: m('keyChoose'), run: (pressed) => step(pressed === 'ArrowDown' ? 1 : -1) },
    { key: 'Escape', label: m('keyBack'), run: onClose, quiet: true },
  ]);
  return (
    <div className="map-pick" role="menu" ref={list} style={cornerOf(at, within)}>
      <div className="cap">{m('here', { count: options.length })}</div>
      {options.map((option) => (
        <button key={option.selection.id} type="button" role="menuitem" onClick={() => onChoose(option.selection)}>
          <PickRow option={option} />
        </button>
      ))}
    </div>
  );
};

const mostHinted = 8;
/** The same, for looking at only, while a pointer rests over several. */
export const HereHint = ({
  at,
  within,
  options,
}: {
  readonly at: ScreenPoint;
  readonly within: Size;
  readonly options: readonly PickOption[];
}) => (
  <div className="map-pick map-pick--hint" role="tooltip" style={cornerOf(at, within)}>
    <div className="cap">{m('here', { count: options.length })}</div>
    {options.slice(0, mostHinted).map((option) => (
      <div key={option.selection.id} className="map-pick__row">
        <PickRow option={option} />
      </div>
    ))}
    {options.length > mostHinted ? <div className="cap">{m('moreHere', { count: options.length - mostHinted })}</div> : null}
  </div>
);
