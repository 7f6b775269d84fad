import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { catalogue } from './catalogue.ts';
import { shimsMissing } from './disk/shims.ts';
import { judgeRecording, record } from './f03-power-cut.ts';
import { withScene } from './scene.ts';

const SEED = 20_261_123;

describe('each fault once, in its shortest form', () => {
  for (const { fault, what, missing, load } of catalogue) {
    const lacking = missing();
    test.skipIf(lacking !== null)(`${fault} ${what}${lacking === null ? '' : `: ${lacking}`}`, async () => {
      const { run } = await load();
      expect(await run(SEED)).toEqual([]);
    });
  }
});

describe.skipIf(shimsMissing() !== null)('the power cut sees what it should', () => {
  const weaker = pathToFileURL(join(import.meta.dirname, 'disk/weaker-sync.ts')).href;
  test.each(['NORMAL', 'OFF'])('O1 a station that syncs as %s loses saved commands', async (level) => {
    const findings = await withScene(SEED, async (scene) => {
      const { log, key } = await record(scene, { NODE_OPTIONS: `--import=${weaker}`, VIGIL_WEAKER_SYNC: level });
      for (const finding of await judgeRecording(scene, log, key)) scene.expect(false, finding);
    });
    expect(findings.length).toBeGreaterThan(10);
    expect(findings.filter((finding) => !/I1|does not open|damaged/.test(finding))).toEqual([]);
  });
});
