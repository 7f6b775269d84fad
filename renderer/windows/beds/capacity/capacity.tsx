import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Instant } from '#domain/model/values.ts';
import { useFramePart } from '../../../state/hooks.ts';
import { type RecordTables, recordsOf } from '../../../state/store.ts';
import type { InboundRow } from '../../../ui/inbound/rows.ts';
import { useKeys } from '../../../ui/keys.tsx';
import { clockText } from '../../../ui/time.ts';
import { CapacityDialog } from './capacity-dialog.tsx';
import { CapacityStrip } from './capacity-strip.tsx';
import { type Counted, countDepartment, unknownScore } from './counted.ts';
import { CrowdingCell, capacityKey } from './crowding-cell.tsx';
import { seriesOf, spans } from './series.ts';
import { c } from './strings.ts';
import { SurgeBars, useOpenedSurge } from './surge-bars.tsx';
import { SurgeCell } from './surge-cell.tsx';
import './capacity.css';

/** The spark moves on by this much, milliseconds: a pixel or two. */
const renewEvery = 300_000;

const StripAndSurges = ({
  tables,
  complete,
  inbound,
  now,
  timeZone,
  offlineSince,
}: {
  readonly tables: RecordTables | null;
  /** False while the copy of this desk is not whole: nothing is counted then. */
  readonly complete: boolean;
  /** Who is on the way. */
  readonly inbound: readonly InboundRow[];
  readonly now: Instant;
  readonly timeZone: string | null;
  /** Server time of the last word while offline; null when the link holds, undefined when there never was one. */
  readonly offlineSince: Instant | null | undefined;
}) => {
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(() => setOpen(true), []);
  const isCharge = useFramePart('person')?.roles.includes('chargeNurse') ?? false;
  const known = complete ? tables : null;
  // What asks goes on asking while its value sways about the threshold.
  const asked = useRef<ReadonlySet<string>>(new Set());
  const counted: Counted | null = known ? countDepartment(known, inbound, now, asked.current) : null;
  useEffect(() => {
    if (counted)
      asked.current = new Set(counted.surges.flatMap(({ state, threshold }) => (state === 'over' ? [] : threshold.code)));
  });
  const [opened, openSurge] = useOpenedSurge();
  const until = Math.ceil(now / renewEvery) * renewEvery;
  const samples = known?.capacitySample;
  const history = useMemo(
    () =>
      samples
        ? seriesOf(
            [...samples.values()].map(({ record }) => record),
            'nedocs',
            { from: until - spans.day, until },
          )
        : [],
    [samples, until],
  );
  useKeys([{ key: capacityKey, label: c('keyOpen'), quiet: true, run: open }]);
  const score = counted?.score ?? unknownScore;
  return (
    <div className="capacity">
      <CapacityStrip
        counted={counted}
        beds={known ? recordsOf(known, 'bed') : []}
        timeZone={timeZone}
        offlineSince={offlineSince}
        hasSurge={counted?.surges.some(({ state }) => state === 'answered') ?? false}
      >
        {counted ? (
          <SurgeCell
            surges={counted.surges}
            opened={opened}
            now={now}
            timeZone={timeZone}
            isCharge={isCharge}
            onOpen={openSurge}
          />
        ) : null}
        <CrowdingCell
          score={score}
          asOf={offlineSince == null ? null : clockText(offlineSince, timeZone)}
          history={history}
          until={until}
          onOpen={open}
        />
      </CapacityStrip>
      {counted ? (
        <SurgeBars surges={counted.surges} opened={opened} now={now} timeZone={timeZone} isCharge={isCharge} onOpen={openSurge} />
      ) : null}
      {isOpen ? (
        <CapacityDialog
          tables={known}
          counted={counted}
          score={score}
          now={now}
          timeZone={timeZone}
          inboundKnown={offlineSince === null}
          isCharge={isCharge}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </div>
  );
};

/** How full the department is, what must be done about it, and behind a key its history and what is expected. */
export const Capacity = memo(StripAndSurges);
