import type { Assignment } from '#domain/model/assignment.ts';
import type { Incident } from '#domain/model/incident.ts';
import type { Random } from '#domain/testing/random.ts';

type Prealert = Omit<NonNullable<Assignment['prealert']>, 'at' | 'by'>;
type Findings = Pick<Prealert, 'mechanism' | 'injuries' | 'treatment'>;

const said = (mechanism: string, injuries: string, treatment: string): Findings => ({ mechanism, injuries, treatment });
const byCategory: Readonly<Record<string, Findings>> = {
  'Cardiac arrest': said('Collapsed, seen by family', 'Return of circulation after 12 min', 'Airway, adrenaline, 12-lead'),
  Unconscious: said('Found on the floor', 'Does not answer, snoring', 'Airway, oxygen, glucose checked'),
  Choking: said('While eating', 'Cleared, hoarse voice', 'Back blows, oxygen'),
  'Major bleeding': said('Cut by glass', 'Deep wound of the forearm', 'Tourniquet, tranexamic acid'),
  'Chest pain': said('At rest', 'ST elevation in II, III, aVF', 'Aspirin, nitrate, line'),
  'Breathing difficulty': said('Since this morning', 'Wheeze on both sides', 'Salbutamol, oxygen'),
  'Stroke signs': said('Woke up with it', 'Face and arm weak on the right', 'Line, glucose normal'),
  Seizure: said('Known epilepsy', 'Stopped after 6 min', 'Midazolam, oxygen'),
  'Road collision': said('Car against car, 60 km/h, trapped', 'Chest and left thigh', 'Collar, traction, tranexamic acid'),
  'Allergic reaction': said('Peanut', 'Lips swollen, rash', 'Adrenaline, antihistamine'),
  Burns: said('Boiling water', 'Both hands, 4 %', 'Cooled, dressed, analgesia'),
  Childbirth: said('Waters broke', 'Contractions every 3 min', 'Line'),
};

/** What a crew says before it arrives with the patient of an incident. */
export const drawPrealert = (random: Random, { category, priority, patientSummary }: Incident): Prealert => {
  const red = priority === 1;
  const findings = byCategory[category] ?? said(category, 'As told', 'Monitored');
  const systolic = red ? random.int(70, 105) : random.int(95, 160);
  const rate = red ? random.int(105, 145) : random.int(70, 115);
  const saturation = red ? random.int(82, 93) : random.int(91, 99);
  return {
    urgency: red ? 'red' : 'amber',
    age: patientSummary?.split(' · ')[0] ?? null,
    time: `${random.int(15, 90)} min ago`,
    ...findings,
    signs: `BP ${systolic}/${Math.round(systolic * 0.6)}, HR ${rate}, SpO2 ${saturation} %, GCS ${red ? random.int(6, 13) : 15}`,
  };
};
