import type { ReactNode } from 'react';
import type { NedocsBand } from '#domain/rules/nedocs.ts';
import { Duration } from '../../ui/clock.tsx';
import type { WallNumbers } from './scene.ts';
import { words } from './strings.ts';

const bandWords = {
  notBusy: 'bandNotBusy',
  busy: 'bandBusy',
  extremelyBusy: 'bandExtremelyBusy',
  overcrowded: 'bandOvercrowded',
  severelyOvercrowded: 'bandSeverelyOvercrowded',
  dangerouslyOvercrowded: 'bandDangerouslyOvercrowded',
} as const satisfies Record<NedocsBand, string>;
/** From this band on somebody has to act. */
const crowded: readonly NedocsBand[] = ['overcrowded', 'severelyOvercrowded', 'dangerouslyOvercrowded'];

const Cell = ({ caption, children }: { readonly caption: string; readonly children: ReactNode }) => (
  <div className="wn__cell">
    <span className="wn__caption">{caption}</span>
    <span className="wn__value">{children}</span>
  </div>
);

/** Six numbers of the department; null while it is not known whole, and then each is a dash. `asOf`: when they were right, where that is not now. */
export const WallNumberRow = ({ numbers, asOf }: { readonly numbers: WallNumbers | null; readonly asOf: string | null }) => {
  const counts = numbers?.counts;
  const crowding = numbers?.crowding;
  const caption = (what: string): string => (asOf === null ? what : words('asOf', { what, time: asOf }));
  const score = crowding?.status === 'complete' ? crowding : null;
  return (
    <section className="wn">
      <Cell caption={caption(words('occupied'))}>
        <b>{counts?.occupied ?? '–'}</b>
        {counts ? <span>{words('ofStaffed', { count: counts.staffed })}</span> : null}
      </Cell>
      <Cell caption={caption('NEDOCS')}>
        <b>{score ? Math.round(score.value) : '–'}</b>
        {score ? (
          <span className={crowded.includes(score.band) ? 'wn__band notice' : 'wn__band'}>{words(bandWords[score.band])}</span>
        ) : null}
      </Cell>
      <Cell caption={caption(words('waiting'))}>
        <b>{counts?.waiting ?? '–'}</b>
      </Cell>
      <Cell caption={caption(words('longest'))}>
        <b>
          <Duration milliseconds={counts?.longestWaitMs ?? null} />
        </b>
      </Cell>
      <Cell caption={caption(words('boarders'))}>
        <b>{counts?.boarders ?? '–'}</b>
      </Cell>
      <Cell caption={caption(words('free'))}>
        <b>{counts?.available ?? '–'}</b>
      </Cell>
    </section>
  );
};
