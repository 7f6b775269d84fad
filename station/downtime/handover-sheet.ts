/**
 * What a printed handover says, as pages of the pack's kind: what was written, as it was written, with whose it is. Only one that both
 * have signed, and whose signatures the hospital has confirmed, goes without a mark across its pages. Nothing is cut: a name too
 * long for the line that stands on every page ends in "…" there and stands whole on the first.
 */
import type { Handover, HandoverPoint } from '#domain/model/handover.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import { gathered } from '#domain/rules/gathered.ts';
import type { HandoverState } from '#domain/rules/handover-state.ts';
import { type HandoverWords, handoverWords, news2Text } from './handover-words.ts';
import { type Pack, type PackRow, type PackSection, paperOf } from './paper.ts';
import { lines, listed, timesIn, unknown } from './texts.ts';
import type { PackLanguage } from './words.ts';

export type HandoverSource = {
  readonly handover: Handover;
  /** `draft`: nobody has saved it. */
  readonly state: HandoverState | 'draft';
  /** The signatures that the hospital has not confirmed. */
  readonly unconfirmed: ReadonlySet<'given' | 'taken'>;
  /** The one from which "what changed" is told. */
  readonly before: Handover | undefined;
  readonly view: RecordView;
  readonly facilityName: string | null;
  /** The machine's name, as people know it. */
  readonly desk: string;
  /** Who prints. */
  readonly by: string;
  /** Server time by the desk's estimate. */
  readonly now: Instant;
  /** How far the desk's own data can be relied on. */
  readonly data: { readonly state: 'live' | 'loading' } | { readonly state: 'offline'; readonly asOf: Instant | null };
  readonly language: PackLanguage;
};

type Written = {
  readonly source: HandoverSource;
  readonly words: HandoverWords;
  readonly paper: ReturnType<typeof paperOf>;
  readonly time: (at: Instant | null) => string;
  /** To the second, with its date; `full` also names the time zone. */
  readonly moment: (at: Instant) => string;
  readonly full: (at: Instant) => string;
};

const joint = ' · ';
const changeOrder = ['changed', 'new', 'left', 'same'] as const;

/** Who has signed and when, short enough to stand beside what else is at the head of a page. */
const signedBy = ({ source, time }: Written): string =>
  (['given', 'taken'] as const)
    .flatMap((part) => {
      const signature = source.handover[part];
      return signature ? [`${shortened(signature.by.name, 32)} ${time(signature.at)}`] : [];
    })
    .join(joint);

/** What stands on every page has one line. */
const shortened = (text: string, most = 48): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

const row = (cells: readonly string[], strong = false): PackRow => ({ kind: 'row', cells, pending: false, strong });

const changeText = ({ change, reasons }: HandoverPoint, { words }: Written): string =>
  lines(words.changes[change], listed(...reasons.map((reason) => (reason === change ? null : words.reasons[reason]))));

const spokenText = ({ spoken }: HandoverPoint, { words }: Written): string => (spoken ? words.yes : words.no);

const countsText = (points: readonly HandoverPoint[], { words }: Written): string =>
  listed(
    ...changeOrder.map((change) => {
      const count = points.filter((point) => point.change === change).length;
      return count > 0 && `${count} ${words.counted[change]}`;
    }),
  );

const stateText = ({ source, words }: Written): string => {
  if (source.state === 'draft') return words.stateDraft;
  if (source.state === 'replaced') return words.stateReplaced;
  if (source.state === 'written') return words.stateWritten;
  if (source.state === 'signedByOne') return words.stateOne;
  return source.unconfirmed.size > 0 ? words.statePending : words.stateSigned;
};

const watermark = ({ source, words }: Written): string | null => {
  if (source.state === 'signed') return source.unconfirmed.size > 0 ? words.markPending : null;
  if (source.state === 'replaced') return words.markReplaced;
  return source.state === 'signedByOne' ? words.markOne : words.markDraft;
};

const signatureText = (part: 'given' | 'taken', { source, words, moment }: Written, whole: boolean): string => {
  const signature = source.handover[part];
  if (!signature) return words.notSigned;
  const name = whole ? signature.by.name : shortened(signature.by.name);
  return listed(name, moment(signature.at), source.unconfirmed.has(part) && words.unconfirmed.toUpperCase());
};

const dataText = ({ source, words, moment }: Written): string => {
  const { data } = source;
  if (data.state !== 'offline') return words[data.state];
  return `${words.offline} ${data.asOf === null ? unknown : moment(data.asOf)}`;
};

const overview = (texts: Written): PackSection => {
  const { source, words, moment } = texts;
  const { handover, before } = source;
  // Where everything is new the pages that follow say it.
  const told = before ? handover.points.filter(({ change }) => change !== 'same') : [];
  const inOrder = changeOrder.flatMap((change) => told.filter((point) => point.change === change));
  const fact = (title: string, text: string): PackRow => row([title, text, '', '', '']);
  const counts = countsText(handover.points, texts);
  const counted = counts === '' ? '' : `: ${counts}`;
  const since = before ? `${words.changedSince} ${moment(before.writtenAt)}${counted}` : `${words.first}${counted}`;
  return {
    title: words.overview,
    filters: `${words.given}: ${signatureText('given', texts, false)}${joint}${words.taken}: ${signatureText('taken', texts, false)}`,
    columns: [
      { title: words.about, share: 12 },
      { title: words.facts, share: 46 },
      { title: words.change, share: 13 },
      { title: words.added, share: 23 },
      { title: words.spoken, share: 6 },
    ],
    rows: [
      { kind: 'group', text: `${words.signatures}: ${stateText(texts)}` },
      fact(words.given, signatureText('given', texts, true)),
      fact(words.taken, signatureText('taken', texts, true)),
      fact(words.written, `${moment(handover.writtenAt)}, ${words.by} ${handover.by.name}`),
      fact(words.printed, `${moment(source.now)}, ${words.by} ${source.by}\n${texts.paper.desk}\n${dataText(texts)}`),
      { kind: 'group', text: words.department },
      fact('', handover.summary.trim() === '' ? words.nothingWritten : handover.summary),
      { kind: 'group', text: since },
      ...(inOrder.length === 0 && before ? [fact('', words.nothingChanged)] : []),
      ...inOrder.map((point) =>
        row([words.abouts[point.about], point.text, changeText(point, texts), point.note, spokenText(point, texts)]),
      ),
    ],
  };
};

/** The open tasks of a visit among what is handed over, as they were written. */
const tasksByVisit = ({ source, words, time }: Written): ReadonlyMap<string, readonly string[]> => {
  const tasks = source.handover.points.flatMap((point) => {
    const task = point.about === 'task' && point.id !== null ? source.view.get('task', point.id) : undefined;
    return task?.encounterId ? [task] : [];
  });
  const said = gathered(tasks, ({ encounterId }) => encounterId ?? '');
  return new Map(
    [...said].map(([id, of]) => [
      id,
      of.map(({ text, owner, dueAt }) => listed(text, owner, dueAt !== null && `${words.due} ${time(dueAt)}`)),
    ]),
  );
};

const roster = (texts: Written): PackSection => {
  const { source, words } = texts;
  const present = source.handover.points.filter(({ about, change }) => about === 'patient' && change !== 'left');
  const tasks = tasksByVisit(texts);
  const byNurse = gathered(present, ({ stood }) => stood?.nurse ?? '');
  const collator = new Intl.Collator(source.language);
  const nurses = [...byNurse.keys()].sort((a, b) => Number(a === '') - Number(b === '') || collator.compare(a, b));
  const cellsOf = (point: HandoverPoint): readonly string[] => {
    const { stood, text, note, id } = point;
    const elsewhere = new Set(stood ? words.said(stood) : []);
    return [
      stood?.bed ?? unknown,
      String(stood?.acuity ?? unknown),
      stood ? news2Text(stood) : unknown,
      text
        .split(joint)
        .filter((part) => !elsewhere.has(part))
        .join(joint),
      changeText(point, texts),
      (tasks.get(id ?? '') ?? []).join('\n'),
      note,
      spokenText(point, texts),
    ];
  };
  return {
    title: words.roster,
    filters: `${words.rosterNow}. ${present.length} ${present.length === 1 ? words.patient : words.patients}`,
    columns: [
      { title: words.bed, share: 6 },
      { title: words.level, share: 4 },
      { title: 'NEWS2', share: 6 },
      { title: words.patientFacts, share: 35 },
      { title: words.change, share: 12 },
      { title: words.tasks, share: 16 },
      { title: words.added, share: 16 },
      { title: words.spoken, share: 5 },
    ],
    rows: nurses.flatMap((nurse) => {
      const of = byNurse.get(nurse) ?? [];
      const count = `${of.length} ${of.length === 1 ? words.patient : words.patients}`;
      return [
        { kind: 'group', text: `${nurse === '' ? words.noNurse : shortened(nurse, 120)}: ${count}` },
        ...of.map((point) => row(cellsOf(point), (point.stood?.acuity ?? 5) <= 2)),
      ] satisfies PackRow[];
    }),
  };
};

const others = (texts: Written): PackSection => {
  const { source, words } = texts;
  const abouts = ['incident', 'alarm', 'task', 'department'] as const;
  const of = (about: HandoverPoint['about']): readonly HandoverPoint[] =>
    source.handover.points.filter((point) => point.about === about);
  return {
    title: words.others,
    filters: abouts.map((about) => `${words.abouts[about]} ${of(about).length}`).join(joint),
    columns: [
      { title: words.facts, share: 54 },
      { title: words.change, share: 14 },
      { title: words.added, share: 26 },
      { title: words.spoken, share: 6 },
    ],
    rows: abouts.flatMap((about) => {
      const points = of(about);
      return [
        { kind: 'group', text: `${words.abouts[about]}: ${points.length === 0 ? texts.paper.none : countsText(points, texts)}` },
        ...points.map((point) => row([point.text, changeText(point, texts), point.note, spokenText(point, texts)])),
      ] satisfies PackRow[];
    }),
  };
};

/** The pages of a handover in the words of the source's language and the time zone of its facility. */
export const handoverSheet = (source: HandoverSource): Pack => {
  const words = handoverWords[source.language];
  const [facility] = source.view.list('facility');
  const { time, moment, full } = timesIn(source.language, facility?.timeZone ?? 'UTC', source.now);
  const paper = paperOf(source);
  const texts: Written = { source, words, paper, time, moment, full };
  return {
    ...paper,
    title: words.title,
    asOf: `${words.written} ${full(source.handover.writtenAt)}`,
    madeAt: [stateText(texts), signedBy(texts)].filter((part) => part !== '').join(': '),
    notice: `${words.printed} ${moment(source.now)}, ${words.by} ${shortened(source.by)}`,
    pendingMark: dataText(texts),
    filtersWord: null,
    watermark: watermark(texts),
    sections: [overview(texts), roster(texts), others(texts)],
  };
};
