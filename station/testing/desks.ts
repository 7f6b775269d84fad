/** The desks of one test file: started when a test asks, ended after each test by what the file hands to `afterEach`. */
import type { VigilRecord } from '#domain/model/record.ts';
import { testId } from '#domain/testing/builders.ts';
import { rowsAt, settleTurn, startDesk, type TestDesk } from './peer.ts';

export type Desks = {
  /** A desk that was greeted by nobody yet. */
  readonly emptyDesk: () => Promise<TestDesk>;
  /** A desk whose copy is whole at rev 10 and holds these records, written at rev 9; what it said until then is forgotten. */
  readonly wholeDesk: (...records: readonly VigilRecord[]) => Promise<TestDesk>;
  readonly endDesks: () => void;
};

/** The snapshot that a whole desk was filled from. */
export const snapshotId = testId('6', 77);

/** No desks yet. */
export const createDesks = (): Desks => {
  const desks: TestDesk[] = [];
  const emptyDesk = async (): Promise<TestDesk> => {
    const desk = await startDesk();
    desks.push(desk);
    return desk;
  };
  return {
    emptyDesk,
    wholeDesk: async (...records) => {
      const desk = await emptyDesk();
      const link = desk.peer.link();
      link.say(desk.peer.welcome({ snapshotId, total: records.length }, 10));
      link.say({ type: 'page', snapshotId, rows: rowsAt(9, ...records), next: null });
      await settleTurn(desk.clock);
      link.said.length = 0;
      return desk;
    },
    endDesks: () => {
      for (const desk of desks.splice(0)) desk.end();
    },
  };
};
