import { useEffect, useRef, useState } from 'react';
import type { DeskAnswer, DeskQuestion, ShownText } from '#domain/model/message-desk.ts';
import { Button } from '../../../ui/controls.tsx';
import { m } from './strings.ts';
import { type Ask, refusalText } from './use-messages.ts';

type Shown = { readonly said: ShownText; readonly answered: ShownText };
const shownOf = (answer: DeskAnswer): Shown | string | null => {
  switch (answer.about) {
    case 'message':
      return { said: answer.received, answered: answer.answered };
    case 'outgoingMessage':
      return { said: answer.sent, answered: answer.answered };
    case 'refused':
      return refusalText(answer);
    default:
      return null;
  }
};

const Said = ({ title, said, none }: { readonly title: string; readonly said: ShownText; readonly none: string }) => (
  <section>
    <h3 className="cap">{title}</h3>
    {said === null ? (
      <p className="t2">{none}</p>
    ) : (
      <>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable for the keys that scroll it */}
        <pre className="interfaces__bytes" tabIndex={0}>
          {said.text}
        </pre>
        {said.cut ? <p className="notice">{m('cut')}</p> : null}
      </>
    )}
  </section>
);

/** What was said and answered, a segment a line; asked for only when a person wants it, since that is noted. */
export const Bytes = ({
  about,
  sequence,
  isAsked,
  ask,
  onAsk,
}: {
  readonly about: Extract<DeskQuestion['about'], 'message' | 'outgoingMessage'>;
  readonly sequence: number;
  readonly isAsked: boolean;
  readonly ask: Ask;
  readonly onAsk: () => void;
}) => {
  const [shown, setShown] = useState<Shown | string | null>(null);
  const reading = useRef(0);
  useEffect(() => {
    reading.current += 1;
    const turn = reading.current;
    setShown(null);
    if (!isAsked) return;
    void ask({ about, sequence }).then((answer) => {
      if (turn === reading.current) setShown(shownOf(answer));
    });
  }, [ask, isAsked, about, sequence]);
  if (!isAsked)
    return (
      <div className="row row--wrap">
        <Button touch keyName="b" onPress={onAsk}>
          {m('bytes')}
        </Button>
        <span className="meta">{m('bytesWhy')}</span>
      </div>
    );
  if (shown === null)
    return (
      <p className="t2" role="status">
        {m('looking')}
      </p>
    );
  if (typeof shown === 'string')
    return (
      <p className="notice" role="alert">
        {shown}
      </p>
    );
  const isIn = about === 'message';
  return (
    <>
      <Said title={m(isIn ? 'receivedText' : 'sentText')} said={shown.said} none={m('noBytes')} />
      <Said title={m(isIn ? 'answeredText' : 'answeredBy')} said={shown.answered} none={m(isIn ? 'noBytes' : 'noAnswer')} />
    </>
  );
};
