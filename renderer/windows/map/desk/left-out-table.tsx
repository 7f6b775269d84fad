import { useState } from 'react';
import { useKeys } from '../../../ui/keys.tsx';
import { useNow } from './now.tsx';
import { leftOutWords } from './reason-words.ts';
import { d } from './strings.ts';
import type { Ranking } from './use-recommendation.ts';

/** Shown at once; the rest when it is asked for. */
const few = 6;
const busy: ReadonlySet<string> = new Set(['notFree', 'outOfService', 'alreadyOnIt']);

/** Who is not proposed and why: free crews first, since of them something can be done. */
export const LeftOutTable = ({ leftOut }: { readonly leftOut: Ranking['leftOut'] }) => {
  const now = useNow();
  const [all, setAll] = useState(false);
  const sorted = leftOut.toSorted((a, b) => Number(busy.has(a.why)) - Number(busy.has(b.why)));
  const shown = all ? sorted.slice(0, 200) : sorted.slice(0, few);
  useKeys([
    { key: 'w', label: d('keyLeftOut'), when: leftOut.length > few, run: () => setAll((before) => !before), quiet: true },
  ]);
  return (
    <>
      <div className="panel__head">
        <h2>{d('notProposed')}</h2>
        <span className="meta">
          {leftOut.length} {leftOut.length > few ? <kbd>W</kbd> : null}
        </span>
      </div>
      <table className="table map-left-out">
        <tbody>
          {shown.map((left) => {
            const { why, amount } = leftOutWords(left, now);
            return (
              <tr key={left.unitId}>
                <td className="b t2">{left.callsign}</td>
                <td className="t2">{why}</td>
                <td className="r t3">{amount}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
};
