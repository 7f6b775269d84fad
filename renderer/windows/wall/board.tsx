import { type CSSProperties, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Id } from '#domain/model/values.ts';
import { shippedBoardSettings } from '#domain/rules/board-defaults.ts';
import { useClient, useServerTime, useWindow, useWindowStore } from '../../state/hooks.ts';
import { linkOf } from '../../state/link.ts';
import { Icon } from '../../ui/icon.tsx';
import { inboundRows } from '../../ui/inbound/rows.ts';
import { useRoadEtas } from '../../ui/inbound/use-road-etas.ts';
import { useKeys } from '../../ui/keys.tsx';
import { clockText, momentText } from '../../ui/time.ts';
import { localeNow, t } from '../../ui/translate.ts';
import { troubleText } from '../../ui/trouble-text.ts';
import { bedFacts, bedsInConflict, type Department, departmentOf, stayTargetOf } from '../beds/department.ts';
import {
  dropOrder,
  millimetresPerPixel,
  type WallBeds,
  type WallDetail,
  type WallLayout,
  wallEdge,
  wallLayout,
} from './layout.ts';
import { AlarmList, InboundList, WaitingList } from './lists.tsx';
import { WallNumberRow } from './numbers.tsx';
import { alarmLines, holdsNobody, numbersOf, unansweredOf, waitingLines } from './scene.ts';
import { shiftAt } from './shift.ts';
import { words } from './strings.ts';
import { claimOf, WallStrip } from './strip.tsx';
import { type WallTile, wallMarks, wallTile } from './tile.ts';
import { WallTileView } from './tile-view.tsx';
import './wall.css';
import './strip.css';
import './numbers.css';
import './tile.css';
import './lists.css';

type Size = { readonly width: number; readonly height: number };
/** What a display holds of a patient: neither who cares for them nor what they came with. */
const displayDetails: readonly WallDetail[] = ['stay', 'initials'];

/** The size of an element in pixels, followed as it changes; null before it stands. */
const useSize = (): readonly [RefObject<HTMLDivElement | null>, Size | null] => {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    if (!element.current) return;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element.current ?? { clientWidth: 0, clientHeight: 0 };
      setSize((before) => (before?.width === width && before.height === height ? before : { width, height }));
    };
    const watch = new ResizeObserver(measure);
    watch.observe(element.current);
    measure();
    return () => watch.disconnect();
  }, []);
  return [element, size];
};

/** The document is that of a wall while this stands. */
const useWallDensity = (): void =>
  useLayoutEffect(() => {
    document.documentElement.dataset['density'] = 'wall';
    return () => {
      delete document.documentElement.dataset['density'];
    };
  }, []);

/** The beds of a department as the layout wants them. */
const bedsOf = (department: Department | null, details: readonly WallDetail[]): WallBeds => {
  const areas = department?.areas ?? [];
  const labels = areas.flatMap(({ bedIds }) => bedIds.map((id) => department?.tables.bed.get(id)?.record.label.length ?? 0));
  return { areas, longestLabel: labels.reduce((most, length) => Math.max(most, length), 2), details };
};
/** Equal for two departments that are laid out alike. */
const planOf = ({ areas, ...of }: WallBeds): string =>
  JSON.stringify([areas.map(({ id, bedIds, free }) => [id, bedIds, free && [...free.cells]]), of]);

const Heading = ({ name, tiles }: { readonly name: string; readonly tiles: readonly WallTile[] }) => (
  <>
    <b>{name}</b>
    <span>{words('area', { occupied: tiles.filter(({ status }) => status === 'occupied').length, count: tiles.length })}</span>
  </>
);

const Grid = ({
  beds,
  layout,
  names,
  tiles,
  room,
}: {
  readonly beds: WallBeds;
  readonly layout: WallLayout;
  readonly names: ReadonlyMap<Id, string>;
  readonly tiles: ReadonlyMap<Id, WallTile>;
  readonly room: number;
}) => (
  <div
    className="wall__grid"
    style={{
      gridTemplateColumns: `repeat(${layout.grid.columns}, minmax(0, 1fr))`,
      gridTemplateRows: layout.grid.lines
        .map((line) => (line === 'heading' ? 'auto' : `minmax(0, ${layout.tileMost}px)`))
        .join(' '),
    }}
  >
    {layout.grid.areas.map(({ id, column, span, line }) => (
      <h2 key={id} className="wall__area" style={{ gridColumn: `${column + 1} / span ${span}`, gridRow: line + 1 }}>
        <Heading
          name={names.get(id) ?? '–'}
          tiles={beds.areas.find((area) => area.id === id)?.bedIds.flatMap((bedId) => tiles.get(bedId) ?? []) ?? []}
        />
      </h2>
    ))}
    {layout.grid.beds.map(({ bedId, column, line }) => {
      const tile = tiles.get(bedId);
      return tile ? (
        <WallTileView
          key={bedId}
          tile={tile}
          details={layout.details}
          flagLine={layout.flagLine}
          room={room}
          column={column}
          line={line}
        />
      ) : null;
    })}
  </div>
);

/** What a wall says about itself: from how far it can be read when that is less than asked, and what nobody has set. */
const readingOf = (
  layout: WallLayout | null,
  asked: { readonly diagonalInches: number; readonly distanceMetres: number; readonly assumed: boolean },
): readonly string[] => {
  const metres = asked.distanceMetres;
  const readable = layout && { metres: layout.readableMetres.toLocaleString(localeNow()), asked: metres };
  const from = !readable
    ? []
    : layout.readableMetres >= metres
      ? [words('readableAsAsked', readable)]
      : [
          words('readable', readable),
          layout.displays === null
            ? words('tooMany', { asked: metres })
            : words('secondDisplay', { asked: metres, count: layout.displays }),
        ];
  const assumed = asked.assumed ? [words('assumed', { inches: asked.diagonalInches, metres })] : [];
  const dropped =
    layout && layout.dropped.length > 0
      ? [words('dropped', { what: layout.dropped.map((detail) => words(detail)).join(', ') })]
      : [];
  const flowed = layout?.flowed ? [words('flowed')] : [];
  const flags = layout && !layout.flagLine && layout.details.includes('initials') ? [words('firstFlag')] : [];
  return [...from, ...assumed, ...flowed, ...dropped, ...flags];
};

/** The wall of the charge nurse: beds, queue, inbound and alarms for a whole room, without a hand on it. */
export const WallBoard = () => {
  const store = useWindowStore();
  const client = useClient();
  const frame = useWindow((state) => state.frame);
  const station = useWindow((state) => state.station);
  const tables = useWindow((state) => state.records);
  const conflicts = useWindow((state) => state.conflicts);
  const reading = useWindow((state) => state.wall);
  const serverNow = useServerTime();
  const now = serverNow ?? Date.now();
  const [element, size] = useSize();
  useWallDensity();
  useKeys([{ key: 'Escape', label: words('close'), quiet: true, run: client.closeWindow }]);

  const department = useMemo(() => (tables ? departmentOf(tables) : null), [tables]);
  const isProjected = useMemo(() => tables !== null && holdsNobody(tables), [tables]);
  const isDisplay = isProjected || (frame?.person?.roles.includes('display') ?? false);
  const beds = useMemo(() => bedsOf(department, isDisplay ? displayDetails : dropOrder), [department, isDisplay]);
  const plan = planOf(beds);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the plan tells the beds; rows change each second and the plan does not
  const layout = useMemo(
    () =>
      size && size.width > 0
        ? wallLayout(beds, {
            ...size,
            millimetresPerPixel: millimetresPerPixel(reading.diagonalInches, screen.width, screen.height),
            distanceMetres: reading.distanceMetres,
          })
        : null,
    [plan, size, reading],
  );

  const link = linkOf({ ...store.getState(), frame, station }, performance.now());
  const claim = claimOf(link, frame);
  const offline = claim === 'offline';
  const zone = frame?.timeZone ?? department?.facility?.timeZone ?? null;
  const alarmsKnown = !offline && frame?.alarms != null;
  const whole = frame === null || frame.copy.state === 'whole';
  const { readings, positions } = store.getState();
  const estimates = useRoadEtas(tables, now);
  const inbound = tables ? inboundRows(tables, positions, now, estimates) : [];
  const inConflict = useMemo(() => bedsInConflict(department, conflicts), [department, conflicts]);
  const scene = {
    now,
    timeZone: zone,
    stayTargetMs: stayTargetOf(department),
    settings: department?.settings ?? shippedBoardSettings,
  };
  const shows = { names: !isDisplay && scene.settings.wall.desks === 'names', stay: layout?.details.includes('stay') ?? false };
  const tiles = new Map<Id, WallTile>();
  for (const { bedId } of layout?.grid.beds ?? []) {
    const facts = department && bedFacts(department, bedId, now, readings, alarmsKnown, inConflict.has(bedId), inbound);
    if (facts) tiles.set(bedId, wallTile(facts, scene, shows));
  }
  const names = new Map([...(tables?.area.values() ?? [])].map(({ record }) => [record.id, record.name]));
  const room = layout && size ? (size.width - 2 * wallEdge) / layout.grid.columns / layout.letter - 0.55 : 0;

  const listRoom = layout && size ? (size.width - 2 * wallEdge) / 3 / layout.letter - 0.8 : 0;

  const lastHeard = offline || claim === 'stale' ? link.lastHeardAt : null;
  const asOf =
    frame?.copy.state === 'loading' && frame.copy.asOf !== undefined
      ? momentText(frame.copy.asOf, now, zone, localeNow())
      : lastHeard === null
        ? null
        : clockText(lastHeard, zone);
  const unknown = lastHeard === null ? words('unknown') : words('unknownSince', { time: clockText(lastHeard, zone) });
  const known = department !== null && whole && (tiles.size > 0 || beds.areas.length === 0);
  const waiting = department && whole ? waitingLines(department, now) : null;
  const alarms = tables && alarmsKnown ? alarmLines(tables) : null;
  const monitors = frame?.monitors;
  const troubles = (frame?.troubles ?? []).filter(({ severity }) => severity !== 'information');
  const shift = shiftAt(now);
  // What asks goes on asking while its value sways about the threshold.
  const asked = useRef<ReadonlySet<string>>(new Set());
  const numbers = known && department ? numbersOf(department, inbound, now, asked.current) : null;
  useEffect(() => {
    if (numbers) asked.current = new Set(numbers.surges.map(({ threshold }) => threshold.code));
  });
  const isSomebodyOut = [...tiles.values()].some((tile) => tile.away !== '');
  const marks = wallMarks.filter((mark) => [...tiles.values()].some((tile) => tile.marks.split(' ').includes(mark)));

  useEffect(() => {
    document.documentElement.dataset['wallClaim'] = claim;
  }, [claim]);

  const style = {
    '--wall-read': `${layout?.letter ?? 40}px`,
    '--wall-glance': `${layout?.glance ?? 80}px`,
    '--wall-label': `${layout?.label ?? 26}px`,
    '--strip': `${layout?.strip ?? 64}px`,
    '--rows': layout?.rows ?? 3,
    padding: wallEdge,
    transform: `translate(${shift.x}px, ${shift.y}px)`,
  } as CSSProperties;
  return (
    <div ref={element} className={`wall wall--${claim}${isDisplay ? ' wall--display' : ''}`} style={style}>
      <WallStrip claim={claim} link={link} frame={frame} now={serverNow} />
      <WallNumberRow numbers={numbers} asOf={asOf} timeZone={zone} />
      <section className="wall__beds" aria-label={t('beds.board')}>
        {department && layout && tiles.size > 0 ? (
          <Grid beds={beds} layout={layout} names={names} tiles={tiles} room={room} />
        ) : (
          <p className="wall__void">{claim === 'loading' ? words('notWhole') : known ? t('beds.noBeds') : t('void.unknown')}</p>
        )}
      </section>
      <div className="wall__lists">
        <InboundList
          rows={offline || !tables || !whole ? null : inbound}
          shown={layout?.rows ?? 3}
          room={listRoom}
          unknown={unknown}
        />
        <WaitingList lines={waiting} shown={layout?.rows ?? 3} room={listRoom} unknown={unknown} complaints={!isDisplay} />
        <AlarmList
          lines={alarms}
          unanswered={alarms === null ? 0 : unansweredOf(alarms)}
          shown={layout?.rows ?? 3}
          room={listRoom}
          now={now}
          monitors={monitors ? words('monitors', monitors) : words('monitorsUnknown')}
        />
      </div>
      <footer className="wall__foot">
        <span className="wall__reading">
          {readingOf(layout, reading).map((sentence) => (
            <span key={sentence}>{sentence}</span>
          ))}
        </span>
        {troubles.slice(0, 1).map((trouble) => (
          <span key={trouble.code} className="notice">
            {troubleText(trouble)}
          </span>
        ))}
        {link.reason === null ? null : <span className="notice">{words('stopped')}</span>}
        <span className="wall__legend">
          {layout?.details.includes('initials')
            ? marks.map((mark) => (
                <span key={mark} className="wall__mark">
                  <Icon name={mark} /> {words(`mark.${mark}`)}
                </span>
              ))
            : null}
          {isSomebodyOut && layout?.details.includes('initials') ? (
            <span className="wall__mark">
              <Icon name="out" /> {words('away')}
            </span>
          ) : null}
        </span>
        <span>{t('shell.notPrimary')}</span>
      </footer>
    </div>
  );
};
