import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { VigilRecord } from '#domain/model/record.ts';
import { type StationProcess, startHospital, startStationProcess } from '#test/system/station-process.ts';
import { type Desk, openDesk, temporaryDirectory } from '#tools/desk.ts';
import { withDisplay } from '#tools/display.ts';
import { resolveElectron } from '#tools/electron-runtime/resolve.ts';
import { createProcessOwner } from '#tools/processes.ts';
import { type Line, openLine } from './line.ts';

export type TwoDesks = {
  readonly directory: string;
  /** Between the hospital and the desk with windows; the other desk never loses its own. */
  readonly line: Line;
  readonly desk: Desk;
  /** A desk without windows. */
  readonly elsewhere: StationProcess;
  readonly stop: () => Promise<void>;
};

/** A hospital that holds these records, a desk with these boards (`beds,map`) over a line that can be cut, and another desk. */
export const openTwoDesks = async (records: readonly VigilRecord[], boards: string): Promise<TwoDesks> => {
  const processes = createProcessOwner();
  const stops: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const data = await temporaryDirectory();
    stops.push(data.remove, () => processes.stopAll());
    const hospital = await startHospital(join(data.path, 'hospital.db'), records);
    stops.push(() => hospital.stop());
    const line = await openLine(`http://127.0.0.1:${hospital.port}`);
    stops.push(() => line.close());
    const electron = await resolveElectron();
    const { display } = await withDisplay(processes);
    const elsewhere = startStationProcess({
      directory: join(data.path, 'elsewhere'),
      key: randomBytes(32),
      backendPort: hospital.port,
    });
    stops.push(() => elsewhere.stop());
    const desk = await openDesk({
      electron,
      display,
      backend: line.url,
      data: join(data.path, 'desk'),
      arguments: [`--board=${boards}`],
    });
    stops.push(() => desk.close());
    return { directory: data.path, line, desk, elsewhere, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
