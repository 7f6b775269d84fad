import { useState } from 'react';
import type { Unit } from '#domain/model/unit.ts';
import { Button } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/field.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { clockText } from '../../../ui/time.ts';
import { useNow } from './now.tsx';
import { PanelFoot } from './panel-foot.tsx';
import { d } from './strings.ts';

/** Nobody has told these crews. Says so wherever the dispatcher is, and takes the keyboard only when it is asked to. */
export const UntoldBanner = ({
  units,
  notTold,
  onOpen,
}: {
  readonly units: readonly Unit[];
  /** What they were not told, and what to do instead. */
  readonly notTold: string;
  readonly onOpen: () => void;
}) => (
  <div className="section map-voice" role="alert">
    <div className="b">
      {units.map(({ callsign }) => callsign).join(', ')}: {notTold}
    </div>
    <Button touch keyName="R" onPress={onOpen}>
      {d('recordVoice')}
    </Button>
  </div>
);

/** Takes what the dispatcher did by radio: how, whom, and when. */
export const VoicePanel = ({
  units,
  notTold,
  zone,
  onRecord,
  onClose,
}: {
  readonly units: readonly Unit[];
  readonly notTold: string;
  readonly zone: string | null;
  readonly onRecord: (note: string) => void;
  readonly onClose: () => void;
}) => {
  const now = useNow();
  const [how, setHow] = useState('');
  const [whom, setWhom] = useState('');
  const [opened] = useState(() => clockText(now, zone));
  const [when, setWhen] = useState(opened);
  const record = (): void => {
    if (how.trim() === '') return;
    onRecord(
      [how, whom, when]
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .join(' · ')
        .slice(0, 200),
    );
  };
  useKeys([
    { key: 'Enter', label: d('recordVoice'), run: record, whileTyping: true },
    { key: 'Escape', label: d('keyBack'), run: onClose },
  ]);
  return (
    <div className="section map-voice" role="alert">
      <div className="b">
        {units.map(({ callsign }) => callsign).join(', ')}: {notTold}
      </div>
      <Field label={d('voiceHow')} text={how} onChange={setHow} placeholder={d('voiceHowExample')} autoFocus />
      <div className="map-two">
        <Field label={d('voiceWhom')} text={whom} onChange={setWhom} />
        <Field label={d('voiceWhen')} text={when} onChange={setWhen} />
      </div>
      <PanelFoot action={d('recordVoice')} keyName="Enter" disabled={how.trim() === ''} onDo={record} onLeave={onClose} />
    </div>
  );
};
