/**
 * Answers: MSH, MSA, and ERR where something was wrong. One to each message; where its header asks for the enhanced mode, one that it
 * was accepted or not, and then one of what became of it, each only if it is wanted (HL7 v2.4 chapter 2.9.3).
 */
import type { AdtOutcome } from '#domain/adt/decision.ts';
import type { Instant } from '#domain/model/values.ts';
import type { Acknowledgement, MessageHeader } from './adt-message.ts';
import { headerLine } from './header-line.ts';

export type AnswerCode = 'AA' | 'AE' | 'AR';

/** Whether a message was accepted: the enhanced mode says it apart from what became of it. */
type AcceptCode = 'CA' | 'CE' | 'CR';

export type Verdict = {
  readonly code: AnswerCode;
  /** One sentence. */
  readonly reason: string;
  /** What ERR says, of HL7 table 0357; null where nothing is wrong. */
  readonly error: { readonly code: number; readonly segment: string; readonly field: number | null } | null;
};

/** `waiting` is an error that a person here can mend, `refused` one that the sender must. */
export const codeOf = (outcome: AdtOutcome): AnswerCode => (outcome === 'waiting' || outcome === 'refused' ? 'AE' : 'AA');

const escapes: Readonly<Record<string, string>> = { '\\': '\\E\\', '|': '\\F\\', '^': '\\S\\', '~': '\\R\\', '&': '\\T\\' };

/** A text as it may stand in a component. */
export const escaped = (text: string): string => text.replaceAll(/[\\|^~&]|\p{Cc}+/gu, (found) => escapes[found] ?? ' ');

const tableText: Readonly<Record<number, string>> = {
  100: 'Segment sequence error',
  101: 'Required field missing',
  102: 'Data type error',
  200: 'Unsupported message type',
  201: 'Unsupported event code',
  203: 'Unsupported version id',
  204: 'Unknown key identifier',
  207: 'Application internal error',
};

type Said = Omit<Verdict, 'code'> & { readonly code: AnswerCode | AcceptCode };

const isWanted = (asked: Acknowledgement, isGood: boolean): boolean => asked === 'AL' || asked === (isGood ? 'SU' : 'ER');

/** What is answered, in order; empty where the sender wants to hear nothing of it. `isAccepted`: it could be read and is kept. */
export const answersTo = (header: MessageHeader | null, verdict: Verdict, isAccepted: boolean): readonly Said[] => {
  const wants = header?.wants ?? null;
  if (wants === null) return [verdict];
  const accept: Said = isAccepted
    ? { code: 'CA', reason: '', error: null }
    : { ...verdict, code: verdict.code === 'AR' ? 'CR' : 'CE' };
  const said = isWanted(wants.accept, isAccepted) ? [accept] : [];
  // A rejection is heard once, by whichever of the two is wanted.
  const isTold = !isAccepted && said.length > 0;
  return !isTold && isWanted(wants.application, verdict.code === 'AA') ? [...said, verdict] : said;
};

/** The text of an answer; `header` null when the message had none that could be read. `controlId` is the answer's own. */
export const answerText = (header: MessageHeader | null, verdict: Said, controlId: string, now: Instant): string => {
  const version = header?.version || '2.5';
  const trigger = header?.trigger ? `ACK^${escaped(header.trigger)}^ACK` : 'ACK';
  const { receiver, application = '', facility = '' } = header ?? {};
  const from = [receiver?.application || 'VIGIL', receiver?.facility ?? '', application, facility].map(escaped);
  const lines = [
    headerLine({
      from,
      now,
      type: trigger,
      controlId,
      processing: escaped(header?.processing || 'P'),
      version: escaped(version),
    }),
    ['MSA', verdict.code, escaped(header?.controlId ?? ''), escaped(verdict.reason).slice(0, 400)].join('|'),
  ];
  const { error } = verdict;
  if (error) {
    const where = [error.segment, '1', error.field ?? ''].join('^').replace(/\^+$/, '');
    const old = /^2(\.[34](\.\d)?)?$/.test(version);
    // Before 2.5 ERR held the place and the error in its first field.
    lines.push(
      old
        ? ['ERR', `${where}^${error.code}&${tableText[error.code] ?? ''}&HL70357`].join('|')
        : [
            'ERR',
            '',
            where,
            `${error.code}^${tableText[error.code] ?? ''}^HL70357`,
            'E',
            '',
            '',
            '',
            escaped(verdict.reason),
          ].join('|'),
    );
  }
  return `${lines.join('\r')}\r`;
};
