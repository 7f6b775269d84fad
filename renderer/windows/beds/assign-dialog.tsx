import { useState } from 'react';
import type { Bed } from '#domain/model/bed.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Patient } from '#domain/model/patient.ts';
import { AcuityBadge } from '../../ui/badge.tsx';
import { Button, Dialog, Void } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useKeys } from '../../ui/keys.tsx';
import { ageAndSex, longName } from '../../ui/person.ts';
import { t } from '../../ui/translate.ts';
import { b } from './strings.ts';
import { type SimilarPatient, similarText } from './tile.ts';

export type Candidate = {
  readonly encounter: Encounter;
  readonly patient: Patient | undefined;
  /** Others here with a similar name. */
  readonly similar: readonly SimilarPatient[];
};
export type Pair = { readonly bed: Bed; readonly candidate: Candidate };

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/**
 * What typed words mean: each word must begin a bed label or stand in a patient's name or complaint. `r4 kow`, `kow r4` and
 * `kow` all work; beds and patients that are already chosen stay.
 */
export const pairsFor = (typed: string, beds: readonly Bed[], candidates: readonly Candidate[]): readonly Pair[] => {
  const words = plain(typed)
    .split(/[\s←]+/)
    .filter((word) => word !== '');
  const bedWord =
    words.find((word) => beds.some((bed) => plain(bed.label) === word)) ??
    words.find((word) => /\d/.test(word) && beds.some((bed) => plain(bed.label).startsWith(word)));
  const rest = words.filter((word) => word !== bedWord);
  const fitting = bedWord === undefined ? beds : beds.filter((bed) => plain(bed.label).startsWith(bedWord));
  const people = candidates.filter(({ encounter, patient }) => {
    const text = plain(`${longName(patient)} ${patient?.mrn ?? ''} ${encounter.complaint ?? ''}`);
    return rest.every((word) => text.includes(word));
  });
  const exact = fitting.filter((bed) => plain(bed.label) === bedWord);
  const bedsLeft = exact.length > 0 ? exact : fitting;
  return people.flatMap((candidate) =>
    (bedsLeft.length <= 1 || people.length === 1 ? bedsLeft : bedsLeft.slice(0, 1)).map((bed) => ({ bed, candidate })),
  );
};

const mostShown = 9;

/** Type-ahead: which patient into which bed. Arrows choose, Enter assigns, `Alt+G` holds. */
export const AssignDialog = ({
  beds,
  candidates,
  onAssign,
  onHold,
  onClose,
}: {
  /** Beds that may be given; one when it is already chosen. */
  readonly beds: readonly Bed[];
  readonly candidates: readonly Candidate[];
  readonly onAssign: (pair: Pair) => void;
  /** The bed is only kept for who is to come into it later. */
  readonly onHold: (pair: Pair) => void;
  readonly onClose: () => void;
}) => {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const pairs = pairsFor(typed, beds, candidates).slice(0, mostShown);
  const index = Math.min(chosen, Math.max(0, pairs.length - 1));
  const pair = pairs[index];
  useKeys([
    {
      key: ['ArrowUp', 'ArrowDown'],
      label: t('beds.keys.choose'),
      whileTyping: true,
      run: (key) => setChosen(Math.min(pairs.length - 1, Math.max(0, index + (key === 'ArrowUp' ? -1 : 1)))),
    },
    {
      key: 'Enter',
      label: t('beds.keys.assign'),
      whileTyping: true,
      when: pair !== undefined,
      run: () => pair && onAssign(pair),
    },
    {
      key: 'Alt+g',
      label: b('keys.hold'),
      whileTyping: true,
      when: pair !== undefined,
      run: () => pair && onHold(pair),
    },
  ]);
  const only = beds.length === 1 ? beds[0] : undefined;
  return (
    <Dialog title={only ? t('beds.assignTo', { bed: only.label }) : t('beds.assignAny')} onClose={onClose}>
      <div className="palette__in">
        <span className="t3">{only ? `${only.label} ←` : t('beds.bed')}</span>
        <input
          autoFocus
          aria-label={t('beds.assignTyping')}
          placeholder={t('beds.assignTyping')}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setChosen(0);
          }}
        />
      </div>
      {pairs.length === 0 ? (
        <Void
          kind="none"
          title={t(candidates.length === 0 ? 'beds.nobodyWaits' : beds.length === 0 ? 'beds.noBed' : 'beds.noMatch')}
        />
      ) : (
        <ul className="palette__list">
          {pairs.map((one, place) => (
            <li key={`${one.bed.id} ${one.candidate.encounter.id}`}>
              <button
                type="button"
                className={place === index ? 'palette__row is-selected' : 'palette__row'}
                onClick={() => onAssign(one)}
                tabIndex={-1}
              >
                <b className="palette__bed">{one.bed.label}</b>
                <AcuityBadge acuity={one.candidate.encounter.acuity} size={20} />
                <span className="m">{longName(one.candidate.patient)}</span>
                <span className="t2">{ageAndSex(one.candidate.patient)}</span>
                {one.candidate.similar.length === 0 ? null : (
                  <span className="palette__similar" title={similarText(one.candidate.similar)}>
                    <Icon name="similar" size={12} label={b('similarTo')} />
                    {one.candidate.similar.map(({ place }) => place).join(', ')}
                  </span>
                )}
                <span className="meta">{one.candidate.encounter.complaint ?? ''}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {pair && pair.candidate.similar.length > 0 ? (
        <p className="move__warning" role="status">
          <Icon name="similar" size={14} />
          {longName(pair.candidate.patient)}
          {' · '}
          {similarText(pair.candidate.similar)}
        </p>
      ) : null}
      {pair ? (
        <div className="row row--wrap dialog__note">
          <Button touch main keyName="Enter" onPress={() => onAssign(pair)}>
            {t('beds.keys.assign')}
          </Button>
          <Button touch keyName="Alt+g" onPress={() => onHold(pair)}>
            {b('keys.hold')}
          </Button>
        </div>
      ) : null}
    </Dialog>
  );
};
