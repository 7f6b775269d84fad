import type { RefObject } from 'react';
import type { Disagreement } from '#domain/model/disagreement.ts';
import type { Instant } from '#domain/model/values.ts';
import type { RecordTables } from '../../../state/store.ts';
import { PendingMark } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/controls.tsx';
import { momentText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import { writtenText } from '../../../ui/written-text.ts';
import { decisionReasons, Reason } from './reason.tsx';
import { m } from './strings.ts';
import { disagreementTitle, joined, patientLong } from './words.ts';

/** Both sides beside each other, and a person's choice with its reason. */
export const DisagreementDetail = ({
  disagreement,
  pending,
  tables,
  now,
  timeZone,
  mayDecide,
  reason,
  field,
  onReason,
  onDecide,
}: {
  readonly disagreement: Disagreement;
  readonly pending: boolean;
  readonly tables: RecordTables | null;
  readonly now: Instant;
  readonly timeZone: string | null;
  readonly mayDecide: boolean;
  readonly reason: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onReason: (reason: string) => void;
  readonly onDecide: (choice: 'theirs' | 'ours') => void;
}) => {
  const { source, theirs, ours, at, about, messageControlId } = disagreement;
  const isIdentity = about === 'identity';
  const hasReason = reason.trim() !== '';
  return (
    <div className="interfaces__detail">
      <h3 className="interfaces__what">
        {joined(disagreementTitle(tables, disagreement), patientLong(tables, disagreement.encounterId))}
        {pending ? <PendingMark /> : null}
      </h3>
      <div className="interfaces__sides">
        <div>
          <div className="cap">{m('says', { source })}</div>
          <b>{writtenText(theirs.text)}</b>
          <div className="meta">
            {[
              m('saidAt', { time: momentText(at, now, timeZone, localeNow()) }),
              ...(messageControlId === null ? [] : [messageControlId]),
            ].join(' · ')}
          </div>
        </div>
        <div>
          <div className="cap">{m('here')}</div>
          <b>{writtenText(ours.text)}</b>
        </div>
      </div>
      {!mayDecide ? (
        <p className="t2">{m('onlyNurses')}</p>
      ) : (
        <>
          <Reason label={m('decideWhy')} usual={decisionReasons} reason={reason} field={field} onReason={onReason} />
          {isIdentity ? <p className="notice">{m('identityWhy')}</p> : null}
          <div className="row row--wrap">
            <Button touch keyName="t" disabled={!hasReason || isIdentity} onPress={() => onDecide('theirs')}>
              {m('theirs', { source })}
            </Button>
            <Button touch keyName="k" disabled={!hasReason} onPress={() => onDecide('ours')}>
              {m('ours')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
};
