/** Messages of patient administration as senders write them, made for tests: any trigger, version, line end and encoding. */
import type { Instant } from '#domain/model/values.ts';

export type AdtGiven = {
  readonly trigger: string;
  readonly controlId: string;
  readonly at: Instant;
  readonly visit?: string;
  readonly mrn?: string;
  readonly name?: readonly [family: string, given: string];
  readonly location?: string;
  readonly prior?: string;
  readonly temporary?: string;
  readonly patientClass?: string;
  readonly version?: string;
  readonly lineEnd?: string;
  readonly encoding?: string;
  readonly charset?: string;
  /** MSH-15 and MSH-16. */
  readonly wants?: readonly [accept: string, application: string];
  readonly application?: string;
  readonly facility?: string;
  readonly timestamp?: (at: Instant) => string;
  readonly expected?: Instant;
  /** A20: the status; A40: the number that goes. */
  readonly detail?: string;
};

/** A moment in UTC to the second, with its offset. */
const hl7Time = (at: Instant): string => `${new Date(at).toISOString().replaceAll(/[-:T]|\.\d+Z/g, '')}+0000`;

/** The same to the millisecond: of a sender whose messages of one second have an order. */
export const exactTime = (at: Instant): string => `${new Date(at).toISOString().replaceAll(/[-:TZ]/g, '')}+0000`;

/** One message as text. */
export const adtText = (given: AdtGiven): string => {
  const {
    trigger,
    controlId,
    at,
    visit = '',
    mrn = '',
    name = ['Moreau', 'Lea'],
    version = '2.5',
    lineEnd = '\r',
    encoding = '|^~\\&',
  } = given;
  const [field = '|', component = '^', , , subcomponent = '&'] = [...encoding];
  const time = (given.timestamp ?? hl7Time)(at);
  const line = (...parts: readonly string[]) => parts.join(field).replace(new RegExp(`\\${field}+$`), '');
  const place = (text = '') => text.replaceAll('^', component);
  const pv1 = [
    'PV1',
    '1',
    given.patientClass ?? 'E',
    place(given.location),
    '',
    '',
    place(given.prior),
    '',
    '',
    '',
    '',
    place(given.temporary),
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    visit,
  ];
  const lines = [
    `MSH${encoding}${field}${line(given.application ?? 'PAS', given.facility ?? 'GH', 'VIGIL', 'ED', time, '', `ADT${component}${trigger}`, controlId, 'P', version, '', '', ...(given.wants ?? ['', '']), '', given.charset ?? '')}`,
    line('EVN', trigger, time, '', '', '', time),
    ...(trigger === 'A20'
      ? [line('NPU', place(given.location), given.detail ?? 'U')]
      : [
          line(
            'PID',
            '1',
            '',
            mrn === '' ? '' : [mrn, '', '', `GH${subcomponent}1.2${subcomponent}ISO`, 'MR'].join(component),
            '',
            name.join(component),
            '',
            '19800504',
            'F',
          ),
          ...(trigger === 'A40' ? [line('MRG', given.detail ?? '')] : [line(...pv1)]),
          ...(given.expected === undefined ? [] : [line('PV2', '', '', '', '', '', '', '', '', hl7Time(given.expected))]),
        ]),
  ];
  return lines.map((one) => one + lineEnd).join('');
};
