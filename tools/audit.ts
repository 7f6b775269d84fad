// `npm run audit -- verify [--data DIR] [--hospital FILE]`: whether the audit trails of a desk and of the hospital are whole, and
// whether each still says what the other was shown. Reads only; both may be running.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type DeskAuditReport,
  deskAuditReportSchema,
  type HospitalAuditReport,
  hospitalAuditReportSchema,
} from '#domain/model/audit-report.ts';
import { keyFileOf } from './desk-key.ts';
import { dataDirectory, projectDirectory } from './places.ts';
import type { ProcessOwner } from './processes.ts';

const WITHIN_MS = 120_000;
const usage = 'usage: npm run audit -- verify [--data DIR] [--hospital FILE]';

const linesOf = (name: string, { rows, head, broken }: DeskAuditReport['finding'], cutBehind = 0): readonly string[] => {
  if (broken) return [`${name}: BROKEN at row ${broken.sequence}. ${broken.sentence}`];
  const cut = cutBehind > 0 ? `, those up to ${cutBehind} cut after their 90 days` : '';
  return [`${name}: whole, ${rows} rows${cut}${head ? `, head ${head.sequence} ${head.hash.slice(0, 16)}` : ''}`];
};

/** What is said of both trails, and whether they are whole. */
export const auditVerdict = (
  desk: DeskAuditReport | null,
  hospital: HospitalAuditReport | null,
): { readonly lines: readonly string[]; readonly isWhole: boolean } => {
  const gone = (hospital?.stations ?? []).filter(({ brokenAt }) => brokenAt !== null);
  const lines = [
    ...(desk ? linesOf(`desk ${desk.stationId}`, desk.finding, desk.cutBehind) : []),
    ...(hospital ? linesOf('hospital', hospital.finding) : []),
    ...gone.map(
      ({ stationId, sequence, brokenAt }) =>
        `desk ${stationId}: BROKEN. On ${new Date(brokenAt ?? 0).toISOString()} it showed the hospital a trail without row ${sequence}, which it had shown before.`,
    ),
  ];
  const isWhole = !desk?.finding.broken && !hospital?.finding.broken && gone.length === 0;
  return { lines, isWhole };
};

/** `npm run audit`: 0 when both trails are whole, 1 when one is not or cannot be read. */
export const run = async (args: readonly string[], processes: ProcessOwner): Promise<number> => {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { data: text, hospital: text } });
  if (positionals.join(' ') !== 'verify') throw new Error(usage);

  const ask = async <T>(script: string, given: readonly string[], read: (json: unknown) => T): Promise<T> => {
    const command = [join(projectDirectory, script), ...given];
    const child = processes.start('audit', process.execPath, command, { cwd: projectDirectory, log: 'silent' });
    const json = await child.waitForLine((line) => (line.startsWith('{') ? (JSON.parse(line) as object) : undefined), WITHIN_MS);
    if ('error' in json) throw new Error(String(json.error));
    return read(json);
  };
  const askHospital = (file: string, shown: readonly object[]): Promise<HospitalAuditReport> =>
    ask('backend/audit/main.ts', ['--database', resolve(file), '--shown', JSON.stringify(shown)], (json) =>
      hospitalAuditReportSchema.parse(json),
    );
  const askDesk = (data: string, hospital: HospitalAuditReport | null): Promise<DeskAuditReport> => {
    const stations = hospital?.stations.map(({ stationId, sequence, hash }) => ({ stationId, sequence, hash }));
    const known = hospital ? ['--hospital', JSON.stringify({ publicKey: hospital.publicKey, stations })] : [];
    const where = ['--directory', join(data, 'station'), '--key-file', keyFileOf(data)];
    return ask('station/entry/audit.ts', [...where, ...known], (json) => deskAuditReportSchema.parse(json));
  };

  const { data, hospital: file } = values;
  // The hospital alone may be asked for; without a word it is the desk of this user.
  const wantsDesk = data !== undefined || file === undefined;
  const first = file === undefined ? null : await askHospital(file, []);
  const desk = wantsDesk ? await askDesk(resolve(data ?? dataDirectory()), first) : null;
  const shown = (desk?.hospitals ?? []).map((head) => ({ ...head, by: `desk ${desk?.stationId}` }));
  const hospital = file === undefined || shown.length === 0 ? first : await askHospital(file, shown);
  const { lines, isWhole } = auditVerdict(desk, hospital);
  for (const line of lines) console.log(line);
  return isWhole ? 0 : 1;
};
