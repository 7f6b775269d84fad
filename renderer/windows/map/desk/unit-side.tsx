import type { Assignment } from '#domain/model/assignment.ts';
import type { DispatchSettings } from '#domain/model/dispatch-settings.ts';
import type { Hospital } from '#domain/model/hospital.ts';
import type { Incident } from '#domain/model/incident.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id } from '#domain/model/values.ts';
import type { ReceivedFix } from '../../../state/store.ts';
import { StatusMenu, UnitDetail } from '../unit-detail.tsx';
import { HospitalPanel } from './hospital-panel.tsx';
import { PrealertPanel } from './prealert-panel.tsx';
import { LinePanel } from './reason-panel.tsx';
import { d } from './strings.ts';
import type { Dispatching } from './use-dispatching.ts';
import type { IncidentActions } from './use-incident-actions.ts';
import type { Mode } from './use-selection.ts';
import { UntoldBanner, VoicePanel } from './voice-panel.tsx';

/** Whether a crew still has to be called back by radio. */
export const isUncalledUnit = ({ id, assignmentId }: Unit, uncalled: Dispatching['uncalled']): boolean =>
  uncalled?.unitId === id && uncalled.assignmentId === assignmentId;

/** The selected unit with what is being done with it. */
export const UnitSide = ({
  unit,
  pending,
  fixOf,
  incident,
  assignment,
  hospitals,
  settings,
  zone,
  mode,
  setMode,
  actions,
  dispatching,
  onSelectIncident,
}: {
  readonly unit: Unit;
  readonly pending: boolean;
  /** Its newest position, asked for each second. */
  readonly fixOf: () => ReceivedFix | undefined;
  readonly incident: Incident | undefined;
  readonly assignment: Assignment | undefined;
  readonly hospitals: ReadonlyMap<Id, { readonly record: Hospital }>;
  readonly settings: DispatchSettings;
  readonly zone: string | null;
  readonly mode: Mode;
  readonly setMode: (mode: Mode) => void;
  readonly actions: IncidentActions;
  readonly dispatching: Dispatching;
  readonly onSelectIncident: (id: Id) => void;
}) => {
  const look = (): void => setMode('look');
  const after = (act: () => void): void => {
    look();
    act();
  };
  const { callsign } = unit;
  const isUncalled = isUncalledUnit(unit, dispatching.uncalled);
  return (
    <>
      <UnitDetail
        unit={unit}
        pending={pending}
        fixOf={fixOf}
        incident={incident}
        assignment={assignment}
        hospital={assignment?.hospitalId ? hospitals.get(assignment.hospitalId)?.record : undefined}
        settings={settings}
        onSelectIncident={onSelectIncident}
      />
      {isUncalled && mode !== 'voice' ? (
        <UntoldBanner units={[unit]} notTold={d('notCalledBack')} onOpen={() => setMode('voice')} />
      ) : null}
      {isUncalled && mode === 'voice' ? (
        <VoicePanel
          units={[unit]}
          notTold={d('notCalledBack')}
          zone={zone}
          onRecord={(note) => after(() => void dispatching.recordRecall(unit, note))}
          onClose={() => after(dispatching.forget)}
        />
      ) : null}
      {mode === 'status' ? (
        <StatusMenu unit={unit} onSet={(status, reason) => after(() => actions.setStatus(unit, status, reason))} onClose={look} />
      ) : null}
      {mode === 'hospital' && assignment ? (
        <HospitalPanel
          unit={unit}
          assignment={assignment}
          from={() => fixOf()?.position ?? null}
          onPick={(id) => {
            const hospital = hospitals.get(id)?.record;
            after(() => hospital && actions.setDestination(unit, hospital, assignment.hospitalId));
          }}
          onClose={look}
        />
      ) : null}
      {mode === 'prealert' && assignment ? (
        <PrealertPanel
          unit={unit}
          assignment={assignment}
          patient={incident?.patientSummary ?? null}
          onSend={(input) => after(() => actions.prealert(unit, input))}
          onClose={look}
        />
      ) : null}
      {mode === 'standDown' ? (
        <LinePanel
          title={d('standDownTitle', { callsign })}
          label={d('standDownWhy')}
          action={d('standDownDo')}
          hint={d('needsLink')}
          onDone={(reason) =>
            after(() => void dispatching.standDown(unit, reason).then((isUntold) => isUntold && setMode('voice')))
          }
          onClose={look}
        />
      ) : null}
      {mode === 'refused' ? (
        <LinePanel
          title={d('refusedTitle', { callsign })}
          label={d('refusedWhy')}
          action={d('refusedDo')}
          onDone={(reason) => after(() => actions.refused(unit, reason))}
          onClose={look}
        />
      ) : null}
      {mode === 'emergency' ? (
        <LinePanel
          title={d(unit.emergency ? 'emergencyEndTitle' : 'emergencyTitle', { callsign })}
          label={d('emergencyWhy')}
          action={d(unit.emergency ? 'emergencyEndDo' : 'emergencyDo')}
          onDone={(reason) => after(() => actions.setEmergency(unit, !unit.emergency, reason))}
          onClose={look}
        />
      ) : null}
    </>
  );
};
