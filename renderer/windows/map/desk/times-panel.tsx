import { useState } from 'react';
import type { Assignment } from '#domain/model/assignment.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { timeOrder } from '#domain/rules/assignment-times.ts';
import { useKeys } from '../../../ui/keys.tsx';
import { clockText } from '../../../ui/time.ts';
import { useNow } from './now.tsx';
import { PickPanel } from './pick-panel.tsx';
import { LinePanel } from './reason-panel.tsx';
import { d } from './strings.ts';
import { eTimes, momentTyped } from './timeline.ts';

/** The moments a number can choose; the end of a mission is set by a status alone. */
const moments = timeOrder.filter((moment) => moment !== 'backInService');

/** A time as a crew told it later: which mission, which moment, what clock. What stands in the wrong order is shown, never refused. */
export const TimesPanel = ({
  missions,
  unitOf,
  zone,
  onRecord,
  onClose,
}: {
  readonly missions: readonly Assignment[];
  readonly unitOf: (id: Id) => Unit | undefined;
  readonly zone: string | null;
  readonly onRecord: (assignmentId: Id, moment: (typeof timeOrder)[number], at: Instant) => void;
  readonly onClose: () => void;
}) => {
  const now = useNow();
  const [index, setIndex] = useState(missions.length - 1);
  const [moment, setMoment] = useState<(typeof timeOrder)[number] | null>(null);
  const mission = missions[Math.min(index, missions.length - 1)];
  useKeys([
    {
      key: ['ArrowLeft', 'ArrowRight'],
      label: d('keyMission'),
      when: missions.length > 1 && moment === null,
      run: (pressed) => setIndex((at) => Math.min(missions.length - 1, Math.max(0, at + (pressed === 'ArrowRight' ? 1 : -1)))),
    },
  ]);
  const typed = (line: string): Instant | null =>
    momentTyped(line, now, (at) => {
      const [hours = 0, minutes = 0, seconds = 0] = clockText(at, zone, true).split(':').map(Number);
      return [hours, minutes, seconds];
    });
  const callsign = (mission && unitOf(mission.unitId)?.callsign) ?? '–';
  if (mission && moment !== null) {
    const stands = mission.times[moment];
    return (
      <LinePanel
        title={`${callsign} · ${eTimes[moment]} ${d(`time_${moment}`)}`}
        label={d('timeTyped')}
        action={d('save')}
        first={stands === null ? '' : clockText(stands, zone, true)}
        placeholder="12:04:30"
        refuse={(line) => (typed(line) === null ? d('noTime') : null)}
        onDone={(line) => {
          const at = typed(line);
          if (at !== null) onRecord(mission.id, moment, at);
        }}
        onClose={() => setMoment(null)}
      />
    );
  }
  return (
    <PickPanel
      title={d('timesOf', { callsign })}
      meta={missions.length > 1 ? `${index + 1}/${missions.length} ← →` : undefined}
      empty={d('noMissions')}
      lines={
        mission
          ? moments.map((one) => ({
              id: one,
              line: (
                <span className="row">
                  <span className="t3">{eTimes[one]}</span> {d(`time_${one}`)}
                  <b className="map-pick-line__value">
                    {mission.times[one] === null ? '–' : clockText(mission.times[one], zone, true)}
                  </b>
                </span>
              ),
            }))
          : []
      }
      onPick={(id) => setMoment(moments.find((one) => one === id) ?? null)}
      onClose={onClose}
    />
  );
};
