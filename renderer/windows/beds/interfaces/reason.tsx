import type { RefObject } from 'react';
import { Button } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/field.tsx';
import { m } from './strings.ts';

/** The usual reasons for a decision between two sides, and for what becomes of a message of Vigil's own; by number. */
export const decisionReasons = ['why_bedside', 'why_sender', 'why_mistake'] as const;
export const outgoingReasons = ['why_mended', 'why_told', 'why_over'] as const;

/** Why a person does it: typed, or one of the usual reasons by its number. */
export const Reason = ({
  label,
  usual,
  reason,
  field,
  onReason,
}: {
  readonly label: string;
  readonly usual: typeof decisionReasons | typeof outgoingReasons;
  readonly reason: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onReason: (reason: string) => void;
}) => (
  <>
    <Field label={label} text={reason} onChange={(text) => onReason(text.slice(0, 200))} inputRef={field} />
    <div className="row row--wrap">
      {usual.map((key, index) => (
        <Button key={key} touch keyName={String(index + 1)} onPress={() => onReason(m(key))}>
          {m(key)}
        </Button>
      ))}
    </div>
  </>
);
