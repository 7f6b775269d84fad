import type { Instant } from '#domain/model/values.ts';
import { writeTimestamp } from './timestamp.ts';

/** The MSH segment of a message of ours, in UTF-8 and with the usual encoding characters. Texts are escaped by the caller. */
export const headerLine = ({
  from,
  now,
  type,
  controlId,
  processing,
  version,
}: {
  /** MSH-3 to MSH-6: sending application and facility, receiving application and facility. */
  readonly from: readonly string[];
  readonly now: Instant;
  /** MSH-9, such as `ADT^A02^ADT_A02`. */
  readonly type: string;
  readonly controlId: string;
  readonly processing: string;
  readonly version: string;
}): string =>
  [
    'MSH',
    '^~\\&',
    ...from,
    writeTimestamp(now),
    '',
    type,
    controlId,
    processing,
    version,
    '',
    '',
    '',
    '',
    '',
    'UNICODE UTF-8',
  ].join('|');
