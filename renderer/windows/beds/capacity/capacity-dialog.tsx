import { useMemo } from 'react';
import type { Instant } from '#domain/model/values.ts';
import { SAMPLE_EVERY } from '#domain/rules/capacity-history.ts';
import type { Nedocs } from '#domain/rules/nedocs.ts';
import { type RecordTables, recordsOf } from '../../../state/store.ts';
import { Dialog } from '../../../ui/controls.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { type Counted, recentSurges } from './counted.ts';
import { ForecastPanel } from './forecast-panel.tsx';
import { HistoryPanel, useHistoryView } from './history-panel.tsx';
import { NedocsPanel } from './nedocs-panel.tsx';
import { c } from './strings.ts';
import { SurgeList } from './surge-list.tsx';

/** What is behind the capacity strip: the score taken apart, the next hours, the last days, and what was done. */
export const CapacityDialog = ({
  tables,
  counted,
  score,
  now,
  timeZone,
  inboundKnown,
  isCharge,
  onClose,
}: {
  /** Null while the copy of this desk is not whole. */
  readonly tables: RecordTables | null;
  readonly counted: Counted | null;
  readonly score: Nedocs;
  readonly now: Instant;
  readonly timeZone: string | null;
  readonly inboundKnown: boolean;
  /** Only a charge nurse corrects what was recorded. */
  readonly isCharge: boolean;
  readonly onClose: () => void;
}) => {
  const table = tables?.capacitySample;
  const samples = useMemo(() => (table ? [...table.values()].map(({ record }) => record) : []), [table]);
  const looked = useHistoryView();
  const until = Math.ceil(now / SAMPLE_EVERY) * SAMPLE_EVERY;
  useKeys([
    { key: '1', label: `${c('keySpan')} ${c('day')}`, run: () => looked.setSpan('day') },
    { key: '2', label: `${c('keySpan')} ${c('week')}`, run: () => looked.setSpan('week') },
    { key: 't', label: c('keyTable'), run: looked.turn },
  ]);
  return (
    <Dialog title={c('title')} onClose={onClose} wide>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable for the keys that scroll it */}
      <div className="capacity__detail" tabIndex={0}>
        <NedocsPanel score={score} isWhole={counted !== null} now={now} timeZone={timeZone} />
        <ForecastPanel samples={samples} counted={counted} inboundKnown={inboundKnown} now={now} timeZone={timeZone} />
        <HistoryPanel samples={samples} until={until} timeZone={timeZone} looked={looked} />
        <SurgeList
          surges={tables ? recentSurges(recordsOf(tables, 'surge'), now) : []}
          now={now}
          timeZone={timeZone}
          isCharge={isCharge}
        />
      </div>
    </Dialog>
  );
};
