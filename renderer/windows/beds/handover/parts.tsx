import { Fragment, type ReactNode } from 'react';
import type { Handover, HandoverPoint } from '#domain/model/handover.ts';
import { Chip } from '../../../ui/badge.tsx';
import { countsText, reasonsText } from './sentences.ts';
import { h } from './strings.ts';

const abouts = ['patient', 'incident', 'alarm', 'task', 'department'] as const satisfies readonly HandoverPoint['about'][];

/** Points under the headings of what they are about, in the order in which they are spoken. */
export const PointGroups = <Point extends Pick<HandoverPoint, 'about' | 'change'>>({
  points,
  shown,
  row,
  after,
}: {
  readonly points: readonly Point[];
  /** Which of a group are drawn. */
  readonly shown: (point: Point) => boolean;
  readonly row: (point: Point, index: number) => ReactNode;
  readonly after?: (about: Point['about'], points: readonly Point[]) => ReactNode;
}) => (
  <>
    {abouts.map((about) => {
      const group = points.filter((point) => point.about === about);
      if (group.length === 0) return null;
      return (
        <section key={about} aria-label={h(`about_${about}`)}>
          <div className="panel__head handover__head">
            <h3>{h(`about_${about}`)}</h3>
            <span className="meta">{countsText(group)}</span>
          </div>
          <ul>{points.map((point, index) => (point.about === about && shown(point) ? row(point, index) : null))}</ul>
          {after?.(about, group)}
        </section>
      );
    })}
  </>
);

/** What a point is against the handover before; the quiet ones say nothing. */
export const ChangeChip = ({ change }: { readonly change: HandoverPoint['change'] }) => (
  <Chip text={h(`change_${change}`)} tone={change === 'same' ? 'plain' : 'strong'} />
);

/** A handover as it was written, to be read. */
export const HandoverText = ({ handover }: { readonly handover: Handover }) => (
  <div className="handover__text">
    <p className="handover__summary">
      {handover.summary === '' ? <span className="t2">{h('noSummary')}</span> : handover.summary}
    </p>
    <PointGroups
      points={handover.points}
      shown={() => true}
      row={(point, index) => (
        <li key={`${point.about} ${point.id ?? ''} ${index}`} className="handover__read">
          <ChangeChip change={point.change} />
          <span>
            {point.text}
            {reasonsText(point) === '' ? null : <span className="meta"> {reasonsText(point)}</span>}
            {point.note === '' ? null : (
              <Fragment>
                <br />
                <b>{point.note}</b>
              </Fragment>
            )}
          </span>
          <span className="meta">{point.spoken ? h('spokenAlready') : ''}</span>
        </li>
      )}
    />
  </div>
);
