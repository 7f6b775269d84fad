import type { UnitStatus } from '#domain/model/unit.ts';
import { unitTypes } from '#domain/model/unit.ts';
import { spanText } from '../../ui/time.ts';
import type { ScreenPoint } from './engine/port.ts';
import type { FleetSummary, Selection } from './picture.ts';
import { distanceText, scaleBar } from './straight-line.ts';
import { m } from './strings.ts';
import { unitSymbol } from './symbols/unit-symbol.ts';
import { UnitMark } from './unit-mark.tsx';
import { statusName, typeName } from './words.ts';

const ageText = (ageMs: number): string =>
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

export type PickOption = { readonly selection: Selection; readonly label: string; readonly detail: string };
/** What lies at one spot, to choose from. */
export const PickList = ({
  at,
  options,
  onChoose,
}: {
  readonly at: ScreenPoint;
  readonly options: readonly PickOption[];
  readonly onChoose: (selection: Selection) => void;
}) => (
  <div className="map-pick" role="menu" style={{ left: at.x, top: at.y }}>
    <div className="cap">{m('here', { count: options.length })}</div>
    {options.map(({ selection, label, detail }) => (
      <button key={selection.id} type="button" role="menuitem" onClick={() => onChoose(selection)}>
        <b>{label}</b>
        <span className="t2">{detail}</span>
      </button>
    ))}
  </div>
);
