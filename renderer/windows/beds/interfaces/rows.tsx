import type { Disagreement } from '#domain/model/disagreement.ts';
import type { RecordTables } from '../../../state/store.ts';
import { writtenText } from '../../../ui/written-text.ts';
import { m } from './strings.ts';
import type { Listed } from './use-messages.ts';
import { bedText, disagreementTitle, joined, patientLong, patientShort, placeText, senderText, triggerText } from './words.ts';

/** What one row of a list says, and what it is known by. */
export type RowText = { readonly id: string; readonly title: string; readonly detail: string; readonly at: number };

/** The row of a message or a mapped place. */
export const listedRow = (tables: RecordTables | null, listed: Listed): RowText => {
  switch (listed.way) {
    case 'in': {
      const { sequence, trigger, encounterId, mrn, state, sender, reason, receivedAt } = listed.message;
      const whom = patientShort(tables, encounterId) || (mrn === null ? '' : m('numbered', { mrn }));
      return {
        id: `in${sequence}`,
        title: joined(triggerText(trigger), whom),
        detail: joined(m(`state_${state}`), senderText(sender), reason),
        at: receivedAt,
      };
    }
    case 'out': {
      const { sequence, trigger, encounterId, bedId, state, reason, createdAt } = listed.message;
      return {
        id: `out${sequence}`,
        title: joined(triggerText(trigger), patientShort(tables, encounterId), bedId === null ? '' : bedText(tables, bedId)),
        detail: joined(m(`state_${state}`), reason ?? ''),
        at: createdAt,
      };
    }
    case 'place': {
      const { sender, location, bedId, at } = listed.place;
      return {
        id: `place ${sender} ${location}`,
        title: m('placeIs', { place: placeText(location), bed: bedText(tables, bedId) }),
        detail: senderText(sender),
        at,
      };
    }
  }
};

/** The row of a disagreement: both sides in its second line. */
export const disagreementRow = (tables: RecordTables | null, one: Disagreement): RowText => ({
  id: one.id,
  title: joined(disagreementTitle(tables, one), patientLong(tables, one.encounterId)),
  detail: m('bothSides', { source: one.source, theirs: writtenText(one.theirs.text), ours: writtenText(one.ours.text) }),
  at: one.at,
});

/** One row of a list, chosen by a click or the arrows. */
export const Row = ({
  row,
  isChosen,
  time,
  onChoose,
}: {
  readonly row: RowText;
  readonly isChosen: boolean;
  readonly time: string;
  readonly onChoose: () => void;
}) => (
  <li>
    <button
      type="button"
      className={isChosen ? 'interfaces__row is-selected' : 'interfaces__row'}
      data-row={row.id}
      data-key-through="true"
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      <span className="row">
        <b className="grow">{row.title}</b>
        <span className="meta">{time}</span>
      </span>
      <span className="meta">{row.detail}</span>
    </button>
  </li>
);
