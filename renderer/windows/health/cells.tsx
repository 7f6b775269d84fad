import type { ReactNode } from 'react';
import type { Health } from '#contracts/ipc/health.ts';
import type { Frame } from '#contracts/ipc/station-window.ts';
import type { Instant } from '#domain/model/values.ts';
import { Duration } from '../../ui/clock.tsx';
import { clockText, countText, momentText, spanText } from '../../ui/time.ts';
import { localeNow } from '../../ui/translate.ts';
import { words } from './strings.ts';

/** One figure: a caption, the figure, and what qualifies it. `wrong` marks what needs someone, in words as well. */
const Cell = ({
  title,
  value,
  unit,
  more,
  wrong = false,
}: {
  readonly title: string;
  readonly value: ReactNode;
  readonly unit?: string;
  readonly more: ReactNode;
  readonly wrong?: boolean;
}) => (
  <div className={wrong ? 'vital vital--wrong' : 'vital'}>
    <dt className="meta">{title}</dt>
    <dd>
      <span className="hero">
        {value}
        {unit === undefined ? null : <small>{unit}</small>}
      </span>
      <span className="meta vital__more">{more}</span>
    </dd>
  </div>
);

/** Bytes as a person reads them, `38.2` and its unit. */
const sizeOf = (bytes: number): { readonly value: string; readonly unit: string } =>
  bytes >= 1e9
    ? { value: (bytes / 1e9).toFixed(1), unit: 'GB' }
    : bytes >= 1e6
      ? { value: (bytes / 1e6).toFixed(bytes >= 1e8 ? 0 : 1), unit: 'MB' }
      : { value: (bytes / 1e3).toFixed(0), unit: 'kB' };

const CopyCell = ({
  copy,
  health,
  timeZone,
}: {
  readonly copy: Frame['copy'];
  readonly health: Health;
  readonly timeZone: string | null;
}) => {
  const rows = Object.values(health.copy.rows).reduce((sum, count) => sum + count, 0);
  switch (copy.state) {
    case 'whole':
      return (
        <Cell
          title={words('copy')}
          value={words('copyWhole')}
          more={words('copyAsOf', { rows: countText(rows), time: clockText(copy.asOf, timeZone) })}
        />
      );
    case 'loading':
      return (
        <Cell
          title={words('copy')}
          value={words('copyLoading', { percent: copy.total === 0 ? 0 : Math.floor((copy.loaded / copy.total) * 100) })}
          more={words('copyCount', { loaded: countText(copy.loaded), total: countText(copy.total) })}
        />
      );
    case 'empty':
      return <Cell title={words('copy')} value={words('copyEmpty')} more={words('copyNothing')} wrong />;
  }
};

const ChecksumCell = ({
  checksum,
  timeZone,
}: {
  readonly checksum: Health['copy']['checksum'];
  readonly timeZone: string | null;
}) => {
  if (checksum === undefined) return <Cell title={words('checksum')} value="–" more={words('notKnown')} />;
  const compared =
    checksum.at !== null
      ? words('checksumAt', { time: clockText(checksum.at, timeZone) })
      : checksum.rev !== null
        ? words('checksumRev', { rev: countText(checksum.rev) })
        : words('checksumNever');
  return (
    <Cell
      title={words('checksum')}
      value={words(`checksum.${checksum.state}`)}
      more={checksum.state === 'differs' ? words('checksumDiffers') : compared}
      wrong={checksum.state === 'differs'}
    />
  );
};

const DatabaseCell = ({
  store,
  now,
  timeZone,
}: {
  readonly store: Health['store'];
  readonly now: Instant;
  readonly timeZone: string | null;
}) => {
  const size = store.bytes === null ? null : sizeOf(store.bytes);
  const check = store.lastCheck;
  const more =
    store.place === 'memory'
      ? words('databaseMemory')
      : check === undefined
        ? words('databaseUnchecked')
        : words(check.ok ? 'databaseOk' : 'databaseBad', { time: momentText(check.at, now, timeZone, localeNow()) });
  return (
    <Cell
      title={words('database')}
      value={size?.value ?? '–'}
      {...(size ? { unit: size.unit } : {})}
      more={more}
      wrong={store.place === 'memory' || check?.ok === false}
    />
  );
};

const PackCell = ({
  pack,
  now,
  onPack,
}: {
  readonly pack: Health['pack'];
  readonly now: Instant;
  readonly onPack: () => void;
}) => {
  if (pack === undefined) return <Cell title={words('pack')} value="–" more={words('notKnown')} />;
  if (pack.newestAt === null)
    return <Cell title={words('pack')} value="–" more={pack.problem ?? words('packNone')} wrong={pack.problem !== null} />;
  const more = [
    words('packAge', { pages: pack.pages ?? '–', kept: pack.kept }),
    ...(pack.plainCopy ? [words('packPlain')] : []),
  ].join(' · ');
  return (
    <Cell
      title={words('pack')}
      value={<Duration milliseconds={now - pack.newestAt} />}
      more={
        <>
          {pack.problem ?? more}{' '}
          <button type="button" className="vital__open" onClick={onPack}>
            {words('packOpen')} <kbd>F6</kbd>
          </button>
        </>
      }
      wrong={pack.problem !== null}
    />
  );
};

/** The figures of a desk at one look. `now` is server time. */
export const Vitals = ({
  health,
  copy,
  now,
  timeZone,
  onConflicts,
  onPack,
}: {
  readonly health: Health;
  readonly copy: Frame['copy'];
  readonly now: Instant;
  readonly timeZone: string | null;
  readonly onConflicts: () => void;
  readonly onPack: () => void;
}) => {
  const { link, outbox } = health;
  const trip = link.roundTrip;
  return (
    <dl className="vitals">
      {trip === null ? (
        <Cell title={words('roundTrip')} value="–" more={words('roundTripNone')} wrong />
      ) : (
        <Cell
          title={words('roundTrip')}
          value={Math.round(trip.last)}
          unit={words('ms')}
          more={words('roundTripMore', { median: Math.round(trip.median), worst: Math.round(trip.worst) })}
        />
      )}
      <Cell
        title={words('unsent')}
        value={countText(outbox.count)}
        more={
          outbox.count === 0 || outbox.oldestAgeMs === null
            ? words('unsentNone')
            : words('unsentOldest', { span: spanText(outbox.oldestAgeMs) })
        }
        wrong={outbox.count > 0}
      />
      <Cell
        title={words('settled')}
        value={outbox.lastSettledAt === null ? '–' : <Duration milliseconds={now - outbox.lastSettledAt} />}
        more={
          outbox.lastSettledAt === null
            ? words('settledNever')
            : words('settledAt', { time: momentText(outbox.lastSettledAt, now, timeZone, localeNow()) })
        }
      />
      <Cell
        title={words('conflicts')}
        value={countText(outbox.conflicts)}
        more={
          outbox.conflicts === 0 ? (
            words('conflictsNone')
          ) : (
            <button type="button" className="vital__open" onClick={onConflicts}>
              {words('conflictsOpen')} <kbd>F7</kbd>
            </button>
          )
        }
        wrong={outbox.conflicts > 0}
      />
      <CopyCell copy={copy} health={health} timeZone={timeZone} />
      <ChecksumCell checksum={health.copy.checksum} timeZone={timeZone} />
      <DatabaseCell store={health.store} now={now} timeZone={timeZone} />
      <PackCell pack={health.pack} now={now} onPack={onPack} />
    </dl>
  );
};
